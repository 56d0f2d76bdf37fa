import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { answer, api } from "../api/client";
import { Page } from "../parts/Page";
import { ConnectorForm } from "./ConnectorForm";
import { NEW_CONNECTOR } from "./form";
import { SFTP } from "./queries";

export function NewConnectorPage() {
  const { t } = useLingui();
  const queries = useQueryClient();
  const navigate = useNavigate();
  return (
    <Page
      title={t`New connector`}
      lead={
        <Trans>Files that are in the directory already are imported as well. Nothing on the server is changed.</Trans>
      }
      back={<Link to="/sftp">{t`SFTP`}</Link>}
    >
      <ConnectorForm
        values={NEW_CONNECTOR}
        submit={<Trans>Create connector</Trans>}
        onSubmit={async (body) => {
          const made = await answer(api.POST("/api/v1/headless/sftp/connectors/", { body }));
          await queries.invalidateQueries({ queryKey: SFTP });
          await navigate({ to: "/sftp/connectors/$connectorId", params: { connectorId: made.id } });
        }}
      />
    </Page>
  );
}
