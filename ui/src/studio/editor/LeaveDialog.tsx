import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Modal } from "@mantine/core";
import { useBlocker } from "@tanstack/react-router";
import { useStudio } from "../context";
import classes from "./Editor.module.css";

/** Asks before a page with unsaved changes is left, by a link or by closing it. */
export function LeaveDialog() {
  const { t } = useLingui();
  const { document } = useStudio();
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ current, next }) => document.dirty && current.pathname !== next.pathname,
    enableBeforeUnload: () => document.dirty,
    withResolver: true,
  });
  return (
    <Modal
      opened={status === "blocked"}
      onClose={() => reset?.()}
      title={t`Leave without saving?`}
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      <p>
        <Trans>
          Your changes are not saved. They stay in this browser tab: when you come back here they are still there.
        </Trans>
      </p>
      <div className={classes.dialogButtons}>
        <Button variant="default" onClick={() => proceed?.()}>
          <Trans>Leave</Trans>
        </Button>
        <Button onClick={() => reset?.()} data-autofocus>
          <Trans>Stay here</Trans>
        </Button>
      </div>
    </Modal>
  );
}
