import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button, Checkbox, FileButton } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { Api } from "../../../api/types";
import { useGridView } from "../../../state/grid-view";
import { useReview, useSession } from "../../../state/hooks";
import { usePanels } from "../panels-state";
import { useChange } from "../useChange";
import { usePreview } from "../usePreview";
import { PreviewResult } from "./PreviewResult";
import classes from "./tools.module.css";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** Drop the corrected workbook, see what it would change, take it over. */
export function CorrectedFile() {
  const { t } = useLingui();
  const session = useSession();
  const upload = useMutation({
    mutationFn: (file: File) => session.client.uploadCorrections(file),
    networkMode: "always",
    onSuccess: () => session.announce(t`The file was read. Look at what it would change.`),
  });
  const send = (file: File | null | undefined) => {
    if (file && !upload.isPending) upload.mutate(file);
  };
  return (
    <>
      <DropZone busy={upload.isPending} onFile={send} />
      <p className={classes.problem} role="alert">
        {upload.error?.message}
      </p>
      {upload.data && <Merge key={upload.data.upload} file={upload.data} onDone={upload.reset} />}
    </>
  );
}

function DropZone({ busy, onFile }: { busy: boolean; onFile: (file: File | null | undefined) => void }) {
  const [over, setOver] = useState(false);
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
        onFile(event.dataTransfer.files[0]);
      }}
    >
      <p>{busy ? <Trans>The file is being read…</Trans> : <Trans>Drop the corrected workbook here</Trans>}</p>
      <FileButton accept={`.xlsx,${XLSX}`} onChange={onFile}>
        {(props) => (
          <Button {...props} variant="default" aria-disabled={busy}>
            <Trans>Choose a file</Trans>
          </Button>
        )}
      </FileButton>
    </div>
  );
}

/** What the file would change, and the button that does it. */
function Merge({ file, onDone }: { file: Api<"UploadedFile">; onDone: () => void }) {
  const { settings } = useReview();
  const grid = useGridView();
  const panels = usePanels();
  const { busy, make } = useChange();
  const [deleteMissing, setDeleteMissing] = useState(false);
  const { upload, matched_rows, changed_cells, added_rows, missing_rows, unknown_columns } = file;
  const change: Api<"MergeFile"> = { kind: "merge_file", upload, delete_missing: deleteMissing };
  const nothing = changed_cells === 0 && added_rows === 0 && !deleteMissing;
  const state = usePreview(nothing ? null : change);
  const apply = async () => {
    if (busy || !(await make(change))) return;
    grid.refresh();
    onDone();
    panels.tool.set(null);
  };
  return (
    <div className={classes.form}>
      <ul className={classes.facts}>
        <li>
          <Plural value={matched_rows} one="# row of this review is in it" other="# rows of this review are in it" />
        </li>
        <li>
          <Plural
            value={changed_cells}
            _0="No cell is another one"
            one="# cell was changed"
            other="# cells were changed"
          />
        </li>
        {added_rows > 0 && (
          <li>
            <Plural value={added_rows} one="# new row" other="# new rows" />
          </li>
        )}
        {unknown_columns.length > 0 && <UnknownColumns names={unknown_columns} />}
      </ul>
      {missing_rows > 0 && settings.allow_removing_rows && (
        <Checkbox
          label={
            <Plural
              value={missing_rows}
              one="# row was deleted in the workbook: delete it here as well"
              other="# rows were deleted in the workbook: delete them here as well"
            />
          }
          checked={deleteMissing}
          onChange={(event) => setDeleteMissing(event.target.checked)}
        />
      )}
      <PreviewResult state={state} />
      <Button aria-disabled={busy} disabled={nothing} onClick={() => void apply()}>
        <Trans>Take over the corrections</Trans>
      </Button>
    </div>
  );
}

/** Columns of the workbook that the review does not have; nothing of them is taken. */
function UnknownColumns({ names }: { names: readonly string[] }) {
  const { i18n } = useLingui();
  const list = new Intl.ListFormat(i18n.locale).format(names);
  return (
    <li>
      <Trans>Not known here, and passed over: {list}</Trans>
    </li>
  );
}
