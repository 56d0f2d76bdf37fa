import { createContext, use, useEffect, useEffectEvent } from "react";

/** What leaving the page means for what is not saved: it is gone, it waits in the browser tab, or its sending stops. */
export type Loss = "lost" | "kept" | "stopped";

interface Place {
  readonly unsaved: () => boolean;
  readonly loss: Loss;
}

export interface Unsaved {
  /** Tells of something that may be unsaved, until the answer is called. */
  readonly tell: (place: Place) => () => void;
  /** Whether the page may be left now; asks the person where something would be lost. */
  readonly mayLeave: () => Promise<boolean>;
}

export const UnsavedContext = createContext<Unsaved>({
  tell: () => () => undefined,
  mayLeave: () => Promise.resolve(true),
});

/** Asks before the page is left while something is unsaved: by a link, the way back, or closing the tab. */
export function useUnsaved(unsaved: boolean | (() => boolean), loss: Loss = "lost"): void {
  const { tell } = use(UnsavedContext);
  const isUnsaved = useEffectEvent(() => (typeof unsaved === "function" ? unsaved() : unsaved));
  useEffect(() => tell({ unsaved: () => isUnsaved(), loss }), [tell, loss]);
}

/** For what leaves the page without going to another one, such as signing out. */
export const useMayLeave = (): (() => Promise<boolean>) => use(UnsavedContext).mayLeave;
