import { RowsInput } from "../trials/RowsInput";
import type { ControlProps } from "./Control";
import { listOf, objectOf } from "./field";
import { Fold } from "./Fold";
import { useProblemAt } from "./place";

/** Rows by field key, as a table. */
export function RowsControl({ about: key, value, place }: ControlProps) {
  const problem = useProblemAt(place.path);
  return (
    <Fold title={key.label} help={key.help} used={listOf(value).length > 0} problem={problem}>
      <RowsInput
        label={key.label}
        rows={listOf(value).map(objectOf)}
        onChange={(rows) => place.put([], rows.length ? rows : undefined)}
      />
    </Fold>
  );
}
