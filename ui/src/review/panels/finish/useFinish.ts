import { useLingui } from "@lingui/react/macro";
import { useCallback, useEffect, useState } from "react";
import { ApiError, NetworkError } from "../../../api/errors";
import type { Api } from "../../../api/types";
import { useSession } from "../../../state/hooks";

type Confirmation = Api<"Confirmation">;

export interface Finish {
  /** What the person is asked to confirm; null while it is being found out. */
  readonly confirmation: Confirmation | null;
  /** Why it does not go on, as a text. */
  readonly problem: string | null;
  /** The numbers are others than those that were shown before. */
  readonly changed: boolean;
  readonly sending: boolean;
  readonly submit: () => void;
  readonly retry: () => void;
}

/** The last question: what is about to be sent, and the sending of just that. */
export function useFinish(): Finish {
  const { t } = useLingui();
  const session = useSession();
  const [confirmation, setConfirmation] = useState<Confirmation | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [changed, setChanged] = useState(false);
  const [sending, setSending] = useState(false);

  const ask = useCallback(async () => {
    setProblem(null);
    try {
      // Changes that are still under way belong to what is confirmed.
      await session.queue.settled();
      setConfirmation(await session.client.confirmation());
    } catch (error) {
      if (!(error instanceof ApiError || error instanceof NetworkError)) throw error;
      setProblem(error.message);
    }
  }, [session]);

  useEffect(() => {
    void ask();
  }, [ask]);

  const submit = async () => {
    if (!confirmation || sending) return;
    setSending(true);
    setProblem(null);
    try {
      await session.client.submit(confirmation.version);
      session.announce(t`The import is being finished.`);
      // The state says that it is being finished, and the page shows that.
      session.refresh();
    } catch (error) {
      if (!(error instanceof ApiError || error instanceof NetworkError)) throw error;
      if (error instanceof ApiError && error.code === "version_changed") {
        setConfirmation(null);
        await ask();
        setChanged(true);
        session.refresh();
      } else setProblem(error.message);
    } finally {
      setSending(false);
    }
  };
  return { confirmation, problem, changed, sending, submit: () => void submit(), retry: () => void ask() };
}
