import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Modal } from "@mantine/core";
import type { ReactNode } from "react";
import { Trouble } from "./Trouble";

interface Props {
  opened: boolean;
  onClose: () => void;
  title: ReactNode;
  /** What will happen, and what cannot be taken back. */
  children: ReactNode;
  /** What the button does, such as "Delete". */
  confirm: ReactNode;
  onConfirm: () => void;
  busy: boolean;
  error: unknown;
}

/** Asks before something that cannot be taken back. */
export function ConfirmDialog({ opened, onClose, title, children, confirm, onConfirm, busy, error }: Props) {
  const { t } = useLingui();
  return (
    <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ "aria-label": t`Close` }} centered>
      {children}
      <Trouble error={error} />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose} data-autofocus>
          <Trans>Cancel</Trans>
        </Button>
        <Button color="danger" onClick={onConfirm} loading={busy}>
          {confirm}
        </Button>
      </Group>
    </Modal>
  );
}
