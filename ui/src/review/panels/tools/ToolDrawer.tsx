import { useLingui } from "@lingui/react/macro";
import { Drawer } from "@mantine/core";
import { lazy, Suspense } from "react";
import { useStore } from "../../../state/store";
import { type Tool, usePanels } from "../panels-state";

// None of them is needed to begin, and one brings an editor of code along.
const FindReplace = lazy(() => import("./FindReplace").then(({ FindReplace }) => ({ default: FindReplace })));
const TransformRows = lazy(() => import("./TransformRows").then(({ TransformRows }) => ({ default: TransformRows })));
const Excel = lazy(() => import("./Excel").then(({ Excel }) => ({ default: Excel })));
const History = lazy(() => import("./History").then(({ History }) => ({ default: History })));

const TOOLS: Readonly<Record<Tool, React.ReactNode>> = {
  replace: <FindReplace />,
  transform: <TransformRows />,
  excel: <Excel />,
  history: <History />,
};

export function useToolNames(): Readonly<Record<Tool, string>> {
  const { t } = useLingui();
  return { replace: t`Find and replace`, transform: t`Transform`, excel: t`Excel`, history: t`History` };
}

/** The open tool, beside the grid. Closed, the focus goes back to what opened it. */
export function ToolDrawer() {
  const { t } = useLingui();
  const panels = usePanels();
  const tool = useStore(panels.tool);
  const names = useToolNames();
  return (
    <Drawer
      opened={tool !== null}
      onClose={() => panels.tool.set(null)}
      position="right"
      size={tool === "transform" ? 560 : 440}
      title={tool && names[tool]}
      overlayProps={{ backgroundOpacity: 0.15 }}
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      <Suspense fallback={<p>{t`Loading…`}</p>}>{tool && TOOLS[tool]}</Suspense>
    </Drawer>
  );
}
