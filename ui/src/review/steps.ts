import { createContext, use } from "react";
import type { Step } from "../api/types";

export const ORDER: readonly Step[] = ["header", "columns", "values", "review"];

interface StepPlace {
  readonly step: Step;
  readonly setStep: (step: Step) => void;
}

export const StepContext = createContext<StepPlace | null>(null);

/** Which step is shown, and how to show another. */
export function useStep(): StepPlace {
  const place = use(StepContext);
  if (!place) throw new Error("useStep is used outside of the frame.");
  return place;
}
