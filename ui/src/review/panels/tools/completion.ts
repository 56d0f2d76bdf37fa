import type { CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import type { FieldInfo } from "../../../api/types";

const NAME = /^[A-Za-z_$][\w$]*$/;

/** What may stand behind `row.` and `text.`, and the names that an expression sees (docs/review-api.md). */
export function completeFields(context: CompletionContext, fields: readonly FieldInfo[]): CompletionResult | null {
  const member = context.matchBefore(/\b(row|text)\.[\w$]*/);
  if (member) {
    const from = member.from + member.text.indexOf(".") + 1;
    return {
      from,
      validFor: /^[\w$]*$/,
      options: fields
        .filter(({ key }) => NAME.test(key))
        .map(({ key, label, type }) => ({ label: key, detail: label, info: type, type: "property" })),
    };
  }
  const word = context.matchBefore(/[A-Za-z_$][\w$]*/);
  if (!word && !context.explicit) return null;
  return {
    from: word?.from ?? context.pos,
    validFor: /^[\w$]*$/,
    options: ["row", "text", "index", "fields", "return"].map((label) => ({ label, type: "variable" })),
  };
}

const TEXTUAL = new Set(["string", "email", "company"]);

/** An expression that would run on this schema: a text field in capitals. */
export function exampleOf(fields: readonly FieldInfo[]): string {
  const editable = fields.filter(({ read_only, hidden }) => !read_only && !hidden);
  const key = (editable.find(({ type }) => TEXTUAL.has(type)) ?? editable[0])?.key ?? "name";
  const name = NAME.test(key) ? key : JSON.stringify(key);
  const text = NAME.test(key) ? `text.${key}` : `text[${name}]`;
  return `({ ${name}: ${text}?.toUpperCase() })`;
}
