import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ConfirmDialog } from "./ConfirmDialog";

interface Props {
  /** What the button says that opens the question. */
  button: ReactNode;
  title: ReactNode;
  /** What will happen, and what cannot be taken back. */
  children: ReactNode;
  /** What the button of the dialog says. */
  confirm: ReactNode;
  /** Raises ApiError or NetworkError. */
  action: () => Promise<unknown>;
  /** Where to go and what to say afterwards. */
  onDone: () => Promise<unknown>;
}

/** A button for what cannot be taken back: it asks first, and says in the dialog what the service refused. */
export function ConfirmedButton({ button, title, children, confirm, action, onDone }: Props) {
  const [opened, { open, close }] = useDisclosure();
  const { mutate, reset, isPending, error } = useMutation({ mutationFn: action, onSuccess: onDone });
  const dismiss = () => {
    reset();
    close();
  };
  return (
    <>
      <Button variant="default" onClick={open}>
        {button}
      </Button>
      <ConfirmDialog
        opened={opened}
        onClose={dismiss}
        title={title}
        confirm={confirm}
        onConfirm={() => mutate()}
        busy={isPending}
        error={error}
      >
        {children}
      </ConfirmDialog>
    </>
  );
}
