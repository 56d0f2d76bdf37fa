import { Trans } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useAnnounce } from "../parts/announce";
import { ConfirmDialog } from "../parts/ConfirmDialog";
import forms from "../parts/Forms.module.css";
import { SFTP } from "./queries";

interface Props {
  button: ReactNode;
  title: ReactNode;
  /** What is said once it is gone. */
  done: string;
  /** Raises ApiError or NetworkError. */
  remove: () => Promise<unknown>;
  /** What goes with it, and what stays. */
  children: ReactNode;
}

/** Deletes a server or a connector, and leads back to the list. */
export function Delete({ button, title, done, remove, children }: Props) {
  const [opened, { open, close }] = useDisclosure();
  const queries = useQueryClient();
  const announce = useAnnounce();
  const navigate = useNavigate();
  const removal = useMutation({
    mutationFn: remove,
    onSuccess: async () => {
      await navigate({ to: "/sftp" });
      announce(done);
      await queries.invalidateQueries({ queryKey: SFTP });
    },
  });
  return (
    <section className={forms.section}>
      <Button variant="default" onClick={open}>
        {button}
      </Button>
      <ConfirmDialog
        opened={opened}
        onClose={close}
        title={title}
        confirm={<Trans>Delete</Trans>}
        onConfirm={() => removal.mutate()}
        busy={removal.isPending}
        error={removal.error}
      >
        {children}
      </ConfirmDialog>
    </section>
  );
}
