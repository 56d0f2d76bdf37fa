import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { copyName } from "../list/copyName";
import { editable } from "../document/written";
import { laidOut, put } from "../document/text";
import { ask, askText, remove } from "./client";
import type { Description, SavedSchema } from "./types";

const LIST = ["schemas"];
const nameOf = (id: string) => ["schema", id];

export const useSchemas = () =>
  useQuery({ queryKey: LIST, queryFn: ({ signal }) => ask<SavedSchema[]>("GET", "", { signal }) });

/** The text of a saved schema, as the editor shows it. */
export const schemaQuery = (id: string) =>
  queryOptions({
    queryKey: nameOf(id),
    queryFn: async ({ signal }) => editable(await askText("GET", `${id}/`, { signal })),
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

/** Save the text of a schema; a new one when `id` is null. Gives its id and the text as the editor shows it. */
export function useSave() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ id, text }: { id: string | null; text: string }) => {
      const answer = await askText(id ? "PUT" : "POST", id ? `${id}/` : "", { text });
      return (JSON.parse(answer) as SavedSchema).id;
    },
    onSuccess: (id) => {
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
