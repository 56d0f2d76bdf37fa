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
import { below, type Place, useProblemAt } from "./place";
import type { Key } from "./shape";

/** More entries than that are shown on demand: each has several inputs. */
const SHOWN = 50;

/** A list of objects, a line each. */
export function EntriesControl({ about: key, value, place, keys }: ControlProps & { keys: readonly Key[] }) {
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
          <Entry
            key={index}
            entry={entry}
            keys={keys}
            place={below(place, index)}
            number={index + 1}
            last={index === entries.length - 1}
            onMove={(step) => move(index, index + step)}
            onRemove={() => set(entries.toSpliced(index, 1))}
          />
        ))}
      </ol>
      <div className={classes.buttons}>
        {shown.length < entries.length && (
          <Button variant="default" size="xs" onClick={() => setAll(true)}>
            <Plural value={entries.length} one="Show the one" other="Show all #" />
          </Button>
        )}
        <Button
          variant="default"
          size="xs"
          onClick={() => {
            setAll(true);
            place.put([], [...entries, fresh()]);
          }}
        >
          <Trans>Add one</Trans>
        </Button>
      </div>
    </fieldset>
  );
}

interface EntryProps {
  entry: JsonObject;
  keys: readonly Key[];
  place: Place;
  /** Counted from 1. */
  number: number;
  last: boolean;
  onMove: (step: 1 | -1) => void;
  onRemove: () => void;
}

function Entry({ entry, keys, place, number, last, onMove, onRemove }: EntryProps) {
  const { t } = useLingui();
  return (
    <li className={classes.entry}>
      {keys.map((key) => (
        <Control key={key.name} about={{ ...key, help: "" }} value={entry[key.name]} place={below(place, key.name)} />
      ))}
      <span className={classes.entryTools}>
        <ActionIcon
          variant="subtle"
          aria-label={t`Move entry ${number} up`}
          disabled={number === 1}
          onClick={() => onMove(-1)}
        >
          <UpIcon />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          aria-label={t`Move entry ${number} down`}
          disabled={last}
          onClick={() => onMove(1)}
        >
          <DownIcon />
        </ActionIcon>
        <ActionIcon variant="subtle" aria-label={t`Remove entry ${number}`} onClick={onRemove}>
          <RemoveIcon />
        </ActionIcon>
      </span>
    </li>
  );
}
