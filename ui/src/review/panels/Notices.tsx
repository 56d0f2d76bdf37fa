import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button, CloseButton } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useReview } from "../../state/hooks";
import { useStore } from "../../state/store";
import { LostEditsText } from "../LostEdits";
import { ConflictRow } from "./Conflicts";
import classes from "./panels.module.css";
import { usePanels } from "./panels-state";
import { useWatch } from "./useWatch";

/** What a person has to know beside the rows: lost edits, edits of others, conflicts, a finish that was stopped. */
export function Notices() {
  useWatch();
  const { t } = useLingui();
  const panels = usePanels();
  const conflicts = useStore(panels.conflicts);
  const foreign = useStore(panels.foreign);
  return (
    <div role="region" className={classes.notices} aria-live="polite" aria-label={t`Notes`}>
      <StoppedFinish />
      <LostEdits />
      {foreign && (
        <Notice onClose={() => panels.foreign.set(null)}>
          {foreign.cells > 0 ? (
            <Plural
              value={foreign.cells}
              one="Somebody else is working here too and has just changed # cell. What you see is up to date."
              other="Somebody else is working here too and has just changed # cells. What you see is up to date."
            />
          ) : (
            <Trans>Somebody else is working here too and has just changed something. What you see is up to date.</Trans>
          )}{" "}
          <Button variant="default" size="compact-xs" onClick={() => panels.tool.set("history")}>
            <Trans>Show the history</Trans>
          </Button>
        </Notice>
      )}
      {conflicts.length > 0 && (
        <Notice onClose={() => panels.conflicts.set([])}>
          <Plural
            value={conflicts.length}
            one="Somebody else had changed # cell since you saw it. Your text stands; theirs is in the history."
            other="Somebody else had changed # cells since you saw them. Your texts stand; theirs are in the history."
          />
          <ul className={classes.conflicts}>
            {conflicts.map((notice) => (
              <ConflictRow key={`${notice.conflict.row} ${notice.conflict.column}`} notice={notice} />
            ))}
          </ul>
        </Notice>
      )}
    </div>
  );
}

function Notice({ children, onClose }: { children: ReactNode; onClose: () => void }) {
  const { t } = useLingui();
  return (
    <div className={classes.notice}>
      <div>{children}</div>
      <CloseButton size="sm" aria-label={t`Close this note`} onClick={onClose} />
    </div>
  );
}

/** Edits whose cell is gone because an earlier step was changed. They are kept and come back with it. */
function LostEdits() {
  const { lost_edits } = useReview();
  const [closed, setClosed] = useState(0);
  if (lost_edits === 0 || lost_edits === closed) return null;
  return (
    <Notice onClose={() => setClosed(lost_edits)}>
      <LostEditsText count={lost_edits} />
    </Notice>
  );
}

/** The hook that has the last word wanted a person. */
function StoppedFinish() {
  const { reasons } = useReview();
  const stopped = reasons.find(({ code }) => code === "finish_cancelled");
  const [closed, setClosed] = useState<string | null>(null);
  if (!stopped || stopped.text === closed) return null;
  return (
    <Notice onClose={() => setClosed(stopped.text)}>
      <b>
        <Trans>It is not finished.</Trans>
      </b>{" "}
      {stopped.text}
    </Notice>
  );
}
