import { Plural, Trans } from "@lingui/react/macro";
import { useNavigate } from "@tanstack/react-router";
import { use } from "react";
import { useDocument, useStudio } from "../context";
import { pathOf } from "../document/text";
import { fieldsOf, textOf } from "../form/field";
import { ProblemsContext } from "../form/place";
import classes from "./Editor.module.css";
import { useSelected } from "./selection";
import type { Tab } from "./tabs";

/** More than that would push the editor off the screen; they come as the first are mended. */
const SHOWN = 20;

/** What keeps the schema from being saved; each leads to its place. */
export function ProblemList() {
  const problems = Object.entries(use(ProblemsContext));
  const { problem } = useDocument();
  if (problem !== null || problems.length === 0) return null;
  return (
    <details className={classes.problems}>
      <summary>
        <Plural
          value={problems.length}
          one="# problem keeps it from being saved"
          other="# problems keep it from being saved"
        />
      </summary>
      <ul>
        {problems.slice(0, SHOWN).map(([path, texts]) => (
          <li key={path}>
            <ProblemLink path={path} /> {texts.join(" ")}
          </li>
        ))}
      </ul>
      {problems.length > SHOWN && <Trans>And more.</Trans>}
    </details>
  );
}

function ProblemLink({ path }: { path: string }) {
  const { id } = useStudio();
  const { value } = useDocument();
  const { select } = useSelected();
  const navigate = useNavigate({ from: id === null ? "/schemas/new" : "/schemas/$schemaId" });
  const [part, position] = pathOf(path);
  const field = part === "fields" && typeof position === "number" ? position : null;
  const tab: Tab = part === "fields" ? "fields" : part === "hooks" ? "hooks" : "settings";
  const go = async () => {
    if (field !== null) select(field);
    await navigate({ to: ".", search: tab === "fields" ? {} : { tab } });
  };
  const label = field === null ? path : textOf(fieldsOf(value)[field]?.label) || path;
  return (
    <button type="button" className={classes.link} title={path} onClick={() => void go()}>
      {label}
    </button>
  );
}
