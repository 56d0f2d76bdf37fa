import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { Api } from "../../api/types";
import { answer, api } from "../api/client";

export type Server = Api<"SftpCredentialsObject">;
export type Connector = Api<"SftpConnectorObject">;
export type Run = Api<"SftpRunObject">;
export type RunFile = Api<"SftpFileObject">;

const ALL = 1000;
const PAGE = 50;
/** Milliseconds between two looks while a run is under way. */
const WATCHING = 2_000;

/** Everything about SFTP, to be asked for anew after a change. */
export const SFTP = ["sftp"];

export const isOver = (run: Run | null): boolean => run?.state !== "queued" && run?.state !== "running";

export const serversQuery = queryOptions({
  queryKey: [...SFTP, "servers"],
  queryFn: ({ signal }) =>
    answer(api.GET("/api/v1/headless/sftp/credentials/", { params: { query: { limit: ALL } }, signal })),
});

export const serverQuery = (credentials_id: string) =>
  queryOptions({
    queryKey: [...SFTP, "server", credentials_id],
    queryFn: ({ signal }) =>
      answer(
        api.GET("/api/v1/headless/sftp/credentials/{credentials_id}/", {
          params: { path: { credentials_id } },
          signal,
        }),
      ),
  });

export const connectorsQuery = queryOptions({
  queryKey: [...SFTP, "connectors"],
  queryFn: ({ signal }) =>
    answer(api.GET("/api/v1/headless/sftp/connectors/", { params: { query: { limit: ALL } }, signal })),
  refetchInterval: ({ state: { data } }) =>
    data?.results.some(({ last_run }) => !isOver(last_run)) ? WATCHING : 15 * WATCHING,
});

/** One connector; looked at again and again while a run is under way. */
export const connectorQuery = (connector_id: string) =>
  queryOptions({
    queryKey: [...SFTP, "connector", connector_id],
    queryFn: ({ signal }) =>
      answer(
        api.GET("/api/v1/headless/sftp/connectors/{connector_id}/", { params: { path: { connector_id } }, signal }),
      ),
    refetchInterval: ({ state: { data } }) => (data && !isOver(data.last_run) ? WATCHING : 15 * WATCHING),
  });

/** The runs of a connector, newest first, page by page. */
export const runsQuery = (connector_id: string) =>
  infiniteQueryOptions({
    queryKey: [...SFTP, "runs", connector_id],
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET("/api/v1/headless/sftp/connectors/{connector_id}/runs/", {
          params: { path: { connector_id }, query: { limit: PAGE, offset: pageParam } },
          signal,
        }),
      ),
    initialPageParam: 0,
    getNextPageParam: (last, _pages, offset) => (last.next === null ? undefined : offset + PAGE),
    refetchInterval: ({ state: { data } }) =>
      data?.pages.some((page) => page.results.some((run) => !isOver(run))) ? WATCHING : 15 * WATCHING,
  });

/** The files of a run, in the order in which it took them, page by page. */
export const filesQuery = (run_id: string) =>
  infiniteQueryOptions({
    queryKey: [...SFTP, "files", run_id],
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET("/api/v1/headless/sftp/runs/{run_id}/files/", {
          params: { path: { run_id }, query: { limit: PAGE, offset: pageParam } },
          signal,
        }),
      ),
    initialPageParam: 0,
    getNextPageParam: (last, _pages, offset) => (last.next === null ? undefined : offset + PAGE),
  });

/** Names of the saved schemas by their ids. */
export const schemaNamesQuery = queryOptions({
  queryKey: ["schemas", "choices"],
  queryFn: ({ signal }) => answer(api.GET("/api/v1/schemas/", { signal })),
});
