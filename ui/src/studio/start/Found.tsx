import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button, Checkbox, NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Description, InferAnswer, InferredField } from "../api/types";
import { keyFrom, listOf, objectOf, textOf, typeOf } from "../form/field";
import parts from "../parts/parts.module.css";
import { type Choice, nameFrom, schemaFrom, TAKEN } from "./infer";
import classes from "./Start.module.css";

interface Props {
  description: Description;
  answer: InferAnswer;
  filename: string;
  onStart: (text: string) => void;
  onBack: () => void;
}

/** The columns of a file with the fields that they could be, to adjust before the editor opens. */
export function Found({ description, answer, filename, onStart, onBack }: Props) {
  const { t } = useLingui();
  const [name, setName] = useState(() => nameFrom(filename));
  const [choices, setChoices] = useState<Readonly<Record<number, Choice>>>({});
  const taken = answer.fields.filter(({ column }) => (choices[column] ?? TAKEN).taken).length;
  const start = (event: React.SubmitEvent) => {
    event.preventDefault();
    if (taken > 0) onStart(schemaFrom(answer, choices, name, keyFrom(name)));
  };
  return (
    <form onSubmit={start}>
      {answer.warnings.map(({ code, text }) => (
        <p key={code} className={classes.warning}>
          {text}
        </p>
      ))}
      <TextInput
        className={classes.name ?? ""}
        label={t`Name of the schema`}
        value={name}
        maxLength={255}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <ul className={classes.columns} aria-label={t`Columns of the file`}>
        {answer.fields.map((field) => (
          <Column
            key={field.column}
            field={field}
            description={description}
            choice={choices[field.column] ?? TAKEN}
            onChoose={(choice) => setChoices({ ...choices, [field.column]: choice })}
          />
        ))}
      </ul>
      <div className={classes.buttons}>
        <Button variant="default" onClick={onBack}>
          <Trans>Another file</Trans>
        </Button>
        <Button type="submit" disabled={taken === 0}>
          <Plural value={taken} one="Go on with # field" other="Go on with # fields" />
        </Button>
      </div>
    </form>
  );
}

interface ColumnProps {
  field: InferredField;
  description: Description;
  choice: Choice;
  onChoose: (choice: Choice) => void;
}

function Column({ field: found, description, choice, onChoose }: ColumnProps) {
  const { t } = useLingui();
  const { field, evidence, samples, filled, distinct } = found;
  const label = textOf(field.label);
  const { name } = typeOf(field);
  const rules = listOf(field.validators).map((rule) => textOf(objectOf(rule).validate));
  const options = listOf(field.selectOptions).length;
  return (
    <li className={classes.column} data-left-out={!choice.taken || undefined}>
      <Checkbox
        label={label}
        checked={choice.taken}
        onChange={(event) => onChoose({ ...choice, taken: event.currentTarget.checked })}
      />
      <div className={classes.what}>
        <ul className={classes.samples}>
          {samples.slice(0, 4).map((sample, index) => (
            <li key={index}>{sample}</li>
          ))}
        </ul>
        <p className={parts.soft}>
          <Plural value={filled} _0="no value" one="# value" other="# values" />,{" "}
          <Plural value={distinct} one="# different" other="# different" />
        </p>
      </div>
      <NativeSelect
        aria-label={t`Type of ${label}`}
        disabled={!choice.taken}
        data={description.types.map((type) => ({ value: type.name, label: type.label }))}
        value={choice.type ?? name}
        onChange={(event) => onChoose({ ...choice, type: event.currentTarget.value })}
      />
      <div className={classes.why}>
        {choice.type === null || choice.type === name ? (
          <>
            <ul>
              {evidence.map(({ code, text }) => (
                <li key={code}>{text}</li>
              ))}
            </ul>
            <p className={classes.rules}>
              {rules.map((rule) => (
                <span key={rule}>{description.validators.find((one) => one.name === rule)?.label ?? rule}</span>
              ))}
              {options > 0 && (
                <span>
                  <Plural value={options} one="# option" other="# options" />
                </span>
              )}
            </p>
          </>
        ) : (
          <p className={parts.soft}>
            <Trans>Your choice. Its options are set in the editor.</Trans>
          </p>
        )}
      </div>
    </li>
  );
}
