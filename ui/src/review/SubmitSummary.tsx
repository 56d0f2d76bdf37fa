import { Plural, Trans } from "@lingui/react/macro";
import { useGrid } from "../state/hooks";
import classes from "./Summary.module.css";

/** What finishing would do now: how many rows go out, and how many are left out. */
export function SubmitSummary() {
  const { data } = useGrid();
  if (!data) return null;
  const { delivered, left_out, blocked } = data.summary;
  return (
    <p className={classes.sum}>
      {blocked ? (
        blocked.text
      ) : left_out ? (
        <Trans>
          <b>
            <Plural value={delivered} one="# row" other="# rows" />
          </b>{" "}
          will be sent, <b>{left_out}</b> left out <small>because they still have errors</small>
        </Trans>
      ) : (
        <Trans>
          <b>
            <Plural value={delivered} one="# row" other="# rows" />
          </b>{" "}
          will be sent
        </Trans>
      )}
    </p>
  );
}
