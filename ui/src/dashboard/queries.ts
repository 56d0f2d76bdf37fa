import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "../api/errors";

/** What the server answered, for all pages. A refusal is not asked for again: it would be the same. */
export const createQueries = () =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (count, error) => !(error instanceof ApiError) && count < 2,
      },
    },
  });
