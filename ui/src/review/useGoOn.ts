import { useCallback } from "react";
import type { Step } from "../api/types";
import { KEYS } from "../state/session";
import { useSession } from "../state/hooks";
import type { ReviewState } from "../api/types";
import { ORDER, useStep } from "./steps";

/** Goes to the step after `from` that has something to ask, once `advance` has told the server. */
export function useGoOn(from: Step, advance: (to: Step) => Promise<boolean>) {
  const session = useSession();
  const { setStep } = useStep();
  return useCallback(async () => {
    const next = nextStep(session.queries.getQueryData<ReviewState>(KEYS.state)?.steps ?? [], from);
    if (!next || !(await advance(next))) return;
    // What the step before has changed may leave nothing to ask in the one that was wanted.
    const now = session.queries.getQueryData<ReviewState>(KEYS.state)?.steps ?? [];
    const skipped = now.some((info) => info.name === next && info.status === "skipped");
    const behind = skipped ? nextStep(now, next) : next;
    if (behind && (behind === next || (await advance(behind)))) setStep(behind);
  }, [advance, from, session, setStep]);
}

/** The first step behind `from` that is not skipped. */
export function nextStep(
  steps: readonly Pick<ReviewState["steps"][number], "name" | "status">[],
  from: Step,
): Step | null {
  const open = new Set(steps.filter(({ status }) => status !== "skipped").map(({ name }) => name));
  return ORDER.slice(ORDER.indexOf(from) + 1).find((name) => open.has(name)) ?? null;
}
