import { Plural, Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { ColumnDecision, TryAnswer } from "../api/types";
import { useDocument } from "../context";
import { labelsOf } from "../form/field";
import { ConsoleOutput } from "./ConsoleOutput";
import { TriedRows } from "./TriedRows";
import classes from "./Trials.module.css";

/** How the trial ended: in one sentence, then why, then the rows. */
export function TriedResult({ answer, busy }: { answer: TryAnswer; busy: boolean }) {
  const { import_errors: reasons, rows, console } = answer;
  return (
    <div className={classes.result} data-busy={busy || undefined}>
      <div role="status">
        <h2 className={classes.verdict} data-status={answer.status}>
          <Verdict status={answer.status} />
        </h2>
      </div>
      {reasons && reasons.length > 0 && (
        <ul className={classes.reasons}>
          {reasons.map(({ code, message }, index) => (
            <li key={`${code} ${String(index)}`}>{message}</li>
          ))}
        </ul>
      )}
      <Counts answer={answer} />
      <Columns columns={answer.decisions.columns ?? []} />
      {rows.length > 0 && <TriedRows rows={rows} />}
      <ConsoleOutput lines={console} />
    </div>
  );
}

function Verdict({ status }: { status: TryAnswer["status"] }): ReactNode {
  switch (status) {
    case "SUCCESSFUL":
      return <Trans>This file would be imported without a question.</Trans>;
    case "NEEDS_REVIEW":
      return <Trans>A person would have to look at this file.</Trans>;
    case "FAILED":
      return <Trans>This import would fail.</Trans>;
  }
}

function Counts({ answer: { counts, issues } }: { answer: TryAnswer }) {
  if (!counts) return null;
  const warnings = issues.warning ?? 0;
  return (
    <p className={classes.counts}>
      <Plural value={counts.read} one="# row read" other="# rows read" />
      {" · "}
      <Plural value={counts.delivered} one="# delivered" other="# delivered" />
      {" · "}
      <Plural value={counts.invalid} _0="none with an error" one="# with an error" other="# with errors" />
      {warnings > 0 && (
        <>
          {" · "}
          <Plural value={warnings} one="# warning" other="# warnings" />
        </>
      )}
    </p>
  );
}

/** Which column became which field. */
function Columns({ columns }: { columns: readonly ColumnDecision[] }) {
  const { value } = useDocument();
  if (columns.length === 0) return null;
  const labelOf = labelsOf(value);
  return (
    <details className={classes.details} open={columns.some(({ status }) => status === "uncertain") || undefined}>
      <summary>
        <Trans>Columns and their fields</Trans>
      </summary>
      <ul className={classes.columns}>
        {columns.map((column) => (
          <li key={column.index} data-status={column.status}>
            <span>{column.header}</span>
            <span className={classes.arrow} aria-hidden>
              →
            </span>
            <Target column={column} label={column.field === null ? "" : labelOf(column.field)} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function Target({ column: { status, confidence }, label }: { column: ColumnDecision; label: string }) {
  const { i18n } = useLingui();
  const percent = new Intl.NumberFormat(i18n.locale, { style: "percent", maximumFractionDigits: 0 }).format(confidence);
  if (!label) return <Trans>no field</Trans>;
  if (status === "uncertain")
    return (
      <Trans>
        perhaps {label}, {percent} sure
      </Trans>
    );
  return <span>{label}</span>;
}
