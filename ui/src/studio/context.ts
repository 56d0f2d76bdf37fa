import { createContext, use } from "react";
import { type Store, useStore } from "../state/store";
import type { Description, Sample } from "./api/types";
import type { DocumentState, SchemaDocument } from "./document/document";

export interface Studio {
  /** Null for a schema that was never saved. */
  readonly id: string | null;
  readonly document: SchemaDocument;
  readonly description: Description;
  /** The file or rows on which the schema and its hooks are tried out; null until there is one. */
  readonly sample: Store<Sample | null>;
}

export const StudioContext = createContext<Studio | null>(null);

export function useStudio(): Studio {
  const studio = use(StudioContext);
  if (!studio) throw new Error("Part of the editor is used outside of it.");
  return studio;
}

export const useDocument = (): DocumentState => useStore(useStudio().document.state);
