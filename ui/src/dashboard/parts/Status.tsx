import type { ReactNode } from "react";
import classes from "./Status.module.css";

export type Tone = "good" | "bad" | "waiting" | "quiet";

/** A state in a word, with a mark whose shape says the same as its colour. */
export function Status({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={classes.status} data-tone={tone}>
      {children}
    </span>
  );
}
