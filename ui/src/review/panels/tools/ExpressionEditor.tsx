import { javascript } from "@codemirror/lang-javascript";
import { useState } from "react";
import type { FieldInfo } from "../../../api/types";
import { CodeEditor } from "../../../editor/CodeEditor";
import { completeFields } from "./completion";

interface Props {
  value: string;
  label: string;
  fields: readonly FieldInfo[];
  /** Id of what describes it or says what is wrong with it. */
  describedBy: string;
  invalid: boolean;
  onChange: (value: string) => void;
}

/** An editor of JavaScript that knows the fields of the schema. */
export function ExpressionEditor({ fields, ...rest }: Props) {
  const [language] = useState(javascript);
  return <CodeEditor {...rest} extensions={language} complete={(context) => completeFields(context, fields)} />;
}
