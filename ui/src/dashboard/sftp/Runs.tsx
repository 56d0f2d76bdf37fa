import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Moment } from "../../Moment";
import { Answer } from "../parts/Answer";
import { DataTable } from "../parts/DataTable";
import forms from "../parts/Forms.module.css";
import { Status } from "../parts/Status";
import { type Run, runsQuery } from "./queries";
import { TONES, useProblemName, useRunState } from "./words";

/** The runs of a connector, newest first. */
export function Runs({ connectorId }: { connectorId: string }) {
  const query = useInfiniteQuery(runsQuery(connectorId));
  return (
    <>
      <Answer query={query}>
        {({ pages }) => <List connectorId={connectorId} runs={pages.flatMap(({ results }) => results)} />}
      </Answer>
      {query.hasNextPage && (
        <Button variant="default" mt="md" onClick={() => void query.fetchNextPage()} loading={query.isFetchingNextPage}>
          <Trans>Show more</Trans>
        </Button>
      )}
    </>
  );
}

function List({ connectorId, runs }: { connectorId: string; runs: readonly Run[] }) {
  const { t } = useLingui();
  const stateName = useRunState();
  const problemName = useProblemName();
  if (!runs.length)
    return (
      <p className={forms.soft}>
        <Trans>It has not run yet.</Trans>
      </p>
    );
  return (
    <DataTable
      name={t`Runs`}
      // A page that was loaded later may begin with what the one before ended with, when a run came meanwhile.
      rows={[...new Map(runs.map((run) => [run.id, run])).values()]}
      keyOf={({ id }) => id}
      columns={[
        {
          name: t`Started`,
          cell: ({ id, created_date }) => (
            <Link to="/sftp/connectors/$connectorId/runs/$runId" params={{ connectorId, runId: id }}>
              <Moment at={created_date} />
            </Link>
          ),
        },
        {
          name: t`State`,
          cell: ({ state, problem }) => (
            <>
              <Status tone={TONES[state]}>{stateName(state)}</Status>
              {problem && <div className={forms.soft}>{problemName(problem)}</div>}
            </>
          ),
        },
        { name: t`Found`, align: "end", cell: ({ found }) => found },
        { name: t`Imported`, align: "end", cell: ({ imported }) => imported },
        { name: t`Left alone`, align: "end", cell: ({ skipped }) => sum(skipped) },
      ]}
    />
  );
}

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);
