import { useLingui } from "@lingui/react/macro";
import { Drawer } from "@mantine/core";
import { useStore } from "../../state/store";
import { FinishDialog } from "./finish/FinishDialog";
import { usePanels } from "./panels-state";
import { Side } from "./Side";
import { ToolDrawer } from "./tools/ToolDrawer";

/** What opens over the step. */
export function Overlays({ narrow }: { narrow: boolean }) {
  return (
    <>
      <ToolDrawer />
      <FinishDialog />
      {narrow && <Sheet />}
    </>
  );
}

/** Causes and cell where there is no room beside the grid. */
function Sheet() {
  const { t } = useLingui();
  const { sheet } = usePanels();
  return (
    <Drawer
      opened={useStore(sheet)}
      onClose={() => sheet.set(false)}
      position="bottom"
      size="80%"
      title={t`What needs a look`}
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      <Side />
    </Drawer>
  );
}
