import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { ActionIcon, Button } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { Link } from "@tanstack/react-router";
import { type ReactNode, use } from "react";
import { Trouble } from "../../dashboard/parts/Trouble";
import { useDocument, useStudio } from "../context";
import { countBelow, ProblemsContext } from "../form/place";
import { RedoIcon, UndoIcon } from "../parts/icons";
import { ConflictDialog } from "../versions/ConflictDialog";
import classes from "./Editor.module.css";
import { ProblemList } from "./ProblemList";
import { type Tab, TABS } from "./tabs";
import { useSaving } from "./useSaving";

interface Props {
  name: string;
  tab: Tab;
  /** Gives up a schema that was never saved. */
  onDrop?: (() => void) | undefined;
}

/** What is always in reach: which schema this is, whether it is saved, undo, and the way to save. */
export function EditorBar({ name, tab, onDrop }: Props) {
  const { id, document } = useStudio();
  const saving = useSaving();
  useHotkeys([["mod+S", () => void saving.save()]], []);
  useHotkeys([
    ["mod+Z", () => document.undo()],
    ["mod+shift+Z", () => document.redo()],
    ["mod+Y", () => document.redo()],
  ]);
  return (
    <header className={classes.bar}>
      <nav className={classes.back}>
        <Link to="/schemas">
          <Trans>Schemas</Trans>
        </Link>
      </nav>
      <div className={classes.head}>
        <h1 className={classes.title}>{name}</h1>
        <SavedState busy={saving.busy} />
        <Actions busy={saving.busy} onSave={() => void saving.save()} onDrop={onDrop} />
      </div>
      <Trouble error={saving.conflict ? null : saving.error} />
      {id !== null && <ConflictDialog id={id} saving={saving} />}
      <Tabs current={tab} />
      <ProblemList />
    </header>
  );
}

function SavedState({ busy }: { busy: boolean }) {
  const { text, saved } = useDocument();
  return (
    <span className={classes.state} role="status">
      {busy ? <Trans>Saving…</Trans> : text === saved ? <Trans>Saved</Trans> : <Trans>Not saved yet</Trans>}
    </span>
  );
}

function Actions({ busy, onSave, onDrop }: { busy: boolean; onSave: () => void; onDrop: Props["onDrop"] }) {
  const { t } = useLingui();
  const { id, document } = useStudio();
  const { problem, canUndo, canRedo, saved, text } = useDocument();
  const dirty = text !== saved;
  return (
    <div className={classes.actions}>
      <ActionIcon variant="default" size={36} aria-label={t`Undo`} disabled={!canUndo} onClick={() => document.undo()}>
        <UndoIcon />
      </ActionIcon>
      <ActionIcon variant="default" size={36} aria-label={t`Redo`} disabled={!canRedo} onClick={() => document.redo()}>
        <RedoIcon />
      </ActionIcon>
      {onDrop ? (
        <Button variant="default" onClick={onDrop}>
          <Trans>Start again</Trans>
        </Button>
      ) : (
        <Button variant="default" disabled={!dirty} onClick={() => document.discard()}>
          <Trans>Discard changes</Trans>
        </Button>
      )}
      <Button disabled={!dirty || problem !== null} aria-disabled={busy} onClick={onSave}>
        {id === null ? <Trans>Create the schema</Trans> : <Trans>Save</Trans>}
      </Button>
    </div>
  );
}

/** Where the problems of each part stand in the schema. */
const PLACES: Partial<Record<Tab, readonly string[]>> = {
  fields: ["fields"],
  settings: ["name", "settings"],
  hooks: ["hooks"],
};

/** Only of schemas that were saved. */
const LATER: ReadonlySet<Tab> = new Set(["backtest", "retention", "history"]);

function Tabs({ current }: { current: Tab }) {
  const { t } = useLingui();
  const { id } = useStudio();
  const problems = use(ProblemsContext);
  const names: Record<Tab, ReactNode> = {
    fields: <Trans>Fields</Trans>,
    settings: <Trans>Settings</Trans>,
    hooks: <Trans>Hooks</Trans>,
    json: <Trans>JSON</Trans>,
    try: <Trans>Try it</Trans>,
    backtest: <Trans>Back-test</Trans>,
    retention: <Trans>Retention</Trans>,
    history: <Trans>History</Trans>,
  };
  return (
    <nav aria-label={t`Parts of the schema`}>
      <ul className={classes.tabs}>
        {TABS.filter((tab) => id !== null || !LATER.has(tab)).map((tab) => {
          const count = (PLACES[tab] ?? []).reduce((sum, place) => sum + countBelow(problems, [place]), 0);
          return (
            <li key={tab}>
              <Link
                from={id === null ? "/schemas/new" : "/schemas/$schemaId"}
                to="."
                search={tab === "fields" ? {} : { tab }}
                className={classes.tab}
                // By itself a link is current for every address below its own; the first tab's is below all.
                activeOptions={{ exact: true, includeSearch: true }}
                aria-current={tab === current ? "page" : undefined}
              >
                {names[tab]}
                {count > 0 && (
                  <span className={classes.count}>
                    {count}
                    <span className="hg-hidden">
                      <Plural value={count} one="problem" other="problems" />
                    </span>
                  </span>
                )}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
