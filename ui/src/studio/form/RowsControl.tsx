import { RowsInput } from "../trials/RowsInput";
import type { ControlProps } from "./Control";
import { listOf, objectOf } from "./field";
import { Plain } from "./Plain";
import { useProblemAt } from "./place";

/** Rows by field key, as a table. */
export function RowsControl({ about: key, value, place }: ControlProps) {
  const problem = useProblemAt(place.path);
  return (
    <Plain about={key} problem={problem}>
      <RowsInput
        label={key.label}
        rows={listOf(value).map(objectOf)}
        onChange={(rows) => place.put([], rows.length ? rows : undefined)}
      />
    </Plain>
  );
}
