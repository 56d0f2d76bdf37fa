import { Trans, useLingui } from "@lingui/react/macro";
import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useDocument, useStudio } from "../context";
import { objectOf, textOf } from "../form/field";
import { Keys } from "../form/Group";
import { type Place, useProblemAt } from "../form/place";
import { type Key, keysOf } from "../form/shape";
import classes from "./Fields.module.css";

/** The name of the schema and all settings. */
export function SettingsTab() {
  const { t } = useLingui();
  const { description, document } = useStudio();
  const { value, problem } = useDocument();
  const [search, setSearch] = useState("");
  const nameProblem = useProblemAt(["name"]);
  const settings = objectOf(value.settings);
  const place: Place = { path: ["settings"], put: (rest, next) => document.put(["settings", ...rest], next) };
  const keys = keysOf(description.settings).map(needed);
  const found = keys.filter((key) => matches(key, search.trim().toLowerCase()));
  // What does nothing is shown only where somebody has set it.
  const useful = found.filter((key) => !key.withoutEffect || settings[key.name] !== undefined);
  return (
    <fieldset className={classes.all} disabled={problem !== null}>
      <TextInput
        className={classes.typeChoice ?? ""}
        label={t`Name of the schema`}
        error={nameProblem}
        withAsterisk
        aria-required
        value={textOf(value.name)}
        onChange={(event) => document.put(["name"], event.currentTarget.value)}
      />
      <section className={classes.section} aria-labelledby="all-settings">
        <h2 id="all-settings">
          <Trans>Settings</Trans>
        </h2>
        <TextInput
          className={classes.typeChoice ?? ""}
          type="search"
          aria-label={t`Search the settings`}
          placeholder={t`Search the settings`}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        {useful.length === 0 && (
          <p role="status">
            <Trans>No setting fits “{search}”.</Trans>
          </p>
        )}
        <Keys keys={inOrder(useful)} value={settings} place={place} />
      </section>
    </fieldset>
  );
}

/** A saved schema cannot be without its identifier, which one that is sent along with an import can. */
const needed = (key: Key): Key => (key.name === "importIdentifier" ? { ...key, required: true } : key);

function matches({ name, label, help, shape }: Key, wanted: string): boolean {
  if (`${name} ${label} ${help}`.toLowerCase().includes(wanted)) return true;
  return shape.kind === "group" && shape.keys.some((key) => matches(key, wanted));
}

/** Groups come last, each with a line of its own. */
function inOrder(keys: readonly Key[]): Key[] {
  const folded = new Set(["group", "rows", "styles"]);
  const rank = ({ shape: { kind } }: Key) => (folded.has(kind) ? 2 : kind === "flag" ? 1 : kind === "json" ? 1.5 : 0);
  return [...keys].sort((one, other) => rank(one) - rank(other));
}
