import { Trans } from "@lingui/react/macro";
import { Loader } from "@mantine/core";
import classes from "./Frame.module.css";

/** While a step's part of the application or its data are on their way. */
export function StepLoading() {
  return (
    <div className={classes.loading} role="status">
      <Loader aria-hidden />
      <span className="hg-hidden">
        <Trans>Loading…</Trans>
      </span>
    </div>
  );
}
