import { Plural } from "@lingui/react/macro";
import type { ColumnsView, FieldInfo } from "../../api/types";
import type { Choice } from "./choices";
import { ColumnPicker } from "./ColumnPicker";
import classes from "./Columns.module.css";

interface Props {
  view: ColumnsView;
  fields: readonly FieldInfo[];
  onChoose: (column: number, choice: Choice) => void;
}

/** Fields that must have a column and have none: they stand out, and are answered here. */
export function MissingFields({ view, fields, onChoose }: Props) {
  const missing = fields.filter(({ key }) => view.unmatched_required.includes(key));
  if (missing.length === 0) return null;
  return (
    <section className={classes.missing} aria-labelledby="missing-fields">
      <h3 id="missing-fields" className={classes.heading}>
        <Plural
          value={missing.length}
          one="# required field has no column yet"
          other="# required fields have no column yet"
        />
      </h3>
      <ul>
        {missing.map((field) => (
          <li key={field.key}>
            <span>
              <b>{field.label}</b> {field.description}
            </span>
            <ColumnPicker field={field} view={view} onChoose={onChoose} />
          </li>
        ))}
      </ul>
    </section>
  );
}
