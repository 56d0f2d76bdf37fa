import { Trans, useLingui } from "@lingui/react/macro";
import { Button, CloseButton } from "@mantine/core";
import { useEffect } from "react";
import { useReview, useSession } from "../../state/hooks";
import { useStore } from "../../state/store";
import classes from "./panels.module.css";
import { usePanels } from "./panels-state";
import { useUndo } from "./UndoRedo";

/**
 * What the last change did, with the way back. It stays until it is closed or the next change is made: nobody has to
 * read it in a hurry. Screen readers hear it through the live region.
 */
export function OutcomeStrip() {
  const { t } = useLingui();
  const session = useSession();
  const { undo: last } = useReview();
  const { outcome } = usePanels();
  const shown = useStore(outcome);
  const { undo } = useUndo();
  useEffect(() => {
    const forget = () => {
      if (!outcome.get()?.failed) outcome.set(null);
    };
    session.changes.add(forget);
    return () => void session.changes.delete(forget);
  }, [session, outcome]);
  if (!shown) return null;
  return (
    <div className={classes.outcome} data-failed={shown.failed || undefined}>
      <span>{shown.text}</span>
      {/* Undo takes back the last change: only as long as that is the one of which is spoken here. */}
      {shown.undoes !== null && shown.undoes === last?.version && (
        <Button variant="default" size="xs" onClick={undo}>
          <Trans>Undo</Trans>
        </Button>
      )}
      <CloseButton size="sm" aria-label={t`Close this note`} onClick={() => outcome.set(null)} />
    </div>
  );
}
