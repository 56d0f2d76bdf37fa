import { Trans } from "@lingui/react/macro";
import { Button, FileButton } from "@mantine/core";
import { type ReactNode, useState } from "react";
import classes from "./parts.module.css";

interface Props {
  busy: boolean;
  /** What the file is for. */
  children: ReactNode;
  onFile: (file: File) => void;
}

/** A place to drop a file on, with a button that does the same. */
export function FileDrop({ busy, children, onFile }: Props) {
  const [over, setOver] = useState(false);
  const take = (file: File | null | undefined) => {
    if (file && !busy) onFile(file);
  };
  return (
    // The button inside of it does the same for the keyboard.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- a place to drop a file on has no role
    <div
      className={classes.drop}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files[0]);
      }}
    >
      <p>{busy ? <Trans>The file is being read…</Trans> : children}</p>
      <FileButton onChange={take}>
        {(props) => (
          <Button {...props} variant="default" aria-disabled={busy}>
            <Trans>Choose a file</Trans>
          </Button>
        )}
      </FileButton>
    </div>
  );
}
