import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Api, FieldInfo, GridColumn } from "../../../api/types";
import { type Target, useGridView } from "../../../state/grid-view";
import { useGrid, useReview, useSession } from "../../../state/hooks";
import { useStore } from "../../../state/store";
import { CellText } from "../Samples";
import { useChange } from "../useChange";
import { useSeek } from "../useSeek";
import { CellEditor } from "./CellEditor";
import { CellHistory } from "./CellHistory";
import classes from "./cell.module.css";

export type CellDetail = Api<"CellDetail">;

/** All about the selected cell, with what mends it. */
export function CellPanel() {
  const selection = useStore(useGridView().selection);
  const seek = useSeek();
  const { t } = useLingui();
  return (
    <section className={classes.panel} aria-label={t`Selected cell`}>
      <div className={classes.head}>
        <h2>
          <Trans>Selected cell</Trans>
        </h2>
        <Button
          variant="default"
          size="compact-xs"
          aria-keyshortcuts="Alt+ArrowUp"
          title={t`Previous error (Alt+↑)`}
          aria-label={t`Previous error`}
          onClick={() => void seek("previous")}
        >
          <span aria-hidden>↑</span>
        </Button>
        <Button
          variant="default"
          size="compact-xs"
          aria-keyshortcuts="Alt+ArrowDown"
          title={t`Next error (Alt+↓)`}
          aria-label={t`Next error`}
          onClick={() => void seek("next")}
        >
          <span aria-hidden>↓</span>
        </Button>
      </div>
      {selection ? (
        <SelectedCell target={selection.active} />
      ) : (
        <p className={classes.soft}>
          <Trans>Choose a cell to see what is known about it. Alt+↓ goes to the next error.</Trans>
        </p>
      )}
    </section>
  );
}

function SelectedCell({ target: { row, column } }: { target: Target }) {
  const { client } = useSession();
  const { version, fields } = useReview();
  const { data: grid } = useGrid();
  const { data, isPlaceholderData, error } = useQuery({
    queryKey: ["view", "cell", row, column, version],
    queryFn: ({ signal }) => client.cell(row, column, signal),
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
  const shown = grid?.columns.find(({ id }) => id === column);
  const field = fields.find(({ key }) => key === shown?.field);
  if (error)
    return (
      <p className={classes.soft}>
        <Trans>This cell is not there any more.</Trans>
      </p>
    );
  // The details of the cell before are shown no longer: they would be taken for those of this one.
  if (!data || !shown || !field || (isPlaceholderData && (data.row !== row || data.column !== column))) return null;
  return <Details detail={data} column={shown} field={field} />;
}

interface DetailsProps {
  detail: CellDetail;
  column: GridColumn;
  field: FieldInfo;
}

function Details({ detail, column, field }: DetailsProps) {
  const { busy, make } = useChange();
  const { row, text, shown, original, suggestion, mark } = detail;
  const seen = column.masked ? shown : text;
  const set = (wanted: string | null) =>
    make({ kind: "set_cells", cells: [{ row, column: column.id, text: wanted, seen }] });
  const run = (wanted: string | null) => {
    if (!busy) void set(wanted);
  };
  return (
    <>
      <h3 className={classes.label}>
        <RowNumber row={row} /> <bdi>{column.label}</bdi>
      </h3>
      {field.description !== null && <p className={classes.soft}>{field.description}</p>}
      {mark.messages.map(({ code, level, text: says }) => (
        <p key={`${code} ${says}`} className={classes.message} data-level={level}>
          {says}
        </p>
      ))}
      {suggestion !== null && !column.read_only && (
        <Button size="xs" className={classes.suggestion} aria-disabled={busy} onClick={() => run(suggestion)}>
          <Trans>Change to “{suggestion}”</Trans>
        </Button>
      )}
      <dl className={classes.facts}>
        {shown !== text && (
          <Fact name={<Trans>Shown as</Trans>}>
            <CellText text={shown} />
          </Fact>
        )}
        {column.read_only && (
          <Fact name={<Trans>Text</Trans>}>
            <CellText text={text} />
          </Fact>
        )}
        {(mark.changed || mark.autofix || original !== text) && (
          <Fact name={<Trans>In the file</Trans>}>
            <CellText text={original} />
            {!column.read_only && mark.changed && (
              <Button variant="default" size="compact-xs" aria-disabled={busy} onClick={() => run(original)}>
                <Trans>Put back</Trans>
              </Button>
            )}
          </Fact>
        )}
      </dl>
      {column.read_only ? (
        <p className={classes.soft}>
          <Trans>This column cannot be changed here.</Trans>
        </p>
      ) : (
        <CellEditor
          // A draft belongs to one cell as it stands: another text there is another draft.
          key={`${row} ${column.id} ${seen ?? ""}`}
          text={text}
          filled={seen !== null}
          masked={column.masked}
          label={column.label}
          options={mark.options ?? field.select_options}
          busy={busy}
          onSet={set}
        />
      )}
      <CellHistory history={detail.history} />
    </>
  );
}

function Fact({ name, children }: { name: React.ReactNode; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Where a row stands in the file; rows that were added stand nowhere. */
function RowNumber({ row }: { row: number }) {
  const number = row + 1;
  return <span className={classes.soft}>{row < 0 ? <Trans>Added row ·</Trans> : <Trans>Row {number} ·</Trans>}</span>;
}
