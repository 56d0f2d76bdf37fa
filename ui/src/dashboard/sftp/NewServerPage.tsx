import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { answer, api } from "../api/client";
import { Page } from "../parts/Page";
import { SFTP } from "./queries";
import { ServerForm } from "./ServerForm";

export function NewServerPage() {
  const { t } = useLingui();
  const queries = useQueryClient();
  const navigate = useNavigate();
  return (
    <Page title={t`New server`} back={<Link to="/sftp">{t`SFTP`}</Link>}>
      <ServerForm
        server={null}
        submit={<Trans>Save</Trans>}
        onSubmit={async (body) => {
          const made = await answer(api.POST("/api/v1/headless/sftp/credentials/", { body }));
          await queries.invalidateQueries({ queryKey: SFTP });
          await navigate({ to: "/sftp/servers/$serverId", params: { serverId: made.id } });
        }}
      />
    </Page>
  );
}
