import { useLingui } from "@lingui/react/macro";
import { useDocumentTitle } from "@mantine/hooks";
import { useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useState, type ComponentType } from "react";
import { Loading } from "../../dashboard/parts/Loading";
import { useUnsaved } from "../../dashboard/parts/unsaved";
import { Store, useStore } from "../../state/store";
import type { Description, Sample } from "../api/types";
import { StudioContext } from "../context";
import type { SchemaDocument } from "../document/document";
import { textOf } from "../form/field";
import { ProblemsContext } from "../form/place";
import { useChecks } from "./checks";
import classes from "./Editor.module.css";
import { EditorBar } from "./EditorBar";
import { Restored } from "./Restored";
import { SelectionContext, useSelection } from "./selection";
import type { Tab } from "./tabs";
import { Unreadable } from "./Unreadable";

const TAB: Readonly<Record<Tab, ComponentType>> = {
  fields: lazy(() => import("./FieldsTab").then(({ FieldsTab }) => ({ default: FieldsTab }))),
  settings: lazy(() => import("./SettingsTab").then(({ SettingsTab }) => ({ default: SettingsTab }))),
  hooks: lazy(() => import("../hooks/HooksTab").then(({ HooksTab }) => ({ default: HooksTab }))),
  json: lazy(() => import("./JsonTab").then(({ JsonTab }) => ({ default: JsonTab }))),
  try: lazy(() => import("../trials/TryTab").then(({ TryTab }) => ({ default: TryTab }))),
  backtest: lazy(() => import("../backtest/BacktestTab").then(({ BacktestTab }) => ({ default: BacktestTab }))),
  retention: lazy(() => import("../retention/RetentionTab").then(({ RetentionTab }) => ({ default: RetentionTab }))),
  history: lazy(() => import("../versions/HistoryTab").then(({ HistoryTab }) => ({ default: HistoryTab }))),
};

/** Tabs that show what the schema said last; while the JSON cannot be read they say so. */
const FORMS: ReadonlySet<Tab> = new Set(["fields", "settings", "hooks"]);

interface Props {
  id: string | null;
  document: SchemaDocument;
  description: Description;
  /** Gives up a schema that was never saved. */
  onDrop?: () => void;
}

/** One schema, by form and as JSON, with everything that can be tried before it is saved. */
export function Editor({ id, document, description, onDrop }: Props) {
  const { t } = useLingui();
  const { tab = "fields" } = useSearch({ strict: false });
  const state = useStore(document.state);
  const checks = useChecks(document);
  const selection = useSelection();
  const [studio] = useState(() => ({ id, document, description, sample: new Store<Sample | null>(null) }));
  const name = textOf(state.value.name) || t`New schema`;
  useDocumentTitle(`${name} · headgate`);
  useUnsaved(() => document.dirty, "kept");
  const Shown = TAB[tab];
  return (
    <StudioContext value={studio}>
      <ProblemsContext value={checks.problems}>
        <SelectionContext value={selection}>
          <div className={classes.editor}>
            <EditorBar name={name} tab={tab} onDrop={onDrop} />
            <Restored />
            {FORMS.has(tab) && <Unreadable />}
            <div className={classes.content} data-tab={tab}>
              <Suspense fallback={<Loading />}>
                <Shown />
              </Suspense>
            </div>
          </div>
        </SelectionContext>
      </ProblemsContext>
    </StudioContext>
  );
}
