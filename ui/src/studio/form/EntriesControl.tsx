import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { ActionIcon, Button } from "@mantine/core";
import { useState } from "react";
import type { JsonObject } from "../document/text";
import { DownIcon, RemoveIcon, UpIcon } from "../parts/icons";
import type { ControlProps } from "./Control";
import { Control } from "./Control";
import { listOf, objectOf } from "./field";
import classes from "./Form.module.css";
import { Help } from "./Help";
import { below, useProblemAt } from "./place";
import type { Key } from "./shape";

/** More entries than that are shown on demand: each has several inputs. */
const SHOWN = 50;

/** A list of objects, a line each. */
export function EntriesControl({ about: key, value, place, keys }: ControlProps & { keys: readonly Key[] }) {
  const { t } = useLingui();
  const problem = useProblemAt(place.path);
  const [all, setAll] = useState(false);
  const entries = listOf(value).map(objectOf);
  const shown = all ? entries : entries.slice(0, SHOWN);
  const set = (next: JsonObject[]) => place.put([], next.length ? next : undefined);
  const fresh = () =>
    Object.fromEntries(keys.filter(({ required }) => required).map(({ name }) => [name, ""])) as JsonObject;
  const move = (from: number, to: number) => {
    const next = [...entries];
    next.splice(to, 0, ...next.splice(from, 1));
    set(next);
  };
  return (
    <fieldset className={classes.plain}>
      <legend className={classes.legend}>{key.label}</legend>
      <p className={classes.help}>
        <Help text={key.help} />
      </p>
      {problem && (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
      <ol className={classes.entries}>
        {shown.map((entry, index) => (
          <li key={index} className={classes.entry}>
            {keys.map((inner) => (
              <Control
                key={inner.name}
                about={{ ...inner, help: "" }}
                value={entry[inner.name]}
                place={below(below(place, index), inner.name)}
              />
            ))}
            <span className={classes.entryTools}>
              <ActionIcon
                variant="subtle"
                aria-label={t`Move entry ${index + 1} up`}
                disabled={index === 0}
                onClick={() => move(index, index - 1)}
              >
                <UpIcon />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                aria-label={t`Move entry ${index + 1} down`}
                disabled={index === entries.length - 1}
                onClick={() => move(index, index + 1)}
              >
                <DownIcon />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                aria-label={t`Remove entry ${index + 1}`}
                onClick={() => set(entries.toSpliced(index, 1))}
              >
                <RemoveIcon />
              </ActionIcon>
            </span>
          </li>
        ))}
      </ol>
      <div className={classes.buttons}>
        {shown.length < entries.length && (
          <Button variant="default" size="xs" onClick={() => setAll(true)}>
            <Plural value={entries.length} one="Show the one" other="Show all #" />
          </Button>
        )}
        <Button variant="default" size="xs" onClick={() => (setAll(true), place.put([], [...entries, fresh()]))}>
          <Trans>Add one</Trans>
        </Button>
      </div>
    </fieldset>
  );
}
