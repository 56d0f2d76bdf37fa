import { useDocumentTitle } from "@mantine/hooks";
import type { ReactNode } from "react";
import { LanguageSelect } from "../frame/LanguageSelect";
import { ThemeToggle } from "../../ThemeToggle";
import classes from "./OneThing.module.css";

/** A page outside of the frame that asks for one thing, such as to sign in. */
export function OneThing({ title, children }: { title: string; children: ReactNode }) {
  useDocumentTitle(`${title} · headgate`);
  return (
    <div className={classes.page}>
      <header className={classes.header}>
        <span className={classes.name}>headgate</span>
        <LanguageSelect />
        <ThemeToggle />
      </header>
      <main className={classes.main}>
        <h1 className={classes.title}>{title}</h1>
        {children}
      </main>
    </div>
  );
}
