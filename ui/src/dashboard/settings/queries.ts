import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { answer, api } from "../api/client";

export const keysQuery = queryOptions({
  queryKey: ["keys"],
  queryFn: ({ signal }) => answer(api.GET("/api/v1/account/keys/", { signal })),
});

export const membersQuery = queryOptions({
  queryKey: ["members"],
  queryFn: ({ signal }) => answer(api.GET("/api/v1/account/members/", { signal })),
});

export const invitationsQuery = queryOptions({
  queryKey: ["invitations"],
  queryFn: ({ signal }) => answer(api.GET("/api/v1/account/invitations/", { signal })),
});

export const settingsQuery = queryOptions({
  queryKey: ["settings"],
  queryFn: ({ signal }) => answer(api.GET("/api/v1/dashboard/settings/", { signal })),
});

/** The audit log, newest first: all of it, or one kind of objects. */
export const auditQuery = (action: string | null) =>
  infiniteQueryOptions({
    queryKey: ["audit", action],
    queryFn: ({ pageParam: cursor, signal }) =>
      answer(
        api.GET("/api/v1/account/audit/", {
          params: { query: { limit: 50, ...(cursor && { cursor }), ...(action && { action }) } },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (last) => last.next_cursor ?? undefined,
  });
