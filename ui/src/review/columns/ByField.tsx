import { Plural, Trans } from "@lingui/react/macro";
import type { FieldInfo, FileColumn } from "../../api/types";
import { ColumnList, Section, type TableProps } from "./ByColumn";
import { columnsByField, mappable } from "./choices";
import { ColumnPicker } from "./ColumnPicker";
import { Samples } from "./ColumnRow";
import classes from "./Columns.module.css";
import { RequiredMark } from "./FieldPicker";

/** The table turned round: a row per field, with the column that it takes. */
export function ByField({ view, fields, settings, model, onChoose }: TableProps) {
  const used = columnsByField(view);
  const rest = view.columns.filter(({ field, status }) => field === null || status === "ignored");
  return (
    <>
      <Section title={<Trans>Fields</Trans>}>
        <ul className={classes.list}>
          {mappable(fields).map((field) => (
            <FieldRow
              key={field.key}
              field={field}
              columns={used.get(field.key) ?? []}
              missing={view.unmatched_required.includes(field.key)}
              picker={<ColumnPicker field={field} view={view} onChoose={onChoose} />}
            />
          ))}
        </ul>
      </Section>
      {rest.length > 0 && (
        <Section
          title={<Plural value={rest.length} one="# column that is not used" other="# columns that are not used" />}
        >
          <ColumnList
            columns={rest}
            view={view}
            fields={fields}
            settings={settings}
            model={model}
            onChoose={onChoose}
          />
        </Section>
      )}
    </>
  );
}

interface RowProps {
  field: FieldInfo;
  columns: readonly FileColumn[];
  missing: boolean;
  picker: React.ReactNode;
}

function FieldRow({ field, columns, missing, picker }: RowProps) {
  const unsure = columns.some(({ status }) => status === "uncertain");
  return (
    <li className={classes.row} data-status={missing ? "missing" : unsure ? "uncertain" : undefined}>
      <div className={classes.source}>
        <h4 className={classes.header}>
          {field.label}
          {(field.required || field.require_mapping) && <RequiredMark />}
        </h4>
        {field.description && <p className={classes.why}>{field.description}</p>}
      </div>
      <span className={classes.arrow} aria-hidden>
        ←
      </span>
      <div className={classes.target}>
        {picker}
        {columns.map((column) => (
          <div key={column.index}>
            <Samples column={column} />
            <p className={classes.why}>{column.evidence.map(({ text }) => text).join(" · ")}</p>
          </div>
        ))}
      </div>
    </li>
  );
}
