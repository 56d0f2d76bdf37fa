import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { copyName } from "../list/copyName";
import { editable } from "../document/written";
import { laidOut, put } from "../document/text";
import { ask, askText, askVersion, remove } from "./client";
import type { Description, SavedSchema } from "./types";

const LIST = ["schemas"];
const nameOf = (id: string) => ["schema", id];

export const useSchemas = () =>
  useQuery({ queryKey: LIST, queryFn: ({ signal }) => ask<SavedSchema[]>("GET", "", { signal }) });

/** A saved schema as the editor shows it, and the version that it is. */
export interface SavedText {
  text: string;
  tag: string | null;
}

/** What is saved at the moment. Raises ApiError or NetworkError. */
export async function savedSchema(id: string, signal?: AbortSignal): Promise<SavedText> {
  const { text, tag } = await askVersion("GET", `${id}/`, { signal });
  return { text: editable(text), tag };
}

/** The text of a saved schema. */
export const schemaQuery = (id: string) =>
  queryOptions({
    queryKey: nameOf(id),
    queryFn: ({ signal }) => savedSchema(id, signal),
    // What is being edited is not replaced behind the person's back.
    staleTime: Infinity,
    gcTime: 0,
  });

/** What may stand in a schema. It changes with the release of the service only. */
export const useDescription = () =>
  useQuery({
    queryKey: ["schema-description"],
    queryFn: ({ signal }) => ask<Description>("GET", "description/", { signal }),
    staleTime: Infinity,
  });

interface Saving {
  id: string | null;
  text: string;
  /** The version that the text is based on; a newer one that is there is not overwritten. */
  ifMatch: string | null;
}

/** Save the text of a schema; a new one when `id` is null. Gives its id and version. Raises ApiError 412 when there is a newer one. */
export function useSave() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ id, text, ifMatch }: Saving) => {
      const answer = await askVersion(id ? "PUT" : "POST", id ? `${id}/` : "", { text, ifMatch });
      return { id: (JSON.parse(answer.text) as SavedSchema).id, tag: answer.tag };
    },
    onSuccess: ({ id }) => {
      void queries.invalidateQueries({ queryKey: LIST });
      void queries.invalidateQueries({ queryKey: ["versions", id] });
    },
  });
}

export function useDelete() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => remove(`${id}/`),
    onSuccess: () => queries.invalidateQueries({ queryKey: LIST }),
  });
}

/** Save a schema once more under a name of its own; gives the id of the copy. */
export function useDuplicate() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ schema, all }: { schema: SavedSchema; all: readonly SavedSchema[] }) => {
      const answer = await askText("GET", `${schema.id}/`);
      const name = copyName(schema.name, new Set(all.map((one) => one.name)));
      const text = laidOut(put(put(answer, ["id"], undefined), ["name"], name));
      return (await ask<SavedSchema>("POST", "", { text })).id;
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: LIST }),
  });
}
