import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Menu } from "@mantine/core";
import { useStore } from "../../state/store";
import { toggleHidden } from "./columns";
import classes from "./Header.module.css";
import type { GridModel } from "./model";

/** How many columns are hidden, and the way to have them back. */
export function HiddenColumns({ model }: { model: GridModel }) {
  const { t } = useLingui();
  const { hidden } = useStore(model.columnState);
  // Laid out anew whenever the columns are others.
  useStore(model.layout);
  const columns = model.columns.filter(({ id }) => hidden.includes(id));
  const count = columns.length;
  if (!count)
    return (
      <span className="hg-hidden">
        <Trans>Row</Trans>
      </span>
    );
  return (
    <Menu position="bottom-start" withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <button type="button" className={classes.hiddenColumns} aria-label={t`Hidden columns: ${count}`}>
          +{count}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Plural value={count} one="# hidden column" other="# hidden columns" />
        </Menu.Label>
        {columns.map(({ id, label }) => (
          <Menu.Item key={id} onClick={() => model.arrange((state) => toggleHidden(state, id))}>
            <Trans>Show {label}</Trans>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
