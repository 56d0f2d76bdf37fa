import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button, Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ErrorGroup, GridColumn, GridRow } from "../../../api/types";
import { useGrid, useReview, useSession } from "../../../state/hooks";
import { CellText } from "../Samples";
import { useChange } from "../useChange";
import classes from "./causes.module.css";
import { rowSets, type RowSet } from "./rowSets";

/** Rows that are asked for at once: those that a person compares one by one. */
const ROWS = 200;

interface Props {
  group: ErrorGroup;
  opened: boolean;
  onClose: () => void;
}

/** The rows that repeat a value, side by side, to keep one of each. */
export function Compare({ group, opened, onClose }: Props) {
  const { t } = useLingui();
  const { label } = group;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="xl"
      title={t`Repeated in “${label}”`}
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      <RepeatedRows group={group} />
    </Modal>
  );
}

function RepeatedRows({ group }: { group: ErrorGroup }) {
  const { client } = useSession();
  const { version } = useReview();
  const { data: grid } = useGrid();
  const column = group.column ?? "";
  const { data, error } = useQuery({
    queryKey: ["view", "repeated", version, group.id],
    queryFn: ({ signal }) =>
      client.rows(
        {
          view: { only: "all", group: group.id, filters: [], sort: [{ column, descending: false }] },
          offset: 0,
          limit: ROWS,
        },
        signal,
      ),
    placeholderData: (known) => known,
  });
  if (error)
    return (
      <p role="alert">
        <Trans>The rows could not be loaded. Close this and try again.</Trans>
      </p>
    );
  if (!data || !grid)
    return (
      <p>
        <Trans>Loading…</Trans>
      </p>
    );
  const at = grid.columns.findIndex(({ id }) => id === column);
  const sets = rowSets(data.rows, at);
  const hidden = data.total - data.rows.length;
  if (sets.length === 0)
    return (
      <p>
        <Trans>None is repeated any more.</Trans>
      </p>
    );
  return (
    <>
      {sets.map((set) => (
        <SideBySide key={set.text} set={set} columns={grid.columns} />
      ))}
      {hidden > 0 && (
        <p>
          <Plural
            value={hidden}
            one="# more row repeats a value. It is shown when some of these are settled."
            other="# more rows repeat a value. They are shown when some of these are settled."
          />
        </p>
      )}
    </>
  );
}

/** The rows of one repeated value: a column per row, a line per field, those that differ marked. */
function SideBySide({ set, columns }: { set: RowSet; columns: readonly GridColumn[] }) {
  const { settings } = useReview();
  const { busy, make } = useChange();
  const keep = (kept: GridRow) => {
    if (busy) return;
    const rows = set.rows.flatMap(({ row }) => (row === kept.row ? [] : [row]));
    void make({ kind: "delete_rows", rows, range: null });
  };
  return (
    <section className={classes.set}>
      <h3>
        <CellText text={set.text} />
      </h3>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls sideways, which the keyboard must reach */}
      <div className={classes.scroll} tabIndex={0} role="group" aria-label={set.text}>
        <table className={classes.compare}>
          <thead>
            <tr>
              <td />
              {set.rows.map((row) => (
                <th key={row.row} scope="col">
                  <RowName row={row} />
                  {settings.allow_removing_rows && (
                    <Button variant="default" size="compact-xs" aria-disabled={busy} onClick={() => keep(row)}>
                      <Trans>Keep only this</Trans>
                    </Button>
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {columns.map(({ id, label }, index) => (
              <tr key={id} data-differs={set.differs.has(index) || undefined}>
                <th scope="row">{label}</th>
                {set.rows.map((row) => (
                  <td key={row.row}>
                    <CellText text={row.cells[index] ?? null} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function RowName({ row: { number } }: { row: GridRow }) {
  return number === null ? <Trans>Added row</Trans> : <Trans>Row {number}</Trans>;
}
