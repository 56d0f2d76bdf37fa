import { Plural } from "@lingui/react/macro";
import { type ReactNode, useState } from "react";
import type { ColumnsView, FieldInfo, FileColumn, ReviewState } from "../../api/types";
import { type Choice, columnsByField, mappable } from "./choices";
import { ColumnRow } from "./ColumnRow";
import classes from "./Columns.module.css";

export interface TableProps {
  view: ColumnsView;
  fields: readonly FieldInfo[];
  settings: ReviewState["settings"];
  /** What the operator's model suggests, by column index. */
  model: ReadonlyMap<number, readonly FieldInfo[]>;
  onChoose: (column: number, choice: Choice) => void;
}

type Group = "check" | "matched" | "unused";

/** A row per column of the file; what is unsure stands first. */
export function ByColumn({ view, fields, settings, model, onChoose }: TableProps) {
  // A column that was answered stays where it is: nothing jumps away under the hand.
  const [places] = useState(() => new Map(view.columns.map((column) => [column.index, groupOf(column, view)])));
  const groups: Record<Group, FileColumn[]> = { check: [], matched: [], unused: [] };
  for (const column of view.columns) groups[places.get(column.index) ?? groupOf(column, view)].push(column);
  const rows = (columns: readonly FileColumn[]) => (
    <ColumnList columns={columns} view={view} fields={fields} settings={settings} model={model} onChoose={onChoose} />
  );
  return (
    <>
      {groups.check.length > 0 && (
        <Section title={<Plural value={groups.check.length} one="# column to check" other="# columns to check" />}>
          {rows(groups.check)}
        </Section>
      )}
      {groups.matched.length > 0 && (
        <Section title={<Plural value={groups.matched.length} one="# matched column" other="# matched columns" />}>
          {rows(groups.matched)}
        </Section>
      )}
      {groups.unused.length > 0 && (
        <Section
          title={
            <Plural value={groups.unused.length} one="# column that is not used" other="# columns that are not used" />
          }
        >
          {rows(groups.unused)}
        </Section>
      )}
    </>
  );
}

export function ColumnList({
  columns,
  view,
  fields,
  settings,
  model,
  onChoose,
}: TableProps & { columns: readonly FileColumn[] }) {
  const taken = new Map(Array.from(columnsByField(view), ([key, [first]]) => [key, first?.header ?? ""]));
  const choices = mappable(fields);
  if (columns.length === 0) return null;
  return (
    <ul className={classes.list}>
      {columns.map((column) => (
        <ColumnRow
          key={column.index}
          column={column}
          fields={choices}
          taken={taken}
          model={model.get(column.index) ?? []}
          allowCustom={settings.allow_custom_fields}
          customFirst={settings.suggest_custom_first}
          onChoose={onChoose}
        />
      ))}
    </ul>
  );
}

/** A heading with what belongs to it. */
export function Section({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <section className={classes.section}>
      <h3 className={classes.heading}>{title}</h3>
      {children}
    </section>
  );
}

function groupOf(column: FileColumn, view: ColumnsView): Group {
  if (column.status === "uncertain" || view.uncertain.includes(column.index)) return "check";
  return column.field !== null && column.status === "accepted" ? "matched" : "unused";
}
