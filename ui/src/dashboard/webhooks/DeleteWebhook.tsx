import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { answer, api } from "../api/client";
import { useAnnounce } from "../parts/announce";
import { ConfirmDialog } from "../parts/ConfirmDialog";
import forms from "../parts/Forms.module.css";
import { type Webhook, WEBHOOKS } from "./queries";

export function DeleteWebhook({ webhook }: { webhook: Webhook }) {
  const { t } = useLingui();
  const [opened, { open, close }] = useDisclosure();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const navigate = useNavigate();
  const remove = useMutation({
    mutationFn: () =>
      answer(api.DELETE("/api/v1/webhooks/{webhook_id}/", { params: { path: { webhook_id: webhook.id } } })),
    onSuccess: async () => {
      await navigate({ to: "/webhooks" });
      announce(t`The webhook was deleted.`);
      queries.removeQueries({ queryKey: WEBHOOKS });
    },
  });
  return (
    <section className={forms.section}>
      <Button variant="default" onClick={open}>
        <Trans>Delete this webhook</Trans>
      </Button>
      <ConfirmDialog
        opened={opened}
        onClose={close}
        title={<Trans>Delete this webhook?</Trans>}
        confirm={<Trans>Delete</Trans>}
        onConfirm={() => remove.mutate()}
        busy={remove.isPending}
        error={remove.error}
      >
        <Trans>Its deliveries are deleted as well, and what is due is not sent any more.</Trans>
      </ConfirmDialog>
    </section>
  );
}
