import { Trans, useLingui } from "@lingui/react/macro";
import { type KeyboardEvent, type MouseEvent, useEffect, useRef } from "react";
import type { HeaderView } from "../../api/types";
import classes from "./HeaderTable.module.css";
import { extended, type HeaderSelection, only, toggled } from "./selection";

interface Props {
  rows: HeaderView["rows"];
  selection: HeaderSelection;
  suggested: readonly number[];
  /** Every click puts a row in or out, for people without a shift key. */
  several: boolean;
  onChange: (selection: HeaderSelection) => void;
}

/** The first records of the file. Click or arrow keys choose the row of the names, with Shift several. */
export function HeaderTable({ rows, selection, suggested, several, onChange }: Props) {
  const { t } = useLingui();
  const body = useRef<HTMLTableSectionElement>(null);
  const width = rows.reduce((most, { cells }) => Math.max(most, cells.length), 0);
  const chosen = new Set(selection.rows);
  const current = selection.rows.at(-1) ?? rows[0]?.row;

  const choose = (row: number, event: MouseEvent | KeyboardEvent) => {
    if (event.shiftKey) onChange(extended(selection, row));
    else if (several || event.ctrlKey || event.metaKey) onChange(toggled(selection, row));
    else onChange(only(row));
  };
  const onKeyDown = (event: KeyboardEvent, position: number) => {
    const target = { ArrowDown: position + 1, ArrowUp: position - 1, Home: 0, End: rows.length - 1 }[event.key];
    const here = rows[position]?.row;
    if (target === undefined) {
      if ((event.key !== " " && event.key !== "Enter") || here === undefined) return;
      event.preventDefault();
      onChange(several ? toggled(selection, here) : only(here));
      return;
    }
    event.preventDefault();
    const to = rows[Math.max(0, Math.min(target, rows.length - 1))];
    if (!to) return;
    if (event.shiftKey) onChange(extended(selection, to.row));
    else if (!several) onChange(only(to.row));
    body.current?.querySelector<HTMLElement>(`[data-row="${to.row}"]`)?.focus();
  };
  useShowChosen(body, selection.rows[0]);

  return (
    <div className={classes.frame}>
      <table className={classes.table} role="grid" aria-multiselectable aria-label={t`First rows of the file`}>
        <tbody ref={body}>
          {rows.map(({ row, cells }, position) => (
            <tr
              key={row}
              data-row={row}
              data-above={selection.rows[0] !== undefined && row < selection.rows[0] ? true : undefined}
              tabIndex={row === current ? 0 : -1}
              aria-selected={chosen.has(row)}
              onClick={(event) => choose(row, event)}
              onKeyDown={(event) => onKeyDown(event, position)}
            >
              <th scope="row" className={classes.number}>
                <span className="hg-hidden">
                  <Trans>Row</Trans>{" "}
                </span>
                {row + 1}
                {suggested.includes(row) && (
                  <span className={classes.suggested}>
                    <Trans>suggested</Trans>
                  </span>
                )}
              </th>
              {Array.from({ length: width }, (_, index) => (
                <td key={index} role="gridcell" dir="auto" title={cells[index] ?? undefined}>
                  {cells[index]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Brings the header row into sight when the table is first shown; later it is where the person has put it. */
function useShowChosen(body: React.RefObject<HTMLElement | null>, row: number | undefined): void {
  const shown = useRef(false);
  useEffect(() => {
    if (shown.current || row === undefined) return;
    shown.current = true;
    body.current?.querySelector(`[data-row="${row}"]`)?.scrollIntoView({ block: "nearest" });
  }, [body, row]);
}
