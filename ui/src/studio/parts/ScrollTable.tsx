import type { ReactNode } from "react";
import classes from "./parts.module.css";

/** A table that may be wider than the page; it takes the focus so that keys can scroll it. */
export function ScrollTable({ label, children }: { label: string; children: ReactNode }) {
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- without the focus, keys could not scroll it
    <div className={classes.scroll} role="region" aria-label={label} tabIndex={0}>
      <table className={classes.table}>{children}</table>
    </div>
  );
}
