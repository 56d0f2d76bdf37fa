import { Trans, useLingui } from "@lingui/react/macro";
import { ActionIcon, Button, NativeSelect } from "@mantine/core";
import { useDocument, useStudio } from "../context";
import type { JsonObject } from "../document/text";
import { EntriesControl } from "../form/EntriesControl";
import { chooseType, fieldsOf, keyFrom, putTypeOption, textOf, typeOf } from "../form/field";
import { Keys } from "../form/Group";
import { Help } from "../form/Help";
import { ORDER } from "../form/order";
import { below, type Place, useProblemAt } from "../form/place";
import { type Key, keysOf } from "../form/shape";
import { CopyIcon, DownIcon, UpIcon } from "../parts/icons";
import classes from "./Fields.module.css";
import type { FieldActions } from "./FieldsTab";
import { Validators } from "./Validators";

/** Keys of a field that have a part of the form to themselves. */
const APART = new Set(["type", "validators", "selectOptions"]);
/** What says which field it is stands above its type, the rest below. */
const FIRST = new Set(["label", "key"]);

interface Props {
  position: number;
  actions: FieldActions;
  onClose: () => void;
}

/** Everything about one field. */
export function FieldForm({ position, actions, onClose }: Props) {
  const { description, document } = useStudio();
  const { value, problem } = useDocument();
  const field = fieldsOf(value)[position] ?? {};
  const place = usePlace(position, field);
  const { name } = typeOf(field);
  const type = description.types.find((one) => one.name === name);
  const keys = keysOf(description.field);
  const options = keys.find((key) => key.name === "selectOptions");
  return (
    // While the JSON cannot be read the form shows what it said, and changes nothing.
    <fieldset className={classes.all} disabled={problem !== null}>
      <FormHead field={field} position={position} actions={actions} onClose={onClose} />
      <Keys keys={keys.filter((key) => FIRST.has(key.name))} value={field} place={place} />
      <section className={classes.section} aria-labelledby="type-of-field">
        <h3 id="type-of-field">
          <Trans>What it holds</Trans>
        </h3>
        <TypeChoice field={field} position={position} />
        {type && (
          <Keys
            keys={keysOf(type.options)}
            value={typeOf(field).options}
            place={{
              path: ["fields", position, "type", 1],
              put: (rest, next) => putTypeOption(document, position, rest, next),
            }}
          />
        )}
        {options?.shape.kind === "entries" && (type?.selectOptions === true || field.selectOptions != null) && (
          <EntriesControl
            about={options}
            keys={options.shape.keys}
            value={field.selectOptions}
            place={below(place, options.name)}
          />
        )}
      </section>
      <Validators field={field} position={position} type={name} />
      <section className={classes.section} aria-labelledby="more-of-field">
        <h3 id="more-of-field">
          <Trans>More</Trans>
        </h3>
        <Keys keys={inOrder(keys)} value={field} place={place} />
      </section>
    </fieldset>
  );
}

/** What is left, texts before what is only on or off. */
function inOrder(keys: readonly Key[]): Key[] {
  const rest = keys.filter(({ name }) => !APART.has(name) && !FIRST.has(name));
  return [...rest.filter(({ shape }) => shape.kind !== "flag"), ...rest.filter(({ shape }) => shape.kind === "flag")];
}

/** The place of a field. A key that was made from the label follows the label until somebody writes one. */
function usePlace(position: number, field: JsonObject): Place {
  const { document } = useStudio();
  const { value, saved } = useDocument();
  const path = ["fields", position];
  return {
    path,
    put: (rest, next) => {
      const [label, key] = [textOf(field.label), textOf(field.key)];
      const fresh = !saved?.includes(JSON.stringify(key));
      const follows = fresh && (key === keyFrom(label) || /^field(?:_\d+)?$/.test(key));
      document.put([...path, ...rest], next);
      if (rest[0] !== "label" || !follows || typeof next !== "string") return;
      const wanted = keyFrom(next);
      const taken = fieldsOf(value).some((one, index) => index !== position && one.key === wanted);
      if (wanted && !taken) document.put([...path, "key"], wanted);
    },
  };
}

function FormHead({ field, position, actions, onClose }: Props & { field: JsonObject }) {
  const { t } = useLingui();
  const { value } = useDocument();
  const last = fieldsOf(value).length - 1;
  return (
    <div className={classes.formHead}>
      <Button className={classes.toList ?? ""} variant="subtle" size="xs" onClick={onClose}>
        <Trans>All fields</Trans>
      </Button>
      <h2 className={classes.formTitle}>{textOf(field.label) || textOf(field.key) || t`New field`}</h2>
      <div className={classes.tools}>
        <ActionIcon
          variant="default"
          aria-label={t`Move up`}
          disabled={position === 0}
          onClick={() => actions.moveTo(position, position - 1)}
        >
          <UpIcon />
        </ActionIcon>
        <ActionIcon
          variant="default"
          aria-label={t`Move down`}
          disabled={position === last}
          onClick={() => actions.moveTo(position, position + 1)}
        >
          <DownIcon />
        </ActionIcon>
        <ActionIcon variant="default" aria-label={t`Duplicate`} onClick={() => actions.duplicate(position)}>
          <CopyIcon />
        </ActionIcon>
        <Button variant="default" size="compact-sm" onClick={() => actions.remove(position)}>
          <Trans>Delete</Trans>
        </Button>
      </div>
    </div>
  );
}

function TypeChoice({ field, position }: { field: JsonObject; position: number }) {
  const { t } = useLingui();
  const { description, document } = useStudio();
  const { name } = typeOf(field);
  const type = description.types.find((one) => one.name === name);
  const problem = useProblemAt(["fields", position, "type"]);
  const data = description.types.map((one) => ({ value: one.name, label: one.label }));
  const choose = (chosen: string) => {
    const known = Object.keys(description.types.find((one) => one.name === chosen)?.options.properties ?? {});
    chooseType(document, position, chosen, known);
  };
  return (
    <NativeSelect
      className={classes.typeChoice ?? ""}
      label={t`Type`}
      description={type && <Help text={type.description} />}
      inputWrapperOrder={ORDER}
      error={problem}
      data={type ? data : [{ value: name, label: name || t`Not known` }, ...data]}
      value={name}
      onChange={(event) => choose(event.currentTarget.value)}
    />
  );
}
