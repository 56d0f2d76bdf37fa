import { Trans, useLingui } from "@lingui/react/macro";
import type { CellIssue, TriedRow } from "../api/types";
import { useDocument } from "../context";
import type { Json } from "../document/text";
import { labelsOf } from "../form/field";
import { Messages } from "../parts/Messages";
import parts from "../parts/parts.module.css";
import { ScrollTable } from "../parts/ScrollTable";
import { shownValue } from "../parts/shown";
import classes from "./Trials.module.css";

/** The first rows as they would come out, with what is wrong at its cell. */
export function TriedRows({ rows }: { rows: readonly TriedRow[] }) {
  const { t } = useLingui();
  const { value } = useDocument();
  const labelOf = labelsOf(value);
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row.values)))];
  return (
    <>
      <h3 className={classes.heading}>
        <Trans>First rows</Trans>
      </h3>
      <ScrollTable label={t`First rows`}>
        <thead>
          <tr>
            <th scope="col">
              <Trans>Row</Trans>
            </th>
            {keys.map((key) => (
              <th key={key} scope="col">
                {labelOf(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.index} data-left-out={!row.delivered || undefined} className={classes.row}>
              <th scope="row">
                {row.source_row ?? row.index + 1}
                {!row.delivered && (
                  <span className={parts.error}>
                    <Trans>left out</Trans>
                  </span>
                )}
                <Messages issues={row.issues.filter(({ field }) => field === null)} />
              </th>
              {keys.map((key) => (
                <Cell key={key} value={row.values[key]} issues={row.issues.filter(({ field }) => field === key)} />
              ))}
            </tr>
          ))}
        </tbody>
      </ScrollTable>
    </>
  );
}

function Cell({ value, issues }: { value: Json | undefined; issues: readonly CellIssue[] }) {
  const wrong = issues.find(({ level }) => level === "error");
  return (
    <td className={wrong ? parts.cellError : undefined}>
      {shownValue(value) || wrong?.value}
      <Messages issues={issues} />
    </td>
  );
}
