import { Trans, useLingui } from "@lingui/react/macro";
import { CloseButton, NativeSelect, TextInput } from "@mantine/core";
import { useDocument } from "../context";
import type { Json, JsonObject } from "../document/text";
import { shownValue } from "../parts/shown";
import type { ControlProps } from "./Control";
import { fieldsOf, labelsOf, listOf, objectOf, textOf, typeOf } from "./field";
import classes from "./Form.module.css";
import { numberOf } from "./NumberControl";
import { Plain } from "./Plain";
import { useProblemAt } from "./place";

/** Other fields, and the value that each must have. */
export function FieldValuesControl({ about: key, value, place, suggestions }: ControlProps) {
  const { t } = useLingui();
  const { value: schema } = useDocument();
  const problem = useProblemAt(place.path);
  const labelOf = labelsOf(schema);
  const values = objectOf(value);
  const names = Object.keys(values);
  const free = (suggestions ?? []).filter((name) => name !== "" && !Object.hasOwn(values, name));
  const fields = new Map(fieldsOf(schema).map((field) => [textOf(field.key), field]));
  const removeName = (name: string) => t`Remove ${name}`;
  return (
    <Plain about={key} problem={problem}>
      {names.map((name) => (
        <div key={name} className={classes.pair}>
          <span className={classes.pairName}>{labelOf(name)}</span>
          <ValueControl
            label={labelOf(name)}
            field={fields.get(name)}
            value={values[name]}
            onChange={(next) => place.put([name], next)}
          />
          <CloseButton aria-label={removeName(labelOf(name))} onClick={() => place.put([name], undefined)} />
        </div>
      ))}
      {free.length > 0 && (
        <NativeSelect
          className={classes.adding ?? ""}
          aria-label={t`Add a field`}
          data={[{ value: "", label: t`Add a field` }, ...free.map((name) => ({ value: name, label: labelOf(name) }))]}
          value=""
          onChange={({ currentTarget: { value: name } }) => {
            if (name) place.put([name], firstOf(fields.get(name)));
          }}
        />
      )}
      {names.length === 0 && free.length === 0 && (
        <p className={classes.help}>
          <Trans>There is no other field.</Trans>
        </p>
      )}
    </Plain>
  );
}

interface ValueProps {
  label: string;
  /** The field whose value it is; undefined when there is none with this key. */
  field: JsonObject | undefined;
  value: Json | undefined;
  onChange: (value: Json) => void;
}

/** The value as its field has it: one of its options, true or false, a number, or a text. */
function ValueControl({ label, field, value, onChange }: ValueProps) {
  const { t } = useLingui();
  const name = t`Value of ${label}`;
  const choices = choicesOf(field);
  const shown = shownValue(value);
  if (choices)
    return (
      <NativeSelect
        aria-label={name}
        data={choices.some((choice) => choice.value === shown) ? choices : [{ value: shown, label: shown }, ...choices]}
        value={shown}
        onChange={({ currentTarget: { value: chosen } }) =>
          onChange(typeOf(field).name === "checkbox" ? chosen === "true" : chosen)
        }
      />
    );
  return (
    <TextInput
      aria-label={name}
      value={shown}
      onChange={(event) => onChange(valueOf(field, event.currentTarget.value))}
    />
  );
}

/** What a field may hold where that can be counted. */
function choicesOf(field: JsonObject | undefined): { value: string; label: string }[] | null {
  if (typeOf(field).name === "checkbox") return ["true", "false"].map((value) => ({ value, label: value }));
  const options = listOf(field?.selectOptions).map(objectOf);
  if (options.length === 0) return null;
  return options.map((option) => ({
    value: shownValue(option.value),
    label: textOf(option.label) || shownValue(option.value),
  }));
}

/** What stands there before somebody has chosen. */
const firstOf = (field: JsonObject | undefined): Json =>
  typeOf(field).name === "checkbox" ? true : (choicesOf(field)?.[0]?.value ?? "");

/** A typed text as its field's result writes it. A number that would lose a digit stays a text, which is compared as well. */
function valueOf(field: JsonObject | undefined, typed: string): Json {
  return typeOf(field).name === "number" ? (numberOf(typed, false) ?? typed) : typed;
}
