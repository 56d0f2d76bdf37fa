import { Plural, Trans } from "@lingui/react/macro";
import type { Summary } from "../../../api/types";
import classes from "./causes.module.css";

/** Nothing is left that needs a person. */
export function AllClear({ summary }: { summary: Summary }) {
  const { delivered, blocked } = summary;
  return (
    <div className={classes.clear}>
      <svg width="28" height="28" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="2" aria-hidden>
        <circle cx="12" cy="12" r="10" />
        <path d="m7.5 12.5 3 3 6-6.5" />
      </svg>
      {blocked ? (
        <p>{blocked.text}</p>
      ) : (
        <p>
          <Plural
            value={delivered}
            one="No errors are left. The row is ready: press “Finish…” when you are."
            other="No errors are left. All # rows are ready: press “Finish…” when you are."
          />{" "}
          <Trans>You can still look round and change things.</Trans>
        </p>
      )}
    </div>
  );
}
