import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Modal } from "@mantine/core";
import { Trouble } from "../../dashboard/parts/Trouble";
import type { SavedSchema } from "../api/types";
import classes from "./List.module.css";

interface Props {
  schema: SavedSchema | null;
  busy: boolean;
  error: unknown;
  onClose: () => void;
  onDelete: (id: string) => void;
}

/** Asks once before a schema goes with its history. */
export function DeleteDialog({ schema, busy, error, onClose, onDelete }: Props) {
  const { t } = useLingui();
  const name = schema?.name ?? "";
  return (
    <Modal
      opened={schema !== null}
      onClose={onClose}
      title={t`Delete “${name}”?`}
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      <p>
        <Trans>
          The schema and its history are gone for good. Imports that were made with it stay as they are; programs that
          name it can make no new ones.
        </Trans>
      </p>
      <Trouble error={error} />
      <div className={classes.buttons}>
        <Button variant="default" onClick={onClose}>
          <Trans>Keep it</Trans>
        </Button>
        <Button color="red" aria-disabled={busy} onClick={() => schema && !busy && onDelete(schema.id)}>
          <Trans>Delete</Trans>
        </Button>
      </div>
    </Modal>
  );
}
