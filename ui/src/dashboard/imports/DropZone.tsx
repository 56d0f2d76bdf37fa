import { Trans } from "@lingui/react/macro";
import { FileButton, UnstyledButton } from "@mantine/core";
import { type DragEvent, useState } from "react";
import classes from "./NewImport.module.css";

interface Props {
  disabled: boolean;
  onFile: (file: File) => void;
}

/** Takes one file: dropped, or chosen. */
export function DropZone({ disabled, onFile }: Props) {
  const [over, setOver] = useState(false);
  const take = (file: File | null | undefined) => !disabled && file && onFile(file);
  return (
    <FileButton onChange={take} disabled={disabled} inputProps={{ "aria-hidden": true }}>
      {(props) => (
        <UnstyledButton
          {...props}
          className={classes.drop}
          disabled={disabled}
          data-over={over && !disabled ? "" : undefined}
          onDragOver={(event: DragEvent) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(event: DragEvent) => {
            event.preventDefault();
            setOver(false);
            take(event.dataTransfer.files[0]);
          }}
        >
          <svg
            width="28"
            height="28"
            viewBox="0 0 24 24"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.6"
            aria-hidden
          >
            <path d="M12 16V4m-5 5 5-5 5 5M4 16v3a1 1 0 0 0 1 1h14a1 1 0 0 0 1-1v-3" />
          </svg>
          <span className={classes.what}>
            {disabled ? <Trans>Choose a schema first</Trans> : <Trans>Drop a file here, or choose one</Trans>}
          </span>
          <span className={classes.kinds}>
            <Trans>CSV, Excel, JSON, XML, Parquet and more</Trans>
          </span>
        </UnstyledButton>
      )}
    </FileButton>
  );
}
