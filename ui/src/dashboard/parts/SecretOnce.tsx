import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import type { ReactNode } from "react";
import classes from "./SecretOnce.module.css";

interface Props {
  /** What it is, for screen readers. */
  name: string;
  value: string;
  /** What to do with it. It is shown this once, which is said already. */
  children?: ReactNode;
}

/** A secret or a link that can be copied now and is never shown again. */
export function SecretOnce({ name, value, children }: Props) {
  const { t } = useLingui();
  const clipboard = useClipboard({ timeout: 2_000 });
  return (
    <div className={classes.secret}>
      <p>
        <strong>
          <Trans>It is shown only this once.</Trans>
        </strong>{" "}
        {children}
      </p>
      <div className={classes.line}>
        <input
          className={classes.value}
          readOnly
          aria-label={name}
          value={value}
          onFocus={(event) => event.target.select()}
        />
        <Button variant="default" onClick={() => clipboard.copy(value)}>
          {clipboard.copied ? t`Copied` : t`Copy`}
        </Button>
      </div>
    </div>
  );
}
