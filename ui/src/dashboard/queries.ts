import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiError } from "../api/errors";
import { meQuery } from "./account/me";

/** What the server answered, for all pages. A refusal is not asked for again: it would be the same. */
export function createQueries(): QueryClient {
  // Who was signed out meanwhile learns it from whatever is asked next; the frame then leads to the sign-in.
  const onError = (error: Error) => {
    if (error instanceof ApiError && error.status === 401 && queries.getQueryData(meQuery.queryKey))
      void queries.resetQueries({ queryKey: meQuery.queryKey, exact: true });
  };
  const queries = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (count, error) => !(error instanceof ApiError) && count < 2,
      },
    },
  });
  return queries;
}
