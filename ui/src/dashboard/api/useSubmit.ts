import { type SyntheticEvent, useState } from "react";
import type { FieldValues, Path, UseFormReturn } from "react-hook-form";
import { showProblems } from "./forms";

/** What is known of a form that is being sent, and how to send it. */
export interface Sending {
  readonly error: unknown;
  readonly busy: boolean;
  readonly onSubmit: (event: SyntheticEvent) => void;
}

interface Afterwards<Values, Answer> {
  /** The form is empty again. */
  cleared?: boolean;
  /** What the form starts from; what was sent where it is not said, or null. */
  next?: (answer: Answer) => Values | null;
}

/**
 * Sends a form. What the server has against a field stands at that field; `error` is everything else.
 * `action` raises what the server refused.
 */
export function useSubmit<Values extends FieldValues, Answer>(
  form: UseFormReturn<Values>,
  names: readonly Path<Values>[],
  action: (values: Values) => Promise<Answer>,
  { cleared = false, next }: Afterwards<Values, Answer> = {},
): Sending {
  const [error, setError] = useState<unknown>(null);
  const send = form.handleSubmit(async (values) => {
    setError(null);
    try {
      const answer = await action(values);
      form.reset(cleared ? undefined : (next?.(answer) ?? values));
    } catch (refusal) {
      if (!showProblems(refusal, form, names)) setError(refusal);
    }
  });
  return { error, busy: form.formState.isSubmitting, onSubmit: (event: SyntheticEvent) => void send(event) };
}
