import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { answer, api } from "../api/client";
import { useAnnounce } from "../parts/announce";
import { ConfirmedButton } from "../parts/ConfirmedButton";
import forms from "../parts/Forms.module.css";
import { type Webhook, WEBHOOKS } from "./queries";

export function DeleteWebhook({ webhook }: { webhook: Webhook }) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const navigate = useNavigate();
  return (
    <section className={forms.section}>
      <ConfirmedButton
        button={<Trans>Delete this webhook</Trans>}
        title={<Trans>Delete this webhook?</Trans>}
        confirm={<Trans>Delete</Trans>}
        action={() =>
          answer(api.DELETE("/api/v1/webhooks/{webhook_id}/", { params: { path: { webhook_id: webhook.id } } }))
        }
        onDone={async () => {
          await navigate({ to: "/webhooks", ignoreBlocker: true });
          announce(t`The webhook was deleted.`);
          await queries.invalidateQueries({ queryKey: WEBHOOKS });
        }}
      >
        <Trans>Its deliveries are deleted as well, and what is due is not sent any more.</Trans>
      </ConfirmedButton>
    </section>
  );
}
