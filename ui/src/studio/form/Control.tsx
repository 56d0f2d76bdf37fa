import { useLingui } from "@lingui/react/macro";
import { Checkbox, NativeSelect, TagsInput, Textarea, TextInput } from "@mantine/core";
import type { Json } from "../document/text";
import { EitherControl } from "./EitherControl";
import { EntriesControl } from "./EntriesControl";
import { FieldValuesControl } from "./FieldValuesControl";
import classes from "./Form.module.css";
import { Group } from "./Group";
import { Help } from "./Help";
import { JsonControl } from "./JsonControl";
import { NumberControl } from "./NumberControl";
import { PairsControl } from "./PairsControl";
import { RowsControl } from "./RowsControl";
import { StylesControl } from "./StylesControl";
import { type Place, useProblemAt } from "./place";
import { ORDER } from "./order";
import { fits, type Key } from "./shape";
import { useChoiceNames } from "./useChoiceNames";

export interface ControlProps {
  about: Key;
  value: Json | undefined;
  place: Place;
  /** Texts to choose from while typing, such as the keys of the other fields. */
  suggestions?: readonly string[] | undefined;
}

/** The control for one key of the schema. A value that is the default is left out of the schema. */
export function Control(props: ControlProps) {
  const { about: key, value, place } = props;
  if (!fits(key.shape, value)) return <JsonControl {...props} />;
  switch (key.shape.kind) {
    case "flag":
      return <Flag {...props} />;
    case "number":
      return <NumberControl {...props} shape={key.shape} />;
    case "text":
      return <Text {...props} long={key.shape.long} />;
    case "choice":
      return <Choice {...props} choices={key.shape.choices} />;
    case "texts":
      return <Texts {...props} />;
    case "pairs":
      return <PairsControl {...props} />;
    case "values":
      return <FieldValuesControl {...props} />;
    case "rows":
      return <RowsControl {...props} />;
    case "styles":
      return <StylesControl {...props} />;
    case "either":
      return <EitherControl {...props} />;
    case "entries":
      return <EntriesControl {...props} keys={key.shape.keys} />;
    case "group":
      return <Group title={key.label} help={key.help} keys={key.shape.keys} value={value} place={place} />;
    case "json":
      return <JsonControl {...props} />;
  }
}

function Flag({ about: key, value, place }: ControlProps) {
  const fallback = key.fallback === true;
  const problem = useProblemAt(place.path);
  return (
    <Checkbox
      label={key.label}
      description={<Help text={key.help} />}
      error={problem}
      checked={typeof value === "boolean" ? value : fallback}
      onChange={({ currentTarget: { checked } }) => place.put([], checked === fallback ? undefined : checked)}
    />
  );
}

function Text({ about: key, value, place, long }: ControlProps & { long: boolean }) {
  const problem = useProblemAt(place.path);
  const common = {
    label: key.label,
    description: <Help text={key.help} />,
    inputWrapperOrder: ORDER,
    error: problem,
    withAsterisk: key.required,
    "aria-required": key.required,
    placeholder: typeof key.fallback === "string" ? key.fallback : "",
    value: typeof value === "string" ? value : "",
    spellCheck: long,
  };
  const put = (text: string) => place.put([], text === "" && !key.required ? undefined : text);
  return long ? (
    <Textarea {...common} autosize minRows={1} maxRows={8} onChange={(event) => put(event.currentTarget.value)} />
  ) : (
    <TextInput {...common} onChange={(event) => put(event.currentTarget.value)} />
  );
}

function Choice({ about: key, value, place, choices }: ControlProps & { choices: string[] }) {
  const { t } = useLingui();
  const problem = useProblemAt(place.path);
  const nameOf = useChoiceNames(key.name);
  const fallback = typeof key.fallback === "string" ? key.fallback : null;
  const data = choices.map((choice) => ({ value: choice, label: nameOf(choice) }));
  return (
    <NativeSelect
      label={key.label}
      description={<Help text={key.help} />}
      inputWrapperOrder={ORDER}
      error={problem}
      withAsterisk={key.required}
      data={fallback === null && !key.required ? [{ value: "", label: t`Not set` }, ...data] : data}
      value={typeof value === "string" ? value : (fallback ?? "")}
      onChange={({ currentTarget: { value: chosen } }) =>
        place.put([], chosen === "" || chosen === fallback ? undefined : chosen)
      }
    />
  );
}

function Texts({ about: key, value, place, suggestions }: ControlProps) {
  const { t } = useLingui();
  const problem = useProblemAt(place.path);
  const texts = Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
  return (
    <TagsInput
      className={classes.tags ?? ""}
      label={key.label}
      description={<Help text={key.help} />}
      inputWrapperOrder={ORDER}
      error={problem}
      withAsterisk={key.required}
      placeholder={texts.length ? "" : t`Type one and press Enter`}
      data={[...(suggestions ?? [])]}
      // A text may hold a comma.
      splitChars={[]}
      value={texts}
      onChange={(chosen) => place.put([], chosen.length || key.required ? chosen : undefined)}
    />
  );
}
