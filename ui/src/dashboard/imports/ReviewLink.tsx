import { Trans, useLingui } from "@lingui/react/macro";
import { Button, CopyButton, Group, Modal, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../api/client";
import { useAnnounce } from "../parts/announce";
import { Trouble } from "../parts/Trouble";
import classes from "./ImportPage.module.css";
import { IMPORTS } from "./queries";

/** The link for a person without an account: to copy, or to replace so that the ones before open nothing any more. */
export function ReviewLink({ importId, url }: { importId: string; url: string }) {
  const { t } = useLingui();
  const [opened, { open, close }] = useDisclosure();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const renew = useMutation({
    mutationFn: () =>
      answer(
        api.POST("/api/v1/headless/imports/{import_id}/review_link/", { params: { path: { import_id: importId } } }),
      ),
    onSuccess: () => {
      announce(t`The links before open nothing any more.`);
      return queries.invalidateQueries({ queryKey: [...IMPORTS, "one", importId] });
    },
  });
  const shown = renew.data?.review_url ?? url;
  return (
    <>
      <Button variant="default" onClick={open}>
        <Trans>Review link</Trans>
      </Button>
      <Modal opened={opened} onClose={close} title={<Trans>Review link</Trans>} centered>
        <div className={classes.link}>
          <TextInput
            label={t`Who has this link can review this import, without an account`}
            value={shown}
            readOnly
            dir="ltr"
            onFocus={({ target }) => target.select()}
          />
          <Trouble error={renew.error} />
          <Group justify="space-between">
            <Button variant="default" onClick={() => renew.mutate()} loading={renew.isPending}>
              <Trans>Make a new link</Trans>
            </Button>
            <CopyButton value={shown}>
              {({ copied, copy }) => (
                <Button onClick={copy}>{copied ? <Trans>Copied</Trans> : <Trans>Copy</Trans>}</Button>
              )}
            </CopyButton>
          </Group>
        </div>
      </Modal>
    </>
  );
}
