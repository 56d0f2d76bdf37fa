import { useLingui } from "@lingui/react/macro";
import { PasswordInput } from "@mantine/core";
import type { FieldPath, FieldValues, UseFormReturn } from "react-hook-form";

/** Characters that the service asks for at least. */
const SHORTEST = 12;

interface Props<Values extends FieldValues> {
  form: UseFormReturn<Values>;
  name: FieldPath<Values>;
  label: string;
}

/** A password that is set now. */
export function NewPasswordField<Values extends FieldValues>({ form, name, label }: Props<Values>) {
  const { t } = useLingui();
  const { error } = form.getFieldState(name, form.formState);
  const enough = (value: string) => value.length >= SHORTEST || t`Choose at least 12 characters.`;
  return (
    <PasswordInput
      label={label}
      description={t`At least 12 characters. A few words that only you would put together are easy to remember.`}
      autoComplete="new-password"
      error={error?.message}
      {...form.register(name, { validate: enough })}
    />
  );
}
