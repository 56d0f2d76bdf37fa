import { type SyntheticEvent, useState } from "react";
import type { FieldValues, Path, UseFormReturn } from "react-hook-form";
import { showProblems } from "./forms";

/**
 * Sends a form. What the server has against a field stands at that field; `error` is everything else.
 * `action` raises what the server refused.
 */
export function useSubmit<Values extends FieldValues>(
  form: UseFormReturn<Values>,
  names: readonly Path<Values>[],
  action: (values: Values) => Promise<unknown>,
) {
  const [error, setError] = useState<unknown>(null);
  const send = form.handleSubmit(async (values) => {
    setError(null);
    try {
      await action(values);
    } catch (refusal) {
      if (!showProblems(refusal, form, names)) setError(refusal);
    }
  });
  return { error, busy: form.formState.isSubmitting, onSubmit: (event: SyntheticEvent) => void send(event) };
}
