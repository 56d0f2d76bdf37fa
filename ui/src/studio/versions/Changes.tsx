import { Trans } from "@lingui/react/macro";
import type { Change } from "../api/types";
import { shownValue } from "../parts/shown";
import classes from "./Versions.module.css";

/** More than that is folded away. */
const SHORT = 200;

/** What is different between two states of a schema, in plain sentences with before and after. */
export function Changes({ changes }: { changes: readonly Change[] }) {
  if (changes.length === 0)
    return (
      <p className={classes.soft}>
        <Trans>Nothing is different.</Trans>
      </p>
    );
  return (
    <ul className={classes.changes}>
      {changes.map((change, index) => (
        <li key={`${change.path} ${String(index)}`}>
          {change.text}
          <Sides change={change} />
        </li>
      ))}
    </ul>
  );
}

/** Before and after, where the sentence does not hold all of it. */
function Sides({ change: { before, after, text } }: { change: Change }) {
  const [was, is] = [shownValue(before), shownValue(after)];
  const told = (side: string) => side === "" || text.includes(side);
  if (told(was) && told(is)) return null;
  const long = was.length + is.length > SHORT || `${was}${is}`.includes("\n");
  const sides = (
    <div className={classes.sides}>
      {was && <del>{was}</del>}
      {is && <ins>{is}</ins>}
    </div>
  );
  if (!long) return sides;
  return (
    <details>
      <summary>
        <Trans>Show before and after</Trans>
      </summary>
      {sides}
    </details>
  );
}
