import type { ReactNode } from "react";
import classes from "./Form.module.css";
import { Help } from "./Help";
import type { Key } from "./shape";

/** Several controls that are one value: its name, its help, and what is wrong with it as a whole. */
export function Plain({ about, problem, children }: { about: Key; problem: string | null; children: ReactNode }) {
  return (
    <fieldset className={classes.plain}>
      <legend className={classes.legend}>{about.label}</legend>
      <p className={classes.help}>
        <Help text={about.help} />
      </p>
      {children}
      {problem && (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
    </fieldset>
  );
}
