import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Menu } from "@mantine/core";
import { useStore } from "../../state/store";
import type { GridChanges } from "./changes";
import type { GridClipboard } from "./clipboard";
import type { GridController, MenuPoint } from "./controller";
import type { GridEditors } from "./editors";

interface Props {
  grid: GridController;
  changes: GridChanges;
  clipboard: GridClipboard;
  editors: GridEditors;
  point: MenuPoint;
}

/** What can be done with the selected cells and rows. */
export default function GridMenu({ grid, changes, clipboard, editors, point }: Props) {
  const { t } = useLingui();
  const selection = useStore(grid.model.selection);
  const { area } = grid.model;
  const rows = area ? area.bottom - area.top + 1 : 0;
  const close = () => {
    grid.menu.set(null);
    grid.core?.focus();
  };
  const act = (run: () => unknown) => () => {
    close();
    run();
  };
  return (
    <Menu
      opened
      onClose={close}
      position="bottom-start"
      trapFocus
      returnFocus={false}
      withInitialFocusPlaceholder={false}
      shadow="md"
    >
      <Menu.Target>
        <button
          type="button"
          className="hg-hidden"
          tabIndex={-1}
          aria-label={t`Cells`}
          style={{ position: "fixed", left: point.x, top: point.y }}
        />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item data-autofocus rightSection="F2" onClick={act(() => editors.open(false))}>
          <Trans>Edit</Trans>
        </Menu.Item>
        <Menu.Item rightSection="Ctrl+C" onClick={act(() => clipboard.copySelection())}>
          <Trans>Copy</Trans>
        </Menu.Item>
        <Menu.Item rightSection="Del" onClick={act(() => changes.clear())}>
          <Trans>Clear</Trans>
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item rightSection="Ctrl+D" onClick={act(() => changes.fill("down"))}>
          <Trans>Fill down</Trans>
        </Menu.Item>
        <Menu.Item rightSection="Ctrl+R" onClick={act(() => changes.fill("right"))}>
          <Trans>Fill to the side</Trans>
        </Menu.Item>
        {(grid.settings.addRows || grid.settings.deleteRows) && <Menu.Divider />}
        {grid.settings.addRows && (
          <>
            <Menu.Item onClick={act(() => changes.addRow(selection.head.row))}>
              <Trans>Add a row below</Trans>
            </Menu.Item>
            <Menu.Item onClick={act(() => changes.addRow(null))}>
              <Trans>Add a row at the end</Trans>
            </Menu.Item>
          </>
        )}
        {grid.settings.deleteRows && (
          <Menu.Item color="var(--hg-error)" onClick={act(() => changes.deleteRows())}>
            <Plural value={rows} one="Delete the row" other="Delete # rows" />
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
