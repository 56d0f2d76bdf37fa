import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { Api } from "../../api/types";
import { answer, api } from "../api/client";

export type Receipt = Api<"Receipt">;

const AT_ONCE = 50;
const LOOK_AGAIN = 3_000;

const goesOn = (receipts: readonly Receipt[]) => receipts.some(({ completed_date }) => completed_date === null);

/** Receipts, newest first; `object`: of one import or organization only. Asked for again while something is still going. */
export const receiptsQuery = (object: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ["deletions", "list", object ?? null],
    queryFn: ({ pageParam: offset, signal }) => {
      const query = { offset, limit: AT_ONCE, ...(object !== undefined && { object_id: object }) };
      return answer(api.GET("/api/v1/deletions/", { params: { query }, signal }));
    },
    initialPageParam: 0,
    getNextPageParam: ({ next }, pages) => (next === null ? undefined : pages.length * AT_ONCE),
    refetchInterval: ({ state }) =>
      goesOn(state.data?.pages.flatMap(({ results }) => results) ?? []) ? LOOK_AGAIN : false,
  });

export const receiptQuery = (deletion_id: string) =>
  queryOptions({
    queryKey: ["deletions", "one", deletion_id],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/v1/deletions/{deletion_id}/", { params: { path: { deletion_id } }, signal })),
    refetchInterval: ({ state }) => (state.data && goesOn([state.data]) ? LOOK_AGAIN : false),
  });
