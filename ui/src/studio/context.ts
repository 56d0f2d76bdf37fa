import { createContext, use } from "react";
import { useStore } from "../state/store";
import type { Description } from "./api/types";
import type { DocumentState, SchemaDocument } from "./document/document";

export interface Studio {
  /** Null for a schema that was never saved. */
  readonly id: string | null;
  readonly document: SchemaDocument;
  readonly description: Description;
}

export const StudioContext = createContext<Studio | null>(null);

export function useStudio(): Studio {
  const studio = use(StudioContext);
  if (!studio) throw new Error("Part of the editor is used outside of it.");
  return studio;
}

export const useDocument = (): DocumentState => useStore(useStudio().document.state);
