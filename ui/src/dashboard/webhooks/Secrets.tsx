import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Modal, Radio, Stack } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Moment } from "../../Moment";
import { answer, api } from "../api/client";
import { DataTable } from "../parts/DataTable";
import forms from "../parts/Forms.module.css";
import { Trouble } from "../parts/Trouble";
import { NewSecret } from "./NewWebhookPage";
import { type Webhook, WEBHOOKS } from "./queries";

const DAY = 86_400;

/** The secrets that sign, and the way to a new one. */
export function Secrets({ webhook }: { webhook: Webhook }) {
  const { t } = useLingui();
  const [opened, { open, close }] = useDisclosure();
  return (
    <section className={forms.section}>
      <h2>
        <Trans>Secrets</Trans>
      </h2>
      <p>
        <Trans>Each message is signed with every secret that is valid.</Trans>
      </p>
      <DataTable
        name={t`Secrets`}
        rows={webhook.secrets}
        keyOf={({ created_date }) => created_date}
        columns={[
          { name: t`Created`, cell: ({ created_date }) => <Moment at={created_date} /> },
          {
            name: t`Valid until`,
            cell: ({ expires_date }) => (expires_date ? <Moment at={expires_date} /> : t`It is replaced`),
          },
        ]}
      />
      <Button variant="default" mt="md" onClick={open}>
        <Trans>Make a new secret</Trans>
      </Button>
      <Rotation key={String(opened)} webhook={webhook} opened={opened} onClose={close} />
    </section>
  );
}

function Rotation({ webhook, opened, onClose }: { webhook: Webhook; opened: boolean; onClose: () => void }) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const [keep, setKeep] = useState(String(DAY));
  const rotate = useMutation({
    mutationFn: () =>
      answer(
        api.POST("/api/v1/webhooks/{webhook_id}/rotate_secret/", {
          params: { path: { webhook_id: webhook.id } },
          body: { keep_seconds: Number(keep) },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: WEBHOOKS }),
  });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      closeOnClickOutside={!rotate.data}
      title={<Trans>New secret</Trans>}
      closeButtonProps={{ "aria-label": t`Close` }}
      centered
      size="lg"
    >
      {rotate.data ? (
        <NewSecret secret={rotate.data.secret} />
      ) : (
        <Radio.Group label={t`The secrets before`} value={keep} onChange={setKeep}>
          <Stack gap="xs" mt="xs">
            <Radio value={String(DAY)} label={t`stay valid for a day, so that receivers can change over`} />
            <Radio value={String(7 * DAY)} label={t`stay valid for a week`} />
            <Radio value="0" label={t`end at once, because one has leaked`} />
          </Stack>
        </Radio.Group>
      )}
      <Trouble error={rotate.error} />
      <Group justify="flex-end" mt="md">
        {rotate.data ? (
          <Button onClick={onClose}>
            <Trans>I have kept it</Trans>
          </Button>
        ) : (
          <>
            <Button variant="default" onClick={onClose}>
              <Trans>Cancel</Trans>
            </Button>
            <Button onClick={() => rotate.mutate()} loading={rotate.isPending}>
              <Trans>Make a new secret</Trans>
            </Button>
          </>
        )}
      </Group>
    </Modal>
  );
}
