import { Trans } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../api/client";
import forms from "../parts/Forms.module.css";
import { Status } from "../parts/Status";
import { Trouble } from "../parts/Trouble";
import { type Server, serverQuery, SFTP } from "./queries";
import { useProblemName } from "./words";

/** Connects, signs in, and says what came of it. */
export function TestConnection({ server }: { server: Server }) {
  const queries = useQueryClient();
  const problemName = useProblemName();
  const path = { credentials_id: server.id };
  const test = useMutation({
    mutationFn: () =>
      answer(api.POST("/api/v1/headless/sftp/credentials/{credentials_id}/test_connection/", { params: { path } })),
    onSuccess: ({ credentials }) => {
      queries.setQueryData(serverQuery(server.id).queryKey, credentials);
      return queries.invalidateQueries({ queryKey: [...SFTP, "servers"] });
    },
  });
  return (
    <>
      <div className={forms.bar}>
        <Button variant="default" onClick={() => test.mutate()} loading={test.isPending}>
          <Trans>Test the connection</Trans>
        </Button>
        <span role="status">
          {test.data?.success && (
            <Status tone="good">
              <Trans>It works: the server let us in.</Trans>
            </Status>
          )}
          {test.data?.problem && <Status tone="bad">{problemName(test.data.problem)}</Status>}
        </span>
      </div>
      <Trouble error={test.error} />
    </>
  );
}
