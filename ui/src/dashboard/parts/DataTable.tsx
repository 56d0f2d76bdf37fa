import type { ReactNode } from "react";
import classes from "./DataTable.module.css";

export interface Column<Row> {
  /** What the cells are, as the head of the column and, on a narrow screen, before each of them. */
  name: string;
  cell: (row: Row) => ReactNode;
  /** "start" unless it is a number. */
  align?: "start" | "end";
  /** Whether the head is for screen readers only, as above buttons. */
  quiet?: boolean;
}

interface Props<Row> {
  /** What the table lists, for screen readers. */
  name: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
}

/** A list with columns. On a narrow screen each row is a block of its own; the roles say that it is still a table. */
export function DataTable<Row>({ name, columns, rows, keyOf }: Props<Row>) {
  return (
    <table className={classes.table} role="table" aria-label={name}>
      <thead className={classes.head} role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <th key={column.name} scope="col" role="columnheader" data-align={column.align}>
              <span className={column.quiet ? "hg-hidden" : undefined}>{column.name}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={keyOf(row)} className={classes.row} role="row">
            {columns.map((column) => (
              <td
                key={column.name}
                role="cell"
                className={classes.cell}
                data-align={column.align}
                data-name={column.quiet ? undefined : column.name}
              >
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
