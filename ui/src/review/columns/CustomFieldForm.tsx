import { Trans, useLingui } from "@lingui/react/macro";
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Choice } from "./choices";
import classes from "./Columns.module.css";

interface Props {
  label: string;
  onAdd: (choice: Choice) => void;
  onCancel: () => void;
}

/** Name and type of a field that the schema does not have. */
export function CustomFieldForm({ label, onAdd, onCancel }: Props) {
  const { t } = useLingui();
  const [name, setName] = useState(label);
  const [type, setType] = useState("string");
  const types = [
    { value: "string", label: t`Text` },
    { value: "number", label: t`Number` },
    { value: "date", label: t`Date` },
    { value: "checkbox", label: t`Yes or no` },
    { value: "email", label: t`E-mail address` },
  ];
  return (
    <form
      className={classes.custom}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim()) onAdd({ kind: "custom", label: name.trim(), type });
      }}
    >
      <TextInput
        label={t`Name of the new field`}
        value={name}
        maxLength={200}
        required
        data-autofocus
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <NativeSelect
        label={t`What it holds`}
        data={types}
        value={type}
        onChange={(event) => setType(event.currentTarget.value)}
      />
      <div className={classes.quick}>
        <Button type="submit" size="xs">
          <Trans>Add the field</Trans>
        </Button>
        <Button size="xs" variant="default" onClick={onCancel}>
          <Trans>Cancel</Trans>
        </Button>
      </div>
    </form>
  );
}
