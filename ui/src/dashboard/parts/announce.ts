import { createContext, useContext } from "react";

export const AnnounceContext = createContext<(text: string) => void>(() => undefined);

/** Says what was done: shows it for a moment, and tells it to screen readers without moving the focus. */
export const useAnnounce = () => useContext(AnnounceContext);
