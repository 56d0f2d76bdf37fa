import type { ReactNode } from "react";
import classes from "./Empty.module.css";

/** Stands where a list would be: what would be here, and what to do to get it. */
export function Empty({ title, children, action }: { title: ReactNode; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className={classes.empty}>
      <h2 className={classes.title}>{title}</h2>
      {children && <p>{children}</p>}
      {action}
    </div>
  );
}
