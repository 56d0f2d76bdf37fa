import { Trans } from "@lingui/react/macro";
import { Loader } from "@mantine/core";
import { useEffect, useState } from "react";
import classes from "./Loading.module.css";

/** Milliseconds for which nothing is shown: most answers are there before, and a flash of a spinner is worse than none. */
const PATIENCE = 250;

/** Stands where something will be; says so after a moment only. */
export function Loading() {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className={classes.loading} role="status">
      {late && <Loader size="sm" aria-hidden />}
      <span className="hg-hidden">
        <Trans>Loading…</Trans>
      </span>
    </div>
  );
}
