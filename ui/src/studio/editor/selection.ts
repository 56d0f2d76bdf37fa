import { createContext, use, useMemo, useState } from "react";

export interface Selection {
  /** The field whose form is open; null shows only the list on a narrow screen. */
  readonly field: number | null;
  readonly select: (field: number | null) => void;
}

export const SelectionContext = createContext<Selection>({ field: null, select: () => undefined });

export function useSelection(): Selection {
  const [field, select] = useState<number | null>(null);
  return useMemo(() => ({ field, select }), [field]);
}

export const useSelected = (): Selection => use(SelectionContext);
