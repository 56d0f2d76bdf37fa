import { Plural, Trans } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useEffect } from "react";
import { useSession } from "../state/hooks";
import { useStore } from "../state/store";
import classes from "./Frame.module.css";

/** Says that the service cannot be reached, what that means for the person's work, and how to try again. */
export function NetworkBanner() {
  const session = useSession();
  const online = useStore(session.online);
  const { pending, waiting } = useStore(session.queue.state);
  useLeaveWarning(pending > 0);
  if (online && !waiting) return null;
  return (
    <div className={classes.banner} role="alert">
      <span>
        <Trans>The service cannot be reached at the moment.</Trans>{" "}
        {pending > 0 && (
          <Plural
            value={pending}
            one="# change is kept on this page and sent as soon as it answers. Leave the page open."
            other="# changes are kept on this page and sent as soon as it answers. Leave the page open."
          />
        )}
      </span>
      <Button variant="default" size="xs" onClick={() => session.retry()}>
        <Trans>Try again now</Trans>
      </Button>
    </div>
  );
}

/** The browser asks before it closes a page whose changes are not stored yet. */
function useLeaveWarning(unsaved: boolean): void {
  useEffect(() => {
    if (!unsaved) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [unsaved]);
}
