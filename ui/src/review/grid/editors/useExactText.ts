import { useEffect, useState } from "react";
import type { Editing } from "../editing";

export interface ExactText {
  /** The text to edit; undefined until it is known. */
  readonly text: string | null | undefined;
  readonly failed: boolean;
}

/** The text that an editor starts with: what is shown, or what the server says where that has more digits. */
export function useExactText({ exact, shown }: Editing): ExactText {
  const [state, setState] = useState<ExactText>({ text: exact ? undefined : shown, failed: false });
  useEffect(() => {
    let gone = false;
    exact?.then(
      (text) => gone || setState({ text, failed: false }),
      () => gone || setState({ text: undefined, failed: true }),
    );
    return () => {
      gone = true;
    };
  }, [exact]);
  return state;
}
