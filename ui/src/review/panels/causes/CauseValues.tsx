import { Plural } from "@lingui/react/macro";
import type { ErrorGroup } from "../../../api/types";
import { CellText } from "../Samples";
import { useFormat } from "../useFormat";
import classes from "./causes.module.css";

const SHOWN = 3;

/** The most frequent texts of a group, each with how often it stands there. */
export function CauseValues({ group }: { group: ErrorGroup }) {
  const format = useFormat();
  const values = group.values.slice(0, SHOWN);
  const more = group.distinct - values.length;
  if (values.length === 0) return null;
  return (
    <ul className={classes.values}>
      {values.map(({ text, count }) => (
        <li key={text ?? ""}>
          <span className={classes.value}>
            <CellText text={text} />
          </span>
          {count > 1 && <span className={classes.times}>×&nbsp;{format(count)}</span>}
        </li>
      ))}
      {more > 0 && (
        <li className={classes.times}>
          <Plural value={more} one="and # other text" other="and # other texts" />
        </li>
      )}
    </ul>
  );
}
