import type { FieldValues, Path, UseFormReturn } from "react-hook-form";
import { ApiError } from "../../api/errors";

/** The key of a body that a problem's path begins with: `schema_ids[2]` is about `schema_ids`. */
export const keyOf = (path: string): string => /^[^.[]*/.exec(path)?.[0] ?? path;

/**
 * Puts the problems that the server found at the fields of a form, and the focus on the first of them. True when it had
 * something to say about a field; what it says about anything else is for the form as a whole.
 */
export function showProblems<Values extends FieldValues>(
  error: unknown,
  form: UseFormReturn<Values>,
  names: readonly Path<Values>[],
): boolean {
  if (!(error instanceof ApiError)) return false;
  let shown = false;
  for (const [path, texts] of Object.entries(error.problems)) {
    const name = names.find((one) => one === keyOf(path));
    if (name === undefined) continue;
    form.setError(name, { type: "server", message: texts.join(" ") }, { shouldFocus: !shown });
    shown = true;
  }
  return shown;
}
