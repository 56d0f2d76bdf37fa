import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { Api } from "../../api/types";
import { answer, api } from "../api/client";
import { Answer } from "../parts/Answer";
import { useAnnounce } from "../parts/announce";
import forms from "../parts/Forms.module.css";
import { Page } from "../parts/Page";
import { DeleteWebhook } from "./DeleteWebhook";
import { Deliveries } from "./Deliveries";
import { valuesOf } from "./form";
import { type Webhook, WEBHOOKS, webhookQuery } from "./queries";
import { Secrets } from "./Secrets";
import { TestEvent } from "./TestEvent";
import { WebhookForm } from "./WebhookForm";

const route = getRouteApi("/frame/admin/webhooks/$webhookId");

/** One webhook: what it did, what it is set to, its secrets. */
export function WebhookPage() {
  const { t } = useLingui();
  const { webhookId } = route.useParams();
  const query = useQuery(webhookQuery(webhookId));
  return (
    <Page title={query.data?.url ?? t`Webhook`} back={<Link to="/webhooks">{t`Webhooks`}</Link>}>
      <Answer query={query}>{(webhook) => <Parts key={webhook.id} webhook={webhook} />}</Answer>
    </Page>
  );
}

function Parts({ webhook }: { webhook: Webhook }) {
  return (
    <>
      <TestEvent webhook={webhook} />
      <section className={forms.section}>
        <h2>
          <Trans>Deliveries</Trans>
        </h2>
        <Deliveries webhookId={webhook.id} />
      </section>
      <Settings webhook={webhook} />
      <Secrets webhook={webhook} />
      <DeleteWebhook webhook={webhook} />
    </>
  );
}

function Settings({ webhook }: { webhook: Webhook }) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const announce = useAnnounce();
  return (
    <section className={forms.section}>
      <h2>
        <Trans>Settings</Trans>
      </h2>
      <WebhookForm
        values={valuesOf(webhook)}
        submit={<Trans>Save</Trans>}
        saved
        onSubmit={async (changed) => {
          const path = { webhook_id: webhook.id };
          // The description asks for all that a new webhook needs, the route for what changes only.
          const body = changed as Api<"WebhookWrite">;
          const saved = await answer(api.PATCH("/api/v1/webhooks/{webhook_id}/", { params: { path }, body }));
          queries.setQueryData(webhookQuery(webhook.id).queryKey, saved);
          await queries.invalidateQueries({ queryKey: WEBHOOKS });
          announce(t`Saved.`);
        }}
      />
    </section>
  );
}
