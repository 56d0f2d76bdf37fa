import { Plural, Trans } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useGrid, useReview } from "../../../state/hooks";
import { usePanels } from "../panels-state";
import { useDownload } from "../useDownload";
import classes from "./finish.module.css";
import { SavedState } from "./SavedState";
import { WhatIsSent } from "./WhatIsSent";

/** What finishing will do, whether everything is saved, and the way to the end. */
export function Footer({ narrow }: { narrow: boolean }) {
  const { settings } = useReview();
  const { data } = useGrid();
  const panels = usePanels();
  const download = useDownload();
  if (!data) return null;
  const { rows_with_errors } = data.summary;
  return (
    <>
      <p className={classes.sum}>
        <WhatIsSent summary={data.summary} behavior={settings.invalid_data_behavior} />{" "}
        <small>
          · <SavedState />
        </small>
      </p>
      {rows_with_errors > 0 && !narrow && (
        <Button
          variant="default"
          aria-disabled={download.isPending}
          onClick={() => !download.isPending && download.mutate({ rows: "errors", format: "xlsx" })}
        >
          <Plural value={rows_with_errors} one="Download the # row" other="Download the # rows" />
        </Button>
      )}
      <Button aria-haspopup="dialog" onClick={() => panels.finishing.set(true)}>
        <Trans>Finish…</Trans>
      </Button>
    </>
  );
}
