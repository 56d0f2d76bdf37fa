import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Moment } from "../../Moment";
import { Answer } from "../parts/Answer";
import { ButtonLink } from "../parts/ButtonLink";
import { DataTable } from "../parts/DataTable";
import { Empty } from "../parts/Empty";
import forms from "../parts/Forms.module.css";
import { Page } from "../parts/Page";
import { Status } from "../parts/Status";
import { type Connector, connectorsQuery, schemaNamesQuery, type Server, serversQuery } from "./queries";
import { RunOutcome } from "./RunOutcome";
import { useScheduleName } from "./words";

/** The connectors of the organization, and the servers that they get in by. */
export function SftpPage() {
  const { t } = useLingui();
  const servers = useQuery(serversQuery);
  const newServer = (
    <ButtonLink to="/sftp/servers/new" variant={servers.data?.count ? "default" : "filled"}>
      <Trans>New server</Trans>
    </ButtonLink>
  );
  return (
    <Page
      title={t`SFTP`}
      lead={<Trans>Files that other systems leave on a server become imports by themselves, each of them once.</Trans>}
      actions={
        servers.data?.count ? (
          <>
            {newServer}
            <ButtonLink to="/sftp/connectors/new">
              <Trans>New connector</Trans>
            </ButtonLink>
          </>
        ) : null
      }
    >
      <Answer query={servers}>
        {({ results }) =>
          results.length ? (
            <>
              <Connectors servers={results} />
              <Servers servers={results} />
            </>
          ) : (
            <Empty title={<Trans>There is no server yet</Trans>} action={newServer}>
              <Trans>First say where the server is and how to get in, then which directory is to be watched.</Trans>
            </Empty>
          )
        }
      </Answer>
    </Page>
  );
}

function Connectors({ servers }: { servers: readonly Server[] }) {
  const query = useQuery(connectorsQuery);
  return (
    <section className={forms.section}>
      <h2>
        <Trans>Connectors</Trans>
      </h2>
      <Answer query={query}>
        {({ results }) =>
          results.length ? (
            <ConnectorList connectors={results} servers={servers} />
          ) : (
            <p className={forms.soft}>
              <Trans>No directory is watched yet.</Trans>
            </p>
          )
        }
      </Answer>
    </section>
  );
}

function ConnectorList({ connectors, servers }: { connectors: readonly Connector[]; servers: readonly Server[] }) {
  const { t } = useLingui();
  const scheduleName = useScheduleName();
  const { data: schemas } = useQuery(schemaNamesQuery);
  const hostOf = (id: string) => servers.find((server) => server.id === id)?.hostname;
  return (
    <DataTable
      name={t`Connectors`}
      rows={connectors}
      keyOf={({ id }) => id}
      columns={[
        {
          name: t`Directory`,
          cell: ({ id, directory, credentials }) => (
            <>
              <Link to="/sftp/connectors/$connectorId" params={{ connectorId: id }} className={forms.strong}>
                <bdi dir="ltr">{directory}</bdi>
              </Link>
              <div className={forms.soft}>
                <bdi dir="ltr">{hostOf(credentials)}</bdi>
              </div>
            </>
          ),
        },
        { name: t`Schema`, cell: ({ schema }) => <bdi>{schemas?.find(({ id }) => id === schema)?.name}</bdi> },
        {
          name: t`Last run`,
          cell: ({ last_run }) => (last_run ? <RunOutcome run={last_run} /> : t`None yet`),
        },
        {
          name: t`Next run`,
          cell: ({ next_run_date, schedule }) =>
            next_run_date ? (
              <>
                <Moment at={next_run_date} />
                <div className={forms.soft}>{scheduleName(schedule)}</div>
              </>
            ) : (
              <Status tone="quiet">
                <Trans>Paused</Trans>
              </Status>
            ),
        },
      ]}
    />
  );
}

function Servers({ servers }: { servers: readonly Server[] }) {
  const { t } = useLingui();
  return (
    <section className={forms.section}>
      <h2>
        <Trans>Servers</Trans>
      </h2>
      <DataTable
        name={t`Servers`}
        rows={servers}
        keyOf={({ id }) => id}
        columns={[
          {
            name: t`Host`,
            cell: ({ id, hostname, port }) => (
              <Link to="/sftp/servers/$serverId" params={{ serverId: id }} className={forms.strong}>
                <bdi dir="ltr">{`${hostname}:${String(port)}`}</bdi>
              </Link>
            ),
          },
          { name: t`User`, cell: ({ user }) => <bdi>{user}</bdi> },
          {
            name: t`Signs in with`,
            cell: ({ auth_type }) => (auth_type === "KEY" ? t`a private key` : t`a password`),
          },
          {
            name: t`The server’s key`,
            cell: ({ host_key_fingerprint, offered_host_key_fingerprint }) => {
              if (offered_host_key_fingerprint)
                return (
                  <Status tone="bad">
                    <Trans>Changed</Trans>
                  </Status>
                );
              if (!host_key_fingerprint) return t`Not known yet`;
              return (
                <Status tone="good">
                  <Trans>Known</Trans>
                </Status>
              );
            },
          },
        ]}
      />
    </section>
  );
}
