import type { ReactNode } from "react";
import classes from "./Form.module.css";
import { Help } from "./Help";

interface Props {
  title: string;
  help: string;
  /** Whether somebody has set something in it. */
  used: boolean;
  problem: string | null;
  children: ReactNode;
}

/** A part of a form that is folded away until somebody uses it. */
export function Fold({ title, help, used, problem, children }: Props) {
  return (
    <details className={classes.group} open={used || problem !== null || undefined}>
      <summary className={classes.summary}>
        {title}
        <span className={classes.help}>
          <Help text={help} />
        </span>
      </summary>
      {problem && (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
      {children}
    </details>
  );
}
