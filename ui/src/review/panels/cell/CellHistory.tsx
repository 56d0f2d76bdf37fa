import { Trans } from "@lingui/react/macro";
import type { CellDetail } from "./CellPanel";
import { CellText } from "../Samples";
import { Moment } from "../../../Moment";
import { Who } from "../Who";
import classes from "./cell.module.css";

/** Who changed the cell, when, and from what to what; newest first. */
export function CellHistory({ history }: { history: CellDetail["history"] }) {
  if (history.length === 0) return null;
  return (
    <>
      <h4 className={classes.soft}>
        <Trans>Changes</Trans>
      </h4>
      <ol className={classes.history}>
        {history.map(({ version, mine, at, before, after }) => (
          <li key={version}>
            <span>
              <span className={classes.was}>
                <CellText text={before} />
              </span>
              <span aria-hidden> → </span>
              <span className="hg-hidden">
                <Trans>became</Trans>
              </span>
              <span className={classes.now}>
                <CellText text={after} />
              </span>
            </span>
            <span className={classes.soft}>
              <Who mine={mine} /> · <Moment at={at} />
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}
