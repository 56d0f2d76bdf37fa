import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Group, Popover, SegmentedControl, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { flushSync } from "react-dom";
import { useStore } from "../../state/store";
import { type ColumnState, type PlacedColumn, toggleHidden, togglePinned } from "./columns";
import type { ColumnFilter, GridController } from "./controller";
import { ValueFilter } from "./ValueFilter";

interface Props {
  placed: PlacedColumn;
  /** The header that the menu belongs to. */
  anchor: HTMLElement;
  grid: GridController;
}

/** Everything that can be done with a column: sort, filter, pin, hide. */
export default function ColumnMenu({ placed, anchor, grid }: Props) {
  const { t } = useLingui();
  const { id, label } = placed.column;
  const { model } = grid;
  const close = () => grid.columnMenu.set(null);
  const finish = () => {
    close();
    grid.core?.focus();
  };
  const arrange = (change: (state: ColumnState) => ColumnState) => {
    // The header that gets the focus may be another element afterwards.
    flushSync(() => model.arrange(change));
    finish();
  };
  const sort = (descending: boolean | null) => {
    grid.sort(id, descending);
    finish();
  };
  const { left, bottom, width } = anchor.getBoundingClientRect();
  return (
    <Popover
      opened
      trapFocus
      withinPortal
      withRoles={false}
      position="bottom-start"
      width={320}
      onDismiss={finish}
      shadow="md"
    >
      <Popover.Target>
        <span style={{ position: "fixed", left, top: bottom, width, height: 0 }} />
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={t`Column ${label}`}>
        <Stack gap="sm">
          <Group gap="xs" grow>
            <Button size="xs" variant="default" onClick={() => sort(false)}>
              <Trans>Sort ↑</Trans>
            </Button>
            <Button size="xs" variant="default" onClick={() => sort(true)}>
              <Trans>Sort ↓</Trans>
            </Button>
            <Button size="xs" variant="default" onClick={() => sort(null)}>
              <Trans>Not sorted</Trans>
            </Button>
          </Group>
          <FilterForm id={id} grid={grid} finish={finish} />
          <Group gap="xs" grow>
            <Button size="xs" variant="default" onClick={() => arrange((state) => togglePinned(state, id))}>
              {placed.pinned ? <Trans>Unpin</Trans> : <Trans>Pin at the start</Trans>}
            </Button>
            <Button
              size="xs"
              variant="default"
              disabled={model.layout.get().columns.length < 2}
              onClick={() => arrange((state) => toggleHidden(state, id))}
            >
              <Trans>Hide</Trans>
            </Button>
          </Group>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function FilterForm({ id, grid, finish }: { id: string; grid: GridController; finish: () => void }) {
  const { t } = useLingui();
  const view = useStore(grid.view.view);
  const known = view.filters?.find(({ column }) => column === id);
  const [contains, setContains] = useState(known?.contains ?? "");
  const [empty, setEmpty] = useState(emptiness(known));
  const [values, setValues] = useState<readonly (string | null)[]>(known?.values ?? []);
  const apply = () => {
    const filter = {
      ...(contains ? { contains } : {}),
      ...(empty === "any" ? {} : { empty: empty === "empty" }),
      ...(values.length ? { values: [...values] } : {}),
    };
    grid.filter(id, Object.keys(filter).length ? filter : null);
    finish();
  };
  const clear = () => {
    grid.filter(id, null);
    finish();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <Stack gap="xs">
        <TextInput
          size="xs"
          label={t`Has the text`}
          value={contains}
          maxLength={1000}
          data-autofocus
          onChange={(event) => setContains(event.currentTarget.value)}
        />
        <SegmentedControl
          size="xs"
          fullWidth
          aria-label={t`Empty cells`}
          value={empty}
          onChange={setEmpty}
          data={[
            { value: "any", label: t`All` },
            { value: "filled", label: t`Filled` },
            { value: "empty", label: t`Empty` },
          ]}
        />
        <ValueFilter id={id} grid={grid} values={values} setValues={setValues} />
        <Group gap="xs" grow>
          <Button size="xs" type="submit">
            <Trans>Filter</Trans>
          </Button>
          <Button size="xs" variant="default" disabled={!known} onClick={clear}>
            <Trans>No filter</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

const emptiness = (filter: ColumnFilter | undefined): string =>
  filter?.empty === null || filter?.empty === undefined ? "any" : filter.empty ? "empty" : "filled";
