import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { Moment } from "../../Moment";
import { DataTable } from "../parts/DataTable";
import { Duration } from "./Duration";
import { ImportName } from "./ImportName";
import classes from "./Imports.module.css";
import { ImportState } from "./ImportState";
import type { ListedImport } from "./patch";

/** Imports, one a row. */
export function ImportsTable({ imports }: { imports: readonly ListedImport[] }) {
  const { t, i18n } = useLingui();
  const count = (value: number | null) => (value === null ? "" : i18n.number(value));
  return (
    <DataTable
      name={t`Imports`}
      rows={imports}
      keyOf={({ id }) => id}
      columns={[
        {
          name: t`File`,
          cell: (one) => (
            <Link to="/imports/$importId" params={{ importId: one.id }} className={classes.name}>
              <ImportName of={one} />
            </Link>
          ),
        },
        { name: t`Status`, cell: (one) => <ImportState of={one} /> },
        { name: t`Schema`, cell: (one) => <SchemaOf of={one} /> },
        { name: t`Rows`, align: "end", cell: ({ rows }) => count(rows) },
        {
          name: t`With errors`,
          align: "end",
          cell: ({ rows_with_errors: wrong }) =>
            wrong ? <span className={classes.wrong}>{count(wrong)}</span> : count(wrong),
        },
        { name: t`Took`, align: "end", cell: (one) => <Duration of={one} /> },
        { name: t`Created`, cell: ({ created_date }) => <Moment at={created_date} /> },
      ]}
    />
  );
}

/** Which schema it was, and where an import that is no real one comes from. */
export function SchemaOf({ of: { saved_schema, import_identifier, development_mode } }: { of: ListedImport }) {
  const { t } = useLingui();
  const name = saved_schema ? (saved_schema.name ?? t`Deleted schema`) : (import_identifier ?? t`Sent with the import`);
  return (
    <>
      <bdi>{name}</bdi>
      {development_mode && <span className={classes.mode}> {t`Development`}</span>}
    </>
  );
}
