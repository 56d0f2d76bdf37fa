import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { Api } from "../../api/types";
import { answer, api } from "../api/client";
import { type ImportFilter, questionOf } from "./filters";

export type ImportDetail = Api<"ImportDetail">;
export type IssueLevel = "error" | "warning" | "info";

const PAGE = 50;
/** Milliseconds after which sums and health are asked for again. */
const SLOWLY = 60_000;
const STEADILY = 10_000;

/** Everything about imports, to be asked for anew after a change. */
export const IMPORTS = ["imports"];
export const LISTS = [...IMPORTS, "list"];

export const listQuery = (filter: ImportFilter) =>
  infiniteQueryOptions({
    queryKey: [...LISTS, filter],
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET("/api/v1/dashboard/imports/", {
          params: { query: { limit: PAGE, ...questionOf(filter), ...(pageParam && { cursor: pageParam }) } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });

export const importQuery = (import_id: string, lang: string) =>
  queryOptions({
    queryKey: [...IMPORTS, "one", import_id, lang],
    queryFn: ({ signal }) =>
      answer(
        api.GET("/api/v1/dashboard/imports/{import_id}/", { params: { path: { import_id }, query: { lang } }, signal }),
      ),
  });

export const issuesQuery = (import_id: string, level: IssueLevel | null) =>
  infiniteQueryOptions({
    queryKey: [...IMPORTS, "issues", import_id, level],
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET("/api/v1/dashboard/imports/{import_id}/issues/", {
          params: {
            path: { import_id },
            query: { limit: PAGE, ...(level && { level }), ...(pageParam && { cursor: pageParam }) },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });

export const consoleQuery = (import_id: string) =>
  infiniteQueryOptions({
    queryKey: [...IMPORTS, "console", import_id],
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET("/api/v1/dashboard/imports/{import_id}/console/", {
          params: { path: { import_id }, query: { limit: PAGE, ...(pageParam && { cursor: pageParam }) } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });

/** The saved schemas, of which only names are needed here. */
export const schemaNamesQuery = queryOptions({
  queryKey: [...IMPORTS, "schemas"],
  queryFn: ({ signal }) => answer(api.GET("/api/v1/schemas/", { signal })),
  select: (schemas) => schemas.map(({ id, name }) => ({ value: id, label: name })),
});

export const summaryQuery = (days: number) =>
  queryOptions({
    queryKey: [...IMPORTS, "summary", days],
    queryFn: ({ signal }) => answer(api.GET("/api/v1/dashboard/summary/", { params: { query: { days } }, signal })),
    refetchInterval: SLOWLY,
  });

export const healthQuery = queryOptions({
  queryKey: ["health"],
  queryFn: ({ signal }) => answer(api.GET("/api/v1/dashboard/health/", { signal })),
  refetchInterval: STEADILY,
});
