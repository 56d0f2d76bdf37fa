import { Trans } from "@lingui/react/macro";
import type { ConsoleLine } from "../api/types";
import parts from "../parts/parts.module.css";
import classes from "./Trials.module.css";

/** What hooks wrote to the console. */
export function ConsoleOutput({ lines }: { lines: readonly ConsoleLine[] }) {
  if (lines.length === 0) return null;
  return (
    <section className={classes.console}>
      <h3>
        <Trans>Console</Trans>
      </h3>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- without the focus, keys could not scroll it */}
      <pre className={parts.console} dir="ltr" tabIndex={0}>
        {lines.map(({ level, text }) => `${level === "log" ? "" : `${level}: `}${text}`).join("\n")}
      </pre>
    </section>
  );
}
