import { Trans } from "@lingui/react/macro";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Loading } from "../../dashboard/parts/Loading";
import { Trouble } from "../../dashboard/parts/Trouble";
import { useStore } from "../../state/store";
import { ask } from "../api/client";
import type { TryAnswer } from "../api/types";
import { useDocument, useStudio } from "../context";
import { bodyWith } from "./body";
import { SamplePicker } from "./SamplePicker";
import { TriedResult } from "./TriedResult";
import classes from "./Trials.module.css";

/** Milliseconds without a change after which it is tried again. */
const PAUSE = 600;

/** What an import with the schema as it is now would come to. It is tried anew whenever schema or sample change. */
export function TryTab() {
  const { sample } = useStudio();
  const { text, problem } = useDocument();
  const chosen = useStore(sample);
  const [settled] = useDebouncedValue(text, PAUSE);
  const [rows] = useDebouncedValue(chosen, PAUSE);
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ["schema-try", settled, rows],
    queryFn: ({ signal }) => {
      if (!rows) throw new Error("There is nothing to try the schema on.");
      return ask<TryAnswer>("POST", "try/", { text: bodyWith(settled, { sample: rows }), signal });
    },
    enabled: rows !== null && problem === null,
    placeholderData: (before) => before,
    gcTime: 60_000,
    staleTime: Infinity,
    retry: false,
  });
  return (
    <div className={classes.page}>
      <p className={classes.lead}>
        <Trans>
          Try the schema as it stands here, saved or not, on a sample. Nothing of it is kept, and no webhook is called.
        </Trans>
      </p>
      <SamplePicker />
      {problem && (
        <p className={classes.warning} role="status">
          <Trans>The JSON of the schema cannot be read at the moment. This shows the last try.</Trans>
        </p>
      )}
      {chosen && <Trouble error={error} retry={() => void refetch()} />}
      {chosen && !error && (data ? <TriedResult answer={data} busy={isFetching} /> : isFetching && <Loading />)}
    </div>
  );
}
