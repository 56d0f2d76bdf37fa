import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { ask } from "../api/client";
import type { Difference, VersionList } from "../api/types";

const PAGE = 50;

export const useVersions = (id: string) =>
  useInfiniteQuery({
    queryKey: ["versions", id],
    queryFn: ({ pageParam, signal }) =>
      ask<VersionList>("GET", `${id}/versions/?offset=${String(pageParam)}&limit=${String(PAGE)}`, { signal }),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const seen = pages.reduce((sum, page) => sum + page.results.length, 0);
      return last.results.length > 0 && seen < last.count ? seen : undefined;
    },
  });

/** What a version changed against the one before it. */
export const useDifference = (id: string, version: number, against: number | null) =>
  useQuery({
    queryKey: ["versions", id, version, against],
    queryFn: ({ signal }) => {
      const from = against === null ? "" : `?from=${String(against)}`;
      return ask<Difference>("GET", `${id}/versions/${String(version)}/difference/${from}`, { signal });
    },
    staleTime: Infinity,
  });
