import { Plural, Trans } from "@lingui/react/macro";
import { Samples } from "../Samples";
import type { PreviewState } from "../usePreview";
import classes from "./tools.module.css";

/** What a change would do: counts, errors before and after, and examples. Says it to screen readers as well. */
export function PreviewResult({ state: { latest, busy, error } }: { state: PreviewState }) {
  return (
    <div className={classes.preview} data-busy={busy || undefined}>
      <div role="status">
        {error ? <p>{error.message}</p> : latest && !latest.problem && <Counts preview={latest} />}
      </div>
      {!error && latest && !latest.problem && <Samples samples={latest.samples} columns />}
    </div>
  );
}

function Counts({ preview }: { preview: NonNullable<PreviewState["latest"]> }) {
  const { cells, rows, skipped, errors_before, errors_after } = preview;
  if (cells === 0)
    return (
      <p>
        <Trans>Nothing would change.</Trans> <Skipped skipped={skipped} />
      </p>
    );
  return (
    <>
      <p>
        <Trans>
          <b>
            <Plural value={cells} one="# cell" other="# cells" />
          </b>{" "}
          in <Plural value={rows} one="# row" other="# rows" /> would change.
        </Trans>{" "}
        <Skipped skipped={skipped} />
      </p>
      {errors_after === null ? (
        <p className={classes.soft}>
          <Trans>These are too many rows to try their errors beforehand. It can be undone.</Trans>
        </p>
      ) : (
        errors_before !== errors_after && (
          <p className={errors_after > errors_before ? classes.worse : classes.better}>
            <Trans>
              <Plural value={errors_before} one="# error" other="# errors" /> in these rows before,{" "}
              <Plural value={errors_after} one="# error" other="# errors" /> afterwards.
            </Trans>
          </p>
        )
      )}
    </>
  );
}

function Skipped({ skipped }: { skipped: number }) {
  if (skipped === 0) return null;
  return (
    <Plural
      value={skipped}
      one="# cell fits too, but may not be changed here."
      other="# cells fit too, but may not be changed here."
    />
  );
}
