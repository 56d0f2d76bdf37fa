import { Plural, Trans, useLingui } from "@lingui/react/macro";
import type { HookAnswer, HookRow } from "../api/types";
import { useDocument } from "../context";
import { labelsOf } from "../form/field";
import { Messages } from "../parts/Messages";
import parts from "../parts/parts.module.css";
import { ScrollTable } from "../parts/ScrollTable";
import { shownValue } from "../parts/shown";
import { ConsoleOutput } from "../trials/ConsoleOutput";
import classes from "./Hooks.module.css";

/** What a hook did: the rows before and after, what it wrote, or why it stopped. */
export function HookResult({ answer, outdated }: { answer: HookAnswer; outdated: boolean }) {
  const { error, rows, console, milliseconds, import_errors: reasons } = answer;
  const changed = rows.filter((row) => row.changed.length > 0 || row.before === null || row.after === null).length;
  const time = Math.round(milliseconds);
  return (
    <div className={classes.result} data-outdated={outdated || undefined}>
      {outdated && (
        <p className={classes.help}>
          <Trans>The hook was changed since it ran.</Trans>
        </p>
      )}
      {error && <Failure error={error} />}
      {reasons?.map(({ code, message }) => (
        <p key={code} className={classes.failed}>
          {message}
        </p>
      ))}
      {!error && rows.length > 0 && (
        <p role="status">
          <Plural value={rows.length} one="It ran on # row" other="It ran on # rows" />
          {" · "}
          <Plural value={changed} _0="none changed" one="# changed" other="# changed" />
          {" · "}
          <Trans>{time} ms</Trans>
        </p>
      )}
      {!error && rows.length > 0 && <Rows rows={rows} keys={answer.fields} />}
      <ConsoleOutput lines={console} />
    </div>
  );
}

function Failure({ error: { message, line, column } }: { error: NonNullable<HookAnswer["error"]> }) {
  return (
    <p className={classes.failed} role="alert">
      {line !== null && column !== null && (
        <>
          <strong>
            <Trans>
              Line {line}, column {column}
            </Trans>
          </strong>{" "}
        </>
      )}
      {message}
    </p>
  );
}

function Rows({ rows, keys }: { rows: readonly HookRow[]; keys: readonly string[] }) {
  const { t } = useLingui();
  const { value } = useDocument();
  const labelOf = labelsOf(value);
  return (
    <ScrollTable label={t`Rows before and after the hook`}>
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
          <tr key={row.index}>
            <th scope="row">
              {row.index + 1}
              {row.before === null && (
                <span className={parts.after}>
                  <Trans>added</Trans>
                </span>
              )}
              {row.after === null && (
                <span className={parts.error}>
                  <Trans>removed</Trans>
                </span>
              )}
            </th>
            {keys.map((key) => (
              <Cell key={key} row={row} field={key} />
            ))}
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  );
}

function Cell({ row, field }: { row: HookRow; field: string }) {
  const [before, after] = [shownValue(row.before?.[field]), shownValue(row.after?.[field])];
  const issues = row.issues.filter((issue) => issue.field === field);
  const changed = row.before !== null && row.after !== null && before !== after;
  return (
    <td className={changed ? parts.changed : undefined}>
      {changed ? (
        <>
          {before && <del className={parts.before}>{before}</del>}
          <ins className={parts.after}>{after || "–"}</ins>
        </>
      ) : (
        after || before
      )}
      <Messages issues={issues} />
    </td>
  );
}
