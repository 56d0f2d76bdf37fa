import type { CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { javascript } from "@codemirror/lang-javascript";
import type { Diagnostic } from "@codemirror/lint";
import { lineNumbers } from "@codemirror/view";
import { useMemo, useState } from "react";
import { CodeEditor } from "../../editor/CodeEditor";
import type { HookAnswer } from "../api/types";
import { offsetOf } from "./offset";

interface Props {
  source: string;
  label: string;
  /** Why the last run of this source failed. */
  error: HookAnswer["error"];
  /** Keys of the fields, to choose from while typing. */
  keys: readonly string[];
  readOnly: boolean;
  onChange: (source: string) => void;
}

/** The source of a hook, with the error of the last run at its line. */
export function HookEditor({ source, label, error, keys, readOnly, onChange }: Props) {
  const [extensions] = useState(() => [javascript(), lineNumbers()]);
  const problems = useMemo(() => (error ? [diagnosticOf(source, error)] : []), [source, error]);
  return (
    <CodeEditor
      value={source}
      label={label}
      describedBy="hook-problem"
      invalid={error !== null}
      readOnly={readOnly}
      extensions={extensions}
      complete={(context) => completeKeys(context, keys)}
      problems={problems}
      onChange={onChange}
    />
  );
}

function diagnosticOf(source: string, { line, column, message }: NonNullable<HookAnswer["error"]>): Diagnostic {
  const from = offsetOf(source, line ?? 1, column ?? 1);
  const end = source.indexOf("\n", from);
  return { from, to: line === null ? source.length : end < 0 ? source.length : end, severity: "error", message };
}

const NAME = /^[A-Za-z_$][\w$]*$/;

/** The keys of the fields behind `row.`. */
function completeKeys(context: CompletionContext, keys: readonly string[]): CompletionResult | null {
  const member = context.matchBefore(/\brow\.[\w$]*/);
  if (!member) return null;
  return {
    from: member.from + "row.".length,
    validFor: /^[\w$]*$/,
    options: keys.filter((key) => NAME.test(key)).map((label) => ({ label, type: "property" })),
  };
}
