import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Moment } from "../../Moment";
import { answer, api } from "../api/client";
import { Answer } from "../parts/Answer";
import { useAnnounce } from "../parts/announce";
import forms from "../parts/Forms.module.css";
import { Page } from "../parts/Page";
import { Trouble } from "../parts/Trouble";
import { ConnectorForm } from "./ConnectorForm";
import { Delete } from "./Delete";
import { bodyOf, valuesOf } from "./form";
import { type Connector, connectorQuery, isOver, SFTP } from "./queries";
import { Runs } from "./Runs";
import { useProblemName } from "./words";

const route = getRouteApi("/frame/admin/sftp/connectors/$connectorId");

/** One connector: its runs, what it is set to, and what can be done. */
export function ConnectorPage() {
  const { t } = useLingui();
  const { connectorId } = route.useParams();
  const query = useQuery(connectorQuery(connectorId));
  return (
    <Page title={query.data?.directory ?? t`Connector`} back={<Link to="/sftp">{t`SFTP`}</Link>}>
      <Answer query={query}>{(connector) => <Parts key={connector.id} connector={connector} />}</Answer>
    </Page>
  );
}

function Parts({ connector }: { connector: Connector }) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const path = { connector_id: connector.id };
  return (
    <>
      <Tools connector={connector} />
      <section className={forms.section}>
        <h2>
          <Trans>Runs</Trans>
        </h2>
        <Runs connectorId={connector.id} />
      </section>
      <section className={forms.section}>
        <h2>
          <Trans>Settings</Trans>
        </h2>
        <ConnectorForm
          values={valuesOf(connector)}
          submit={<Trans>Save</Trans>}
          onSubmit={async (body) => {
            const changed = { ...body, enabled: connector.enabled };
            await answer(
              api.PATCH("/api/v1/headless/sftp/connectors/{connector_id}/", { params: { path }, body: changed }),
            );
            await queries.invalidateQueries({ queryKey: SFTP });
            announce(t`Saved.`);
          }}
        />
      </section>
      <Delete
        button={<Trans>Delete this connector</Trans>}
        title={<Trans>Delete this connector?</Trans>}
        done={t`The connector was deleted.`}
        remove={() => answer(api.DELETE("/api/v1/headless/sftp/connectors/{connector_id}/", { params: { path } }))}
      >
        <Trans>It also forgets which files it has imported. The imports stay.</Trans>
      </Delete>
    </>
  );
}

/** Runs it now, pauses and resumes it. */
function Tools({ connector }: { connector: Connector }) {
  const { enabled, last_run, next_run_date } = connector;
  const queries = useQueryClient();
  const problemName = useProblemName();
  const path = { connector_id: connector.id };
  const onSuccess = () => queries.invalidateQueries({ queryKey: SFTP });
  const run = useMutation({
    mutationFn: () => answer(api.POST("/api/v1/headless/sftp/connectors/{connector_id}/run/", { params: { path } })),
    onSuccess,
  });
  const turn = useMutation({
    mutationFn: () =>
      answer(
        api.PATCH("/api/v1/headless/sftp/connectors/{connector_id}/", {
          params: { path },
          body: { ...bodyOf(valuesOf(connector)), enabled: !enabled },
        }),
      ),
    onSuccess,
  });
  const running = !isOver(last_run);
  return (
    <>
      <div className={forms.bar}>
        {enabled && (
          <Button onClick={() => run.mutate()} loading={run.isPending || running}>
            <Trans>Run now</Trans>
          </Button>
        )}
        <Button variant="default" onClick={() => turn.mutate()} loading={turn.isPending}>
          {enabled ? <Trans>Pause</Trans> : <Trans>Resume</Trans>}
        </Button>
        <span role="status">
          {next_run_date ? (
            <Trans>
              Next run: <Moment at={next_run_date} />
            </Trans>
          ) : (
            <Trans>It is paused.</Trans>
          )}
        </span>
      </div>
      {last_run?.problem && (
        <p>
          <strong>{problemName(last_run.problem)}</strong>{" "}
          <Link to="/sftp/servers/$serverId" params={{ serverId: connector.credentials }}>
            <Trans>Look at the server</Trans>
          </Link>
        </p>
      )}
      <Trouble error={run.error ?? turn.error} />
    </>
  );
}
