import { Trans } from "@lingui/react/macro";
import { Button, Group, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import type { Sending } from "../api/useSubmit";
import classes from "./Forms.module.css";
import { Trouble } from "./Trouble";
import { useUnsaved } from "./unsaved";

interface Props {
  sending: Sending;
  /** Whether leaving the page would lose what was typed. */
  unsaved?: boolean;
  /** What the button does; "Save" unless it is said. */
  submit?: ReactNode;
  /** `main`: what the page or dialog is for; `part`: one of several things that can be set. */
  look?: "main" | "part";
  /** Where the button stands: below the fields, or at the end of a dialog. */
  button?: "start" | "end" | "full";
  disabled?: boolean;
  children: ReactNode;
}

/** A form: its fields, what the service has against it, and the button that sends it. */
export function Form(props: Props) {
  const { sending, unsaved = false, submit, look = "main", button = "start", disabled = false, children } = props;
  useUnsaved(unsaved);
  return (
    <form className={classes.form} noValidate onSubmit={sending.onSubmit}>
      <Stack gap={look === "main" ? "md" : "sm"}>
        {children}
        <Trouble error={sending.error} />
        <Group justify={button === "end" ? "flex-end" : "flex-start"}>
          <Button
            type="submit"
            variant={look === "main" ? "filled" : "default"}
            loading={sending.busy}
            disabled={disabled}
            fullWidth={button === "full"}
          >
            {submit ?? <Trans>Save</Trans>}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
