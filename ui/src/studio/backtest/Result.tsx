import { Plural, Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { useState } from "react";
import { Loading } from "../../dashboard/parts/Loading";
import { Trouble } from "../../dashboard/parts/Trouble";
import type { BacktestDetail, BacktestResult, DifferentCell } from "../api/types";
import { useDocument } from "../context";
import { labelsOf } from "../form/field";
import { Messages } from "../parts/Messages";
import parts from "../parts/parts.module.css";
import { ScrollTable } from "../parts/ScrollTable";
import { shownValue } from "../parts/shown";
import classes from "./Backtest.module.css";
import { useDetail } from "./queries";

interface Props {
  id: string;
  test: string;
  result: BacktestResult;
}

/** One import in a back-test; what differs is shown on demand. */
export function Result({ id, test, result }: Props) {
  const { t, i18n } = useLingui();
  const [open, setOpen] = useState(false);
  const { state, summary, reason } = result;
  const name = result.original_filename ?? t`Rows without a file`;
  const date = new Intl.DateTimeFormat(i18n.locale, { dateStyle: "medium" }).format(new Date(result.created_date));
  return (
    <li className={classes.result}>
      <div className={classes.head}>
        <span className={classes.state} data-state={state}>
          <State state={state} />
        </span>
        <span className={classes.file}>{name}</span>
        <span className={classes.soft}>{date}</span>
        {state === "DIFFERS" && (
          <button type="button" className={classes.more} aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? <Trans>Hide what differs</Trans> : <Trans>Show what differs</Trans>}
            <span className="hg-hidden">: {name}</span>
          </button>
        )}
      </div>
      {(reason !== null || summary.length > 0) && (
        <p className={classes.summary}>{reason ? reason.text : summary.map(({ text }) => text).join(" ")}</p>
      )}
      {open && <Detail id={id} test={test} importId={result.import_id} />}
    </li>
  );
}

function State({ state }: { state: BacktestResult["state"] }): ReactNode {
  switch (state) {
    case "PENDING":
      return <Trans>waits</Trans>;
    case "SAME":
      return <Trans>the same</Trans>;
    case "DIFFERS":
      return <Trans>differs</Trans>;
    case "NOT_TESTABLE":
      return <Trans>not testable</Trans>;
  }
}

function Detail({ id, test, importId }: { id: string; test: string; importId: string }) {
  const { data, error, refetch } = useDetail(id, test, importId, true);
  if (error) return <Trouble error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  const { decisions, review, examples } = data;
  const lost = review?.lost ?? 0;
  return (
    <div className={classes.detail}>
      {decisions.length > 0 && (
        <ul>
          {decisions.map(({ text }, index) => (
            <li key={`${text} ${String(index)}`}>{text}</li>
          ))}
        </ul>
      )}
      {review && (
        <p className={classes.soft}>
          <Trans>What people decided and edited in its review was kept.</Trans>{" "}
          {lost > 0 && (
            <Plural value={lost} one="# edit has no field any more." other="# edits have no field any more." />
          )}
        </p>
      )}
      {examples.length > 0 && <Examples detail={data} />}
    </div>
  );
}

/** The first rows that differ, before and after, in the fields that do. */
function Examples({ detail: { examples, fields } }: { detail: BacktestDetail }) {
  const { t } = useLingui();
  const { value } = useDocument();
  const labelOf = labelsOf(value);
  const labels = new Map(fields.map(({ field, label }) => [field, label]));
  const keys = [...new Set(examples.flatMap(({ cells }) => cells.map(({ field }) => field)))];
  return (
    <ScrollTable label={t`Rows that differ`}>
      <thead>
        <tr>
          <th scope="col">
            <Trans>Row</Trans>
          </th>
          {keys.map((key) => (
            <th key={key} scope="col">
              {labels.get(key) ?? labelOf(key)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {examples.map((row, index) => (
          <tr key={index}>
            <th scope="row">
              {row.source_row ?? "–"}
              {row.delivered_before === true && row.delivered_after !== true && (
                <span className={parts.error}>
                  <Trans>left out now</Trans>
                </span>
              )}
              {row.delivered_before !== true && row.delivered_after === true && (
                <span className={parts.after}>
                  <Trans>delivered now</Trans>
                </span>
              )}
            </th>
            {keys.map((key) => (
              <Cell key={key} cell={row.cells.find(({ field }) => field === key)} />
            ))}
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  );
}

function Cell({ cell }: { cell: DifferentCell | undefined }) {
  if (!cell) return <td className={parts.soft}>·</td>;
  const before = shownValue(cell.before);
  // A row that is left out has no value; the text of the file says what it was about.
  const after = shownOr(shownValue(cell.after), cell.text ?? "–");
  return (
    <td className={parts.changed}>
      {before !== after && <del className={parts.before}>{shownOr(before, "–")}</del>}
      <ins className={parts.after}>{after}</ins>
      <Messages issues={cell.issues_after} />
    </td>
  );
}

const shownOr = (text: string, otherwise: string): string => (text === "" ? otherwise : text);
