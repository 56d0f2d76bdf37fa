import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Modal } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { Api } from "../../api/types";
import { answer, api } from "../api/client";
import { Page } from "../parts/Page";
import { SecretOnce } from "../parts/SecretOnce";
import { NEW_WEBHOOK } from "./form";
import { WEBHOOKS } from "./queries";
import { WebhookForm } from "./WebhookForm";

/** Sets a webhook up, then shows its secret. */
export function NewWebhookPage() {
  const { t } = useLingui();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [made, setMade] = useState<Api<"WebhookWithSecret"> | null>(null);
  const goOn = () => made && void navigate({ to: "/webhooks/$webhookId", params: { webhookId: made.id } });
  return (
    <Page title={t`New webhook`} back={<Link to="/webhooks">{t`Webhooks`}</Link>}>
      <WebhookForm
        values={NEW_WEBHOOK}
        submit={<Trans>Create webhook</Trans>}
        onSubmit={async (_, body) => {
          setMade(await answer(api.POST("/api/v1/webhooks/", { body })));
          await queries.invalidateQueries({ queryKey: WEBHOOKS });
        }}
      />
      <Modal
        opened={made !== null}
        onClose={goOn}
        closeOnClickOutside={false}
        title={<Trans>The webhook is set up</Trans>}
        centered
        size="lg"
      >
        {made && <NewSecret secret={made.secret} />}
        <Group justify="flex-end" mt="md">
          <Button onClick={goOn}>
            <Trans>I have kept it</Trans>
          </Button>
        </Group>
      </Modal>
    </Page>
  );
}

/** The secret that signs what a webhook is sent. */
export function NewSecret({ secret }: { secret: string }) {
  const { t } = useLingui();
  return (
    <SecretOnce name={t`Secret`} value={secret}>
      <Trans>Keep it where your receiver can read it: by this secret it knows that a message comes from here.</Trans>
    </SecretOnce>
  );
}
