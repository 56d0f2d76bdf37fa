import { Plural, Trans } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import { useSession } from "../../../state/hooks";
import { useStore } from "../../../state/store";

const MINUTE = 60_000;

/** Whether everything that was done is stored on the server. */
export function SavedState() {
  const { pending, waiting, savedAt } = useStore(useSession().queue.state);
  const now = useNow(MINUTE / 2);
  if (waiting) return <Trans>not saved: trying again</Trans>;
  if (pending > 0) return <Trans>saving…</Trans>;
  if (savedAt === null) return <Trans>everything is saved</Trans>;
  const minutes = Math.floor((now - savedAt) / MINUTE);
  return minutes < 1 ? (
    <Trans>saved a moment ago</Trans>
  ) : (
    <Plural value={minutes} one="saved # minute ago" other="saved # minutes ago" />
  );
}

/** The time, told again every so many milliseconds. */
function useNow(every: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}
