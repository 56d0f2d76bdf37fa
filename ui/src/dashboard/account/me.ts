import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import type { Api } from "../../api/types";
import { answer, api } from "../api/client";

export type Me = Api<"Me">;
export type Scope = Me["scopes"][number];

/** Who is signed in. Raises ApiError 401 when nobody is. */
export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: ({ signal }) => answer(api.GET("/api/v1/account/me/", { signal })),
  staleTime: 60_000,
});

/** Takes over who is signed in now, and forgets everything that was answered to whom it was before. */
export function welcome(queries: QueryClient, me: Me): void {
  forgetAnswers(queries);
  queries.setQueryData(meQuery.queryKey, me);
}

/** Forgets everything but who is signed in: what shows that would not hear of a query that takes its place. */
export function forgetAnswers(queries: QueryClient): void {
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== meQuery.queryKey[0] });
}

export const MeContext = createContext<Me | null>(null);

/** Who is signed in, on pages inside the frame. */
export function useMe(): Me {
  const me = useContext(MeContext);
  if (!me) throw new Error("Nobody is signed in here.");
  return me;
}

/** Whether the person may do that. The server refuses it anyway. */
export const useMay = (scope: Scope): boolean => useMe().scopes.includes(scope);

/** A path of the dashboard to go on to, from the address; "/" for anything that leads elsewhere. */
export const safePath = (wanted: unknown): string =>
  typeof wanted === "string" && /^\/(?![/\\])/.test(wanted) ? wanted : "/";
