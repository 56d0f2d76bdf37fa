import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ask } from "../api/client";
import type { Backtest, BacktestDetail } from "../api/types";

/** Milliseconds between two looks at a back-test that runs. */
const BEAT = 1_000;

export const isRunning = ({ state }: Pick<Backtest, "state">): boolean => state === "PENDING" || state === "RUNNING";

const nameOf = (id: string, test: string) => ["backtest", id, test];

/** The newest back-test of a schema; null when there is none. */
export const useNewest = (id: string) =>
  useQuery({
    queryKey: ["backtests", id],
    queryFn: async ({ signal }) => {
      const [newest] = await ask<{ id: string }[]>("GET", `${id}/backtest/`, { signal });
      return newest?.id ?? null;
    },
  });

/** One back-test; looked at until it has ended. */
export const useBacktest = (id: string, test: string | null) =>
  useQuery({
    queryKey: nameOf(id, test ?? ""),
    queryFn: ({ signal }) => ask<Backtest>("GET", `${id}/backtest/${test ?? ""}/`, { signal }),
    enabled: test !== null,
    refetchInterval: ({ state: { data } }) => (data && !isRunning(data) ? false : BEAT),
  });

export const useDetail = (id: string, test: string, importId: string, enabled: boolean) =>
  useQuery({
    queryKey: [...nameOf(id, test), importId],
    queryFn: ({ signal }) => ask<BacktestDetail>("GET", `${id}/backtest/${test}/imports/${importId}/`, { signal }),
    enabled,
    staleTime: Infinity,
  });

/** Run the text of a schema against the newest imports. */
export function useStart(id: string) {
  const queries = useQueryClient();
  return useMutation({
    networkMode: "always",
    mutationFn: ({ text, imports }: { text: string; imports: number }) =>
      ask<Backtest>("POST", `${id}/backtest/`, { text: `{"imports": ${String(imports)}, ${text.trim().slice(1)}` }),
    onSuccess: (started) => {
      queries.setQueryData(nameOf(id, started.id), started);
      queries.setQueryData(["backtests", id], started.id);
    },
  });
}

export function useCancel(id: string) {
  const queries = useQueryClient();
  return useMutation({
    networkMode: "always",
    mutationFn: (test: string) => ask<Backtest>("POST", `${id}/backtest/${test}/cancel/`),
    onSettled: (_answer, _error, test) => queries.invalidateQueries({ queryKey: nameOf(id, test) }),
  });
}
