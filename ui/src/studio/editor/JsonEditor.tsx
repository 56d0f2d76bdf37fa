import { foldGutter } from "@codemirror/language";
import { json } from "@codemirror/lang-json";
import type { Diagnostic } from "@codemirror/lint";
import { EditorView, lineNumbers } from "@codemirror/view";
import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { use, useEffect, useMemo, useRef, useState } from "react";
import { CodeEditor } from "../../editor/CodeEditor";
import { useDocument, useStudio } from "../context";
import { laidOut, pathOf, placeOf, type Unreadable } from "../document/text";
import { type Problems, ProblemsContext } from "../form/place";
import classes from "./Json.module.css";
import { JsonLanguage } from "./jsonLanguage";

/** Milliseconds without a change after which the text is looked at. */
const PAUSE = 200;

/** The text of the schema, with what is wrong at its place. */
export function JsonEditor({ describedBy }: { describedBy: string }) {
  const { t } = useLingui();
  const { document, description } = useStudio();
  const { text, problem } = useDocument();
  const [language] = useState(() => new JsonLanguage(description.jsonSchema));
  const [extensions] = useState(() => [json(), lineNumbers(), foldGutter()]);
  const view = useRef<EditorView>(null);
  const problems = useProblems(language);
  const [first] = problems;
  const message = first?.message;
  const line = first ? text.slice(0, first.from).split("\n").length : 0;
  const go = () => {
    const editor = view.current;
    if (!first || !editor) return;
    const at = Math.min(first.from, editor.state.doc.length);
    editor.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }) });
    editor.focus();
  };
  return (
    <>
      <CodeEditor
        value={text}
        label={t`The schema as JSON`}
        describedBy={describedBy}
        invalid={problems.length > 0}
        extensions={extensions}
        complete={(context) => language.complete(context)}
        problems={problems}
        onChange={(typed) => document.typed(typed)}
        onView={(editor) => {
          view.current = editor;
        }}
      />
      <div className={classes.below}>
        <p className={classes.problem} id="json-problem" role="status">
          {first && (
            <Trans>
              Line {line}: {message}
            </Trans>
          )}
        </p>
        {first && (
          <Button size="xs" variant="default" onClick={go}>
            <Trans>Go there</Trans>
          </Button>
        )}
        <Button size="xs" variant="subtle" disabled={problem !== null} onClick={() => document.edit(laidOut)}>
          <Trans>Lay out anew</Trans>
        </Button>
      </div>
    </>
  );
}

/** What is wrong: at once what our JSON Schema says, then what the service says, which knows all rules. */
function useProblems(language: JsonLanguage): readonly Diagnostic[] {
  const { t } = useLingui();
  const { text, problem } = useDocument();
  const checked = use(ProblemsContext);
  const [known, setKnown] = useState<{ of: string; found: Diagnostic[] }>({ of: "", found: [] });
  useEffect(() => {
    let current = true;
    const timer = setTimeout(
      () => void language.problems(text).then((found) => current && setKnown({ of: text, found })),
      PAUSE,
    );
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [language, text]);
  return useMemo(() => {
    const local = known.of === text ? known.found : [];
    if (problem) return local.length ? local : [unreadable(problem, t`This is no JSON that can be read.`)];
    const said = fromService(text, checked);
    return said.length ? said : local;
  }, [problem, known, checked, text, t]);
}

const unreadable = ({ offset, length }: Unreadable, message: string): Diagnostic => ({
  from: offset,
  to: offset + length,
  severity: "error",
  message,
});

/** The service's problems where they stand in the text, in its order. */
function fromService(text: string, problems: Problems): Diagnostic[] {
  return Object.entries(problems)
    .map(([path, texts]): Diagnostic => {
      const { from, to } = placeOf(text, pathOf(path)) ?? { from: 0, to: 0 };
      return { from, to, severity: "error", message: texts.join(" ") };
    })
    .sort((one, other) => one.from - other.from);
}
