import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button, SegmentedControl, Select } from "@mantine/core";
import { useGridView } from "../../state/grid-view";
import { useGrid, useReview } from "../../state/hooks";
import { useStore } from "../../state/store";
import type { Summary, View } from "../../api/types";
import { AddDeleteRows } from "./AddDeleteRows";
import classes from "./panels.module.css";
import { RowSearch } from "./RowSearch";
import { isPart } from "./tools/RowsChoice";
import { useFormat } from "./useFormat";

type Only = NonNullable<View["only"]>;

/** Which rows the grid shows, and how many these are. */
export function RowsToolbar({ narrow }: { narrow: boolean }) {
  const { t } = useLingui();
  const grid = useGridView();
  const view = useStore(grid.view);
  const { data } = useGrid();
  const choices = useChoices(data?.summary, view.only ?? "all");
  const choose = (only: string | null) => grid.show({ ...view, only: (only ?? "all") as Only, group: null });
  const value = view.group ? "" : (view.only ?? "all");
  return (
    <div className={classes.rows} role="toolbar" aria-label={t`Rows`}>
      {narrow ? (
        <Select
          size="xs"
          aria-label={t`Show`}
          allowDeselect={false}
          data={choices}
          value={value || null}
          placeholder={t`One cause`}
          onChange={choose}
        />
      ) : (
        <SegmentedControl size="xs" aria-label={t`Show`} data={choices} value={value} onChange={choose} />
      )}
      <RowSearch />
      <Shown />
      <AddDeleteRows />
    </div>
  );
}

/** Only what there is can be chosen, so that nobody looks into an empty list. */
function useChoices(summary: Summary | undefined, shown: Only): { value: Only; label: string }[] {
  const { t } = useLingui();
  const format = useFormat();
  const { settings } = useReview();
  if (!summary) return [{ value: "all", label: t`All` }];
  const all = format(summary.rows);
  const failing = format(summary.rows_with_errors);
  const choices: [only: Only, label: string, there: boolean][] = [
    ["all", t`All ${all}`, true],
    ["errors", t`With errors ${failing}`, summary.rows_with_errors > 0],
    ["warnings", t`With warnings`, summary.warning_cells > 0],
    ["infos", t`With notes`, summary.info_cells > 0],
    ["autofixed", t`Fixed automatically`, settings.highlight_auto_fixes],
    ["changed", t`Changed`, summary.changed_cells > 0],
    ["added", t`Added`, summary.added_rows > 0],
  ];
  return choices.filter(([only, , there]) => there || only === shown).map(([value, label]) => ({ value, label }));
}

/** How many rows are shown and what narrows them, with the way back. */
function Shown() {
  const grid = useGridView();
  const view = useStore(grid.view);
  const total = useStore(grid.total);
  const { data } = useGrid();
  const narrowed = Boolean(view.group) || Boolean(view.search) || Boolean(view.filters?.length);
  if (!isPart(view)) return null;
  const group = view.group && data?.groups.find(({ id }) => id === view.group);
  const cause = group && group.label;
  return (
    <>
      <span className={classes.shown} role="status">
        {cause && (
          <>
            <Trans>One cause in “{cause}”</Trans>
            {" · "}
          </>
        )}
        {view.group && data && !cause && (
          <>
            <Trans>This cause is settled.</Trans>{" "}
          </>
        )}
        {total !== null && <Plural value={total} one="# row" other="# rows" />}
      </span>
      {narrowed && (
        <Button
          variant="default"
          size="xs"
          onClick={() =>
            grid.show({ only: view.only ?? "all", group: null, search: null, filters: [], sort: view.sort ?? [] })
          }
        >
          <Trans>Show all again</Trans>
        </Button>
      )}
    </>
  );
}
