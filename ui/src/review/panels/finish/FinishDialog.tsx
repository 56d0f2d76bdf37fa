import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Loader, Modal } from "@mantine/core";
import { useStore } from "../../../state/store";
import { Help } from "../../Help";
import { usePanels } from "../panels-state";
import { Blocked } from "./Blocked";
import classes from "./finish.module.css";
import { RowCounts } from "./RowCounts";
import { useFinish } from "./useFinish";

/** Asks once, and says exactly what goes out and what is left out. */
export function FinishDialog() {
  const { t } = useLingui();
  const { finishing } = usePanels();
  const opened = useStore(finishing);
  const close = () => finishing.set(false);
  return (
    <Modal opened={opened} onClose={close} title={t`Finish the import?`} closeButtonProps={{ "aria-label": t`Close` }}>
      <Confirm onClose={close} />
    </Modal>
  );
}

function Confirm({ onClose }: { onClose: () => void }) {
  const { confirmation, problem, changed, sending, submit, retry } = useFinish();
  if (!confirmation && problem)
    return (
      <>
        <p role="alert">{problem}</p>
        <div className={classes.buttons}>
          <Button onClick={retry}>
            <Trans>Try again</Trans>
          </Button>
          <Button variant="default" onClick={onClose}>
            <Trans>Go on with the review</Trans>
          </Button>
        </div>
      </>
    );
  if (!confirmation)
    return (
      <p role="status">
        <Loader size="xs" aria-hidden /> <Trans>Counting what would be sent…</Trans>
      </p>
    );
  const { summary, message, confirm_label, cancel_label } = confirmation;
  if (summary.blocked) return <Blocked problem={summary.blocked} onClose={onClose} />;
  return (
    <>
      {changed && (
        <p role="alert" className={classes.changed}>
          <Trans>Something was changed in the meantime. These are the new numbers.</Trans>
        </p>
      )}
      {problem && (
        <p role="alert" className={classes.changed}>
          {problem}
        </p>
      )}
      <RowCounts summary={summary} />
      {message && (
        <div className={classes.message}>
          <Help html={message} />
        </div>
      )}
      <div className={classes.buttons}>
        <Button
          data-autofocus
          aria-disabled={sending}
          leftSection={sending && <Loader size={14} color="currentColor" aria-hidden />}
          onClick={submit}
        >
          {confirm_label ?? <Trans>Finish and send</Trans>}
        </Button>
        <Button variant="default" onClick={onClose}>
          {cancel_label ?? <Trans>Go on with the review</Trans>}
        </Button>
      </div>
    </>
  );
}
