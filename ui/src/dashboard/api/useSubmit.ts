import { type SyntheticEvent, useState } from "react";
import type { FieldValues, Path, UseFormReturn } from "react-hook-form";
import { showProblems } from "./forms";

/** What is known of a form that is being sent, and how to send it. */
export interface Sending {
  readonly error: unknown;
  readonly busy: boolean;
  readonly onSubmit: (event: SyntheticEvent) => void;
}

/**
 * Sends a form. What the server has against a field stands at that field; `error` is everything else.
 * `action` raises what the server refused. What was sent is what the form starts from afterwards; `cleared`: it is empty again.
 */
export function useSubmit<Values extends FieldValues>(
  form: UseFormReturn<Values>,
  names: readonly Path<Values>[],
  action: (values: Values) => Promise<unknown>,
  { cleared = false }: { cleared?: boolean } = {},
): Sending {
  const [error, setError] = useState<unknown>(null);
  const send = form.handleSubmit(async (values) => {
    setError(null);
    try {
      await action(values);
      form.reset(cleared ? undefined : values);
    } catch (refusal) {
      if (!showProblems(refusal, form, names)) setError(refusal);
    }
  });
  return { error, busy: form.formState.isSubmitting, onSubmit: (event: SyntheticEvent) => void send(event) };
}
