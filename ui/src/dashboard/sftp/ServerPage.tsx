import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { answer, api } from "../api/client";
import { Answer } from "../parts/Answer";
import { useAnnounce } from "../parts/announce";
import { Facts } from "../parts/Facts";
import forms from "../parts/Forms.module.css";
import { Page } from "../parts/Page";
import { AcceptHostKey } from "./AcceptHostKey";
import { Delete } from "./Delete";
import { type Server, serverQuery, SFTP } from "./queries";
import { ServerForm } from "./ServerForm";
import { TestConnection } from "./TestConnection";

const route = getRouteApi("/frame/admin/sftp/servers/$serverId");

/** One server: whether it can be reached, whose keys count, and how to get in. */
export function ServerPage() {
  const { t } = useLingui();
  const { serverId } = route.useParams();
  const query = useQuery(serverQuery(serverId));
  return (
    <Page title={query.data?.hostname ?? t`Server`} back={<Link to="/sftp">{t`SFTP`}</Link>}>
      <Answer query={query}>{(server) => <Parts key={server.id} server={server} />}</Answer>
    </Page>
  );
}

function Parts({ server }: { server: Server }) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const path = { credentials_id: server.id };
  return (
    <>
      <TestConnection server={server} />
      {server.offered_host_key_fingerprint && <AcceptHostKey server={server} />}
      <section className={forms.section}>
        <h2>
          <Trans>Fingerprints</Trans>
        </h2>
        <Facts
          facts={[
            [
              t`The server’s key`,
              server.host_key_fingerprint ? (
                <bdi key="host" dir="ltr">
                  {server.host_key_fingerprint}
                </bdi>
              ) : (
                t`It is learned at the first connection`
              ),
            ],
            ...(server.key_fingerprint
              ? [
                  [
                    t`Our key`,
                    <bdi key="own" dir="ltr">
                      {server.key_fingerprint}
                    </bdi>,
                  ] as const,
                ]
              : []),
          ]}
        />
      </section>
      <section className={forms.section}>
        <h2>
          <Trans>Settings</Trans>
        </h2>
        <ServerForm
          server={server}
          submit={<Trans>Save</Trans>}
          onSubmit={async (body) => {
            const saved = await answer(
              api.PATCH("/api/v1/headless/sftp/credentials/{credentials_id}/", { params: { path }, body }),
            );
            queries.setQueryData(serverQuery(server.id).queryKey, saved);
            await queries.invalidateQueries({ queryKey: SFTP });
            announce(t`Saved.`);
          }}
        />
      </section>
      <Delete
        button={<Trans>Delete this server</Trans>}
        title={<Trans>Delete this server?</Trans>}
        done={t`The server was deleted.`}
        remove={() => answer(api.DELETE("/api/v1/headless/sftp/credentials/{credentials_id}/", { params: { path } }))}
      >
        <Trans>Its password or key is deleted as well.</Trans>
      </Delete>
    </>
  );
}
