import { Trans } from "@lingui/react/macro";
import { Button, Menu } from "@mantine/core";
import { useGrid, useReview } from "../../state/hooks";
import classes from "./panels.module.css";
import { type Tool, usePanels } from "./panels-state";
import { RowsNeedingLook } from "./RowsNeedingLook";
import { useToolNames } from "./tools/ToolDrawer";
import { UndoRedo } from "./UndoRedo";

/** What is left to do, and the tools for it. */
export function Bar({ narrow }: { narrow: boolean }) {
  const { settings } = useReview();
  const { data } = useGrid();
  const panels = usePanels();
  const names = useToolNames();
  const tools: Tool[] = settings.transformations
    ? ["replace", "transform", "excel", "history"]
    : ["replace", "excel", "history"];
  const causes = data?.groups.length ?? 0;
  return (
    <div className={classes.bar}>
      <RowsNeedingLook />
      <div className={classes.tools}>
        {narrow && (
          <Button variant="default" aria-haspopup="dialog" onClick={() => panels.sheet.set(true)}>
            <Trans>Causes ({causes})</Trans>
          </Button>
        )}
        {narrow ? (
          <Menu>
            <Menu.Target>
              <Button variant="default">
                <Trans>Tools</Trans>
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {tools.map((tool) => (
                <Menu.Item key={tool} onClick={() => panels.tool.set(tool)}>
                  {names[tool]}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        ) : (
          tools.map((tool) => (
            <Button key={tool} variant="default" aria-haspopup="dialog" onClick={() => panels.tool.set(tool)}>
              {names[tool]}
            </Button>
          ))
        )}
        <UndoRedo />
      </div>
    </div>
  );
}
