import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Progress } from "@mantine/core";
import classes from "./NewImport.module.css";
import type { SendingFile } from "./useNewImport";
import { useSize } from "./words";

/** A file on its way to the service. */
export function Sending({ name, size: bytes, share, onStop }: SendingFile & { onStop: () => void }) {
  const { t } = useLingui();
  const size = useSize()(bytes);
  return (
    <div className={classes.sending}>
      <p role="status">
        <Trans>
          Uploading <bdi>{name}</bdi>, {size}
        </Trans>
      </p>
      <Progress value={share * 100} aria-label={t`Progress`} />
      <Button variant="default" onClick={onStop}>
        <Trans>Stop</Trans>
      </Button>
    </div>
  );
}
