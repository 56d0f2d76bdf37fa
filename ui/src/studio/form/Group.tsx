import type { Json } from "../document/text";
import { Control } from "./Control";
import { objectOf } from "./field";
import classes from "./Form.module.css";
import { Fold } from "./Fold";
import { below, type Place, useProblemAt } from "./place";
import type { Key } from "./shape";

interface Props {
  title: string;
  help: string;
  keys: readonly Key[];
  value: Json | undefined;
  place: Place;
}

/** The keys of an object inside of another, folded away until somebody uses one. */
export function Group({ title, help, keys, value, place }: Props) {
  const problem = useProblemAt(place.path);
  const used = Object.keys(objectOf(value)).length;
  // The last key to go takes the object along.
  const tidy: Place = {
    path: place.path,
    put: (rest, next) => place.put(next === undefined && rest.length === 1 && used === 1 ? [] : rest, next),
  };
  return (
    <Fold title={title} help={help} used={used > 0} problem={problem}>
      <Keys keys={keys} value={value} place={tidy} />
    </Fold>
  );
}

interface KeysProps {
  keys: readonly Key[];
  value: Json | undefined;
  place: Place;
  suggestions?: readonly string[] | undefined;
}

/** The controls of an object's keys. */
export function Keys({ keys, value, place, suggestions }: KeysProps) {
  return (
    <div className={classes.keys}>
      {keys.map((key) => (
        <div key={key.name} className={classes.cell} data-wide={isWide(key) || undefined}>
          <Control
            about={key}
            value={objectOf(value)[key.name]}
            place={below(place, key.name)}
            suggestions={suggestions}
          />
        </div>
      ))}
    </div>
  );
}

const WIDE = new Set(["group", "entries", "pairs", "values", "rows", "styles", "json", "texts"]);

const isWide = ({ shape }: Key): boolean => WIDE.has(shape.kind) || (shape.kind === "text" && shape.long);
