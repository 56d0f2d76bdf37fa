import { Plural, Trans } from "@lingui/react/macro";
import type { ReviewState } from "../api/types";
import classes from "./Frame.module.css";

/** File, sheet and number of rows, as far as they are known. */
export function FileFacts({ state }: { state: ReviewState }) {
  const { filename, sheet, rows_read } = state;
  return (
    <ul className={classes.facts}>
      {filename !== null && (
        <li className={classes.filename}>
          <bdi>{filename}</bdi>
        </li>
      )}
      {sheet !== null && (
        <li>
          <Trans>
            sheet “<bdi>{sheet}</bdi>”
          </Trans>
        </li>
      )}
      {rows_read !== null && (
        <li>
          <Plural value={rows_read} one="# row" other="# rows" />
        </li>
      )}
      {state.development_mode && (
        <li>
          <Trans>development mode</Trans>
        </li>
      )}
    </ul>
  );
}
