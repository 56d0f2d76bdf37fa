import { useQuery } from "@tanstack/react-query";
import { useDebouncedValue } from "@mantine/hooks";
import { useStore } from "../../state/store";
import { ask } from "../api/client";
import type { SchemaDocument } from "../document/document";
import type { Problems } from "../form/place";

/** Milliseconds without a change after which the schema is checked. */
const PAUSE = 350;
const NONE: Problems = {};

export interface Checks {
  /** What the server's own check says of the schema, by path. */
  readonly problems: Problems;
  /** The text that it was said of; null before the first answer. */
  readonly of: string | null;
}

/** The schema, checked by the service as it is typed: with the same rules as when it is saved. */
export function useChecks(document: SchemaDocument): Checks {
  const { text, problem } = useStore(document.state);
  const [settled] = useDebouncedValue(text, PAUSE);
  const { data } = useQuery({
    queryKey: ["schema-check", settled],
    queryFn: async ({ signal }) => ({
      of: settled,
      ...(await ask<{ problems: Problems }>("POST", "check/", { text: settled, signal })),
    }),
    enabled: problem === null,
    gcTime: 0,
    placeholderData: (before) => before,
  });
  return { problems: data?.problems ?? NONE, of: data?.of ?? null };
}
