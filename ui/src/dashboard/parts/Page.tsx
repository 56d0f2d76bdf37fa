import type { ReactNode } from "react";
import { useDocumentTitle } from "@mantine/hooks";
import classes from "./Page.module.css";

interface Props {
  title: string;
  /** One or two sentences on what the page is for. */
  lead?: ReactNode;
  /** What can be done here, beside the title. */
  actions?: ReactNode;
  /** The way back to the list that this page belongs to. */
  back?: ReactNode;
  children?: ReactNode;
}

/** A page inside the frame: its title, what can be done, and the content below. */
export function Page({ title, lead, actions, back, children }: Props) {
  useDocumentTitle(`${title} · headgate`);
  return (
    <div className={classes.page}>
      {back && <nav className={classes.back}>{back}</nav>}
      <div className={classes.head}>
        <h1 className={classes.title}>{title}</h1>
        {actions && <div className={classes.actions}>{actions}</div>}
      </div>
      {lead && <p className={classes.lead}>{lead}</p>}
      {children}
    </div>
  );
}
