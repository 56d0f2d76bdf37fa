import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button, Checkbox, Select, TextInput } from "@mantine/core";
import { useRef, useState } from "react";
import type { Api } from "../../../api/types";
import { useGridView } from "../../../state/grid-view";
import { useGrid } from "../../../state/hooks";
import { useChange } from "../useChange";
import { usePreview } from "../usePreview";
import { PreviewResult } from "./PreviewResult";
import { type Rows, RowsChoice, useChosenView } from "./RowsChoice";
import classes from "./tools.module.css";

const ALL_COLUMNS = "";

/** Replace a text in one column or in all, with what it would do said while one types. */
export function FindReplace() {
  const { t } = useLingui();
  const grid = useGridView();
  const { data } = useGrid();
  const { busy, make } = useChange();
  const [find, setFind] = useState("");
  const [replace, setReplace] = useState("");
  const [column, setColumn] = useState(ALL_COLUMNS);
  const [flags, setFlags] = useState<Flags>({ match_case: false, whole_cell: false, regex: false });
  const [rows, setRows] = useState<Rows>("all");
  const view = useChosenView(rows);
  const field = useRef<HTMLInputElement>(null);

  const change: Api<"Replace"> = {
    kind: "replace",
    find,
    replace,
    columns: column === ALL_COLUMNS ? null : [column],
    view,
    ...flags,
  };
  // An empty text is found everywhere; as a whole cell it means the empty cells.
  const state = usePreview(find === "" && !flags.whole_cell ? null : change);
  const cells = state.preview?.cells ?? 0;
  const editable = data?.columns.filter(({ read_only }) => !read_only) ?? [];

  const submit = async (event: React.SubmitEvent) => {
    event.preventDefault();
    if (busy || cells === 0 || state.preview?.problem) return;
    if (!(await make(change))) return;
    grid.refresh();
    field.current?.focus();
    field.current?.select();
  };
  return (
    <form className={classes.form} onSubmit={(event) => void submit(event)}>
      <TextInput
        ref={field}
        label={flags.regex ? t`Find (regular expression)` : t`Find`}
        data-autofocus
        value={find}
        error={state.latest?.problem}
        onChange={(event) => setFind(event.target.value)}
      />
      <TextInput label={t`Replace with`} value={replace} onChange={(event) => setReplace(event.target.value)} />
      <Select
        label={t`In`}
        searchable
        allowDeselect={false}
        nothingFoundMessage={t`No column is called so.`}
        data={[
          { value: ALL_COLUMNS, label: t`All columns` },
          ...editable.map(({ id, label }) => ({ value: id, label })),
        ]}
        value={column}
        onChange={(value) => setColumn(value ?? ALL_COLUMNS)}
      />
      <FlagBoxes flags={flags} onChange={setFlags} />
      <RowsChoice rows={rows} onChoose={setRows} />
      <PreviewResult state={state} />
      <Button type="submit" aria-disabled={busy} disabled={cells === 0}>
        {cells === 0 ? (
          <Trans>Replace</Trans>
        ) : (
          <Plural value={cells} one="Replace in # cell" other="Replace in # cells" />
        )}
      </Button>
    </form>
  );
}

type Flags = Required<Pick<Api<"Replace">, "match_case" | "whole_cell" | "regex">>;

function FlagBoxes({ flags, onChange }: { flags: Flags; onChange: (flags: Flags) => void }) {
  const { t } = useLingui();
  const labels: Record<keyof Flags, string> = {
    match_case: t`Upper and lower case must agree`,
    whole_cell: t`The whole cell must agree`,
    regex: t`Regular expression`,
  };
  return (
    <div className={classes.choices}>
      {(Object.keys(labels) as (keyof Flags)[]).map((name) => (
        <Checkbox
          key={name}
          size="xs"
          label={labels[name]}
          checked={flags[name]}
          onChange={(event) => onChange({ ...flags, [name]: event.target.checked })}
        />
      ))}
    </div>
  );
}
