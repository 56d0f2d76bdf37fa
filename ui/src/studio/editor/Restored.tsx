import { Trans } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useState } from "react";
import { useStudio } from "../context";
import classes from "./Editor.module.css";

/** Says that the editor shows changes of an earlier visit, and whether somebody else saved meanwhile. */
export function Restored() {
  const { id, document } = useStudio();
  const [seen, setSeen] = useState(false);
  if (seen || document.restored === "none") return null;
  return (
    <div className={classes.notice} role="status">
      <span>
        {document.restored === "older" ? (
          <Trans>
            Your unsaved changes from before are here again. Somebody else saved the schema meanwhile: what they changed
            is shown to you before yours replaces it.
          </Trans>
        ) : (
          <Trans>Your unsaved changes from before are here again.</Trans>
        )}
      </span>
      {id !== null && (
        <Button
          size="xs"
          variant="default"
          onClick={() => {
            document.discard();
            setSeen(true);
          }}
        >
          <Trans>Discard them</Trans>
        </Button>
      )}
      <Button size="xs" variant="subtle" onClick={() => setSeen(true)}>
        <Trans>All right</Trans>
      </Button>
    </div>
  );
}
