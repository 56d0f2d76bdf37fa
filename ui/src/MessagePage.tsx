import type { ReactNode } from "react";
import classes from "./MessagePage.module.css";

/** A page that says one thing. */
export function MessagePage({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return (
    <main className={classes.page}>
      <h1 className={classes.title}>{title}</h1>
      {children}
    </main>
  );
}
