import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../api/client";
import { useAnnounce } from "../parts/announce";
import { ConfirmDialog } from "../parts/ConfirmDialog";
import { Facts } from "../parts/Facts";
import forms from "../parts/Forms.module.css";
import { Status } from "../parts/Status";
import { type Server, serverQuery, SFTP } from "./queries";
import { useProblemName } from "./words";

/** Says that the server shows another key, with both fingerprints, and lets a person accept it. */
export function AcceptHostKey({ server }: { server: Server }) {
  const { t } = useLingui();
  const [opened, { open, close }] = useDisclosure();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const problemName = useProblemName();
  const fingerprint = server.offered_host_key_fingerprint ?? "";
  const accept = useMutation({
    mutationFn: () =>
      answer(
        api.POST("/api/v1/headless/sftp/credentials/{credentials_id}/accept_host_key/", {
          params: { path: { credentials_id: server.id } },
          body: { fingerprint },
        }),
      ),
    onSuccess: async (saved) => {
      close();
      announce(t`Saved.`);
      queries.setQueryData(serverQuery(server.id).queryKey, saved);
      await queries.invalidateQueries({ queryKey: SFTP });
    },
  });
  return (
    <section className={forms.section} role="alert">
      <p>
        <Status tone="bad">{problemName("host_key_changed")}</Status>
      </p>
      <Keys server={server} />
      <Button variant="default" onClick={open}>
        <Trans>Accept the new key</Trans>
      </Button>
      <ConfirmDialog
        opened={opened}
        onClose={close}
        title={<Trans>Accept the new key?</Trans>}
        confirm={<Trans>Accept</Trans>}
        onConfirm={() => accept.mutate()}
        busy={accept.isPending}
        error={accept.error}
      >
        <Trans>
          Ask the server’s operator whether this fingerprint is right: somebody else may stand between you and the
          server.
        </Trans>
        <Keys server={server} />
      </ConfirmDialog>
    </section>
  );
}

function Keys({ server }: { server: Server }) {
  const { t } = useLingui();
  return (
    <Facts
      facts={[
        [
          t`Known key`,
          <bdi key="known" dir="ltr">
            {server.host_key_fingerprint}
          </bdi>,
        ],
        [
          t`New key`,
          <bdi key="new" dir="ltr">
            {server.offered_host_key_fingerprint}
          </bdi>,
        ],
      ]}
    />
  );
}
