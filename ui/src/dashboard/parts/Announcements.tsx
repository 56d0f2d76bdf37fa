import { type ReactNode, useCallback, useEffect, useState } from "react";
import classes from "./Announcements.module.css";
import { AnnounceContext } from "./announce";

/** Milliseconds for which it can be read; screen readers have it at once. */
const SHOWN = 6_000;

/** The place where the dashboard says what it has just done. */
export function Announcements({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState({ text: "", number: 0 });
  const announce = useCallback((text: string) => setSaid(({ number }) => ({ text, number: number + 1 })), []);
  useEffect(() => {
    if (!said.text) return;
    const timer = setTimeout(() => setSaid(({ number }) => ({ text: "", number })), SHOWN);
    return () => clearTimeout(timer);
  }, [said]);
  return (
    <AnnounceContext value={announce}>
      {children}
      <div role="status" className={classes.place}>
        {said.text && (
          <p key={said.number} className={classes.said}>
            {said.text}
          </p>
        )}
      </div>
    </AnnounceContext>
  );
}
