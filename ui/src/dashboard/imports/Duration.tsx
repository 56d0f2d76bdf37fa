import { useEffect, useState } from "react";
import type { ListedImport } from "./patch";
import { useDuration } from "./words";

const SECOND = 1_000;

type Timed = Pick<ListedImport, "status" | "duration_ms" | "started_date">;

/** How long a run took, or takes already. */
export function Duration({ of }: { of: Timed }) {
  const inWords = useDuration();
  if (of.duration_ms !== null) return inWords(of.duration_ms);
  return of.status === "RUNNING" && of.started_date !== null ? <Running since={of.started_date} /> : null;
}

function Running({ since }: { since: string }) {
  const inWords = useDuration();
  const passed = () => Math.max(0, Math.floor((Date.now() - Date.parse(since)) / SECOND) * SECOND);
  const [time, setTime] = useState(passed);
  useEffect(() => {
    const timer = setInterval(() => setTime(passed()), SECOND);
    return () => clearInterval(timer);
  });
  return inWords(time);
}
