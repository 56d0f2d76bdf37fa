import { Plural, Trans } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useGrid } from "../../../state/hooks";
import { useDownload } from "../useDownload";
import { CorrectedFile } from "./CorrectedFile";
import classes from "./tools.module.css";

/** Work on the rows in Excel: take them out, bring them back into this same review. */
export function Excel() {
  const { data } = useGrid();
  const download = useDownload();
  if (!data) return null;
  const { rows, rows_with_errors } = data.summary;
  const take = (which: "all" | "errors") => {
    if (!download.isPending) download.mutate({ rows: which, format: "xlsx" });
  };
  return (
    <>
      <section className={classes.section}>
        <h3>
          <Trans>1. Download</Trans>
        </h3>
        <p className={classes.soft}>
          <Trans>
            The cells that need a look are marked, with what is wrong as a note. Keep the last column: it says which row
            is which.
          </Trans>
        </p>
        <div className={classes.buttons}>
          {rows_with_errors > 0 && (
            <Button data-autofocus aria-disabled={download.isPending} onClick={() => take("errors")}>
              <Plural value={rows_with_errors} one="# row with errors" other="# rows with errors" />
            </Button>
          )}
          <Button variant="default" aria-disabled={download.isPending} onClick={() => take("all")}>
            <Plural value={rows} one="The only row" other="All # rows" />
          </Button>
        </div>
      </section>
      <section className={classes.section}>
        <h3>
          <Trans>2. Bring the corrected file back</Trans>
        </h3>
        <CorrectedFile />
      </section>
    </>
  );
}
