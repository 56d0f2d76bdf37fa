import { useLingui } from "@lingui/react/macro";
import { useCallback, useState } from "react";
import { ApiError } from "../api/errors";
import type { Api, Step } from "../api/types";
import { useSession } from "./hooks";

type Decided = Api<"DecisionResult">;

/** Saves what a person decides, in order; `problem` is the server's text when it refuses. */
export function useDecision() {
  const session = useSession();
  const { t } = useLingui();
  const [problem, setProblem] = useState<string | null>(null);
  const [saving, setSaving] = useState(0);

  const carryOut = useCallback(
    async <Answer>(send: () => Promise<Answer>, take: (answer: Answer) => void): Promise<boolean> => {
      setSaving((count) => count + 1);
      setProblem(null);
      try {
        take(await session.queue.add(send));
        session.announce(t`Saved`);
        return true;
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        setProblem(textOf(error));
        // What the page shows may not be what the server has.
        session.refresh();
        return false;
      } finally {
        setSaving((count) => count - 1);
      }
    },
    [session, t],
  );

  /** True once it is saved, false when the server refused it. */
  const decide = useCallback(
    (send: () => Promise<Decided>) => carryOut(send, ({ state }) => session.take(state)),
    [carryOut, session],
  );
  /** Has the server compute what a step needs. */
  const advance = useCallback(
    (to: Step) =>
      carryOut(
        () => session.client.advance(to),
        (state) => session.take(state),
      ),
    [carryOut, session],
  );
  return { decide, advance, problem, saving: saving > 0 };
}

/** The problems of a body are told each on its own; anything else in the server's sentence. */
function textOf(error: ApiError): string {
  const texts = Object.values(error.problems).flat();
  return texts.length ? texts.join(" ") : error.message;
}
