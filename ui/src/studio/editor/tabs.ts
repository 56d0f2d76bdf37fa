/** The parts of the editor. The address says which one is open, so that the browser's way back leads through them. */
export const TABS = ["fields", "settings", "hooks", "json", "try", "backtest", "retention", "history"] as const;

export type Tab = (typeof TABS)[number];

export interface EditorSearch {
  tab?: Tab;
}

export const searchOf = (search: Record<string, unknown>): EditorSearch => {
  const tab = TABS.find((one) => one === search.tab);
  return tab && tab !== "fields" ? { tab } : {};
};
