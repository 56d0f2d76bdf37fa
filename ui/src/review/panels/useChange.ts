import { useLingui } from "@lingui/react/macro";
import { useCallback, useState } from "react";
import { ApiError } from "../../api/errors";
import type { Change, ChangeResult } from "../../api/types";
import { useSession } from "../../state/hooks";
import type { ReviewSession } from "../../state/session";
import { usePanels } from "./panels-state";
import { useResultWords } from "./words";

export interface ChangeMaker {
  /** A change is under way. */
  readonly busy: boolean;
  /** Make a change and say what it did; null when it was refused, which is said as well. */
  readonly make: (change: Change) => Promise<ChangeResult | null>;
  readonly undo: () => Promise<ChangeResult | null>;
  readonly redo: () => Promise<ChangeResult | null>;
}

/** Makes changes, shows and announces what they did, and offers to take them back. One at a time. */
export function useChange(): ChangeMaker {
  const { t } = useLingui();
  const session = useSession();
  const { outcome } = usePanels();
  const words = useResultWords();
  const [busy, setBusy] = useState(false);

  const run = useCallback(
    async (
      carryOut: (session: ReviewSession) => Promise<ChangeResult>,
      say: (result: ChangeResult) => string,
      undoable: boolean,
    ): Promise<ChangeResult | null> => {
      if (busy) return null;
      setBusy(true);
      try {
        const result = await carryOut(session);
        const text = say(result);
        const changed = result.cells > 0 || result.rows > 0 || result.added.length > 0;
        outcome.set({ text, failed: false, undoes: undoable && changed ? result.version : null });
        session.announce(text);
        return result;
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        outcome.set({ text: error.message, failed: true, undoes: null });
        session.announce(error.message);
        return null;
      } finally {
        setBusy(false);
      }
    },
    [busy, session, outcome],
  );

  return {
    busy,
    make: (change) =>
      run(
        (to) => to.apply(change),
        (result) => words(change, result),
        true,
      ),
    undo: () =>
      run(
        (to) => to.undo(),
        () => t`The change was taken back.`,
        false,
      ),
    redo: () =>
      run(
        (to) => to.redo(),
        () => t`The change was made again.`,
        false,
      ),
  };
}
