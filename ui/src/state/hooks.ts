import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { createContext, use } from "react";
import type { ReviewState } from "../api/types";
import { KEYS, type ReviewSession } from "./session";

export const SessionContext = createContext<ReviewSession | null>(null);

/** The open review: its client, its queue of changes, its events. */
export function useSession(): ReviewSession {
  const session = use(SessionContext);
  if (!session) throw new Error("useSession is used outside of a review.");
  return session;
}

/** The state of the review as a query, from its first request on. */
export function useStateQuery() {
  const { client } = useSession();
  return useQuery({ queryKey: KEYS.state, queryFn: ({ signal }) => client.state(signal) });
}

/** The state of the review, in all parts that are shown once it is there. */
export function useReview(): ReviewState {
  const { data } = useStateQuery();
  if (!data) throw new Error("useReview is used before the review has loaded.");
  return data;
}

export function useColumns() {
  const { client } = useSession();
  return useQuery({
    queryKey: KEYS.columns,
    queryFn: ({ signal }) => client.columns(signal),
    placeholderData: keepPreviousData,
  });
}

export function useValues() {
  const { client } = useSession();
  return useQuery({
    queryKey: KEYS.values,
    queryFn: ({ signal }) => client.values(signal),
    placeholderData: keepPreviousData,
  });
}

/** Columns, error groups and summary of the review step. */
export function useGrid() {
  const { client } = useSession();
  return useQuery({
    queryKey: KEYS.grid,
    queryFn: ({ signal }) => client.grid(signal),
    placeholderData: keepPreviousData,
  });
}
