import { type Completion, type CompletionContext, type CompletionResult, snippet } from "@codemirror/autocomplete";
import type { Diagnostic } from "@codemirror/lint";
import {
  type CompletionItem,
  getLanguageService,
  InsertTextFormat,
  type JSONSchema,
  TextDocument,
} from "vscode-json-languageservice";
import type { Form } from "../form/shape";

const NAME = "inmemory://schema.json";

/** What our JSON Schema knows of a text: what is wrong with it, and what may be written at a place. */
export class JsonLanguage {
  readonly #service = getLanguageService({});

  constructor(schema: Form) {
    const known = { uri: "inmemory://headgate.json", fileMatch: ["*"], schema: schema as JSONSchema };
    this.#service.configure({ validate: true, allowComments: false, schemas: [known] });
  }

  async problems(text: string): Promise<Diagnostic[]> {
    const document = TextDocument.create(NAME, "json", 0, text);
    const parsed = this.#service.parseJSONDocument(document);
    const found = await this.#service.doValidation(document, parsed, { schemaValidation: "error" });
    return found.map(({ range, message }) => ({
      from: document.offsetAt(range.start),
      to: document.offsetAt(range.end),
      severity: "error",
      message: typeof message === "string" ? message : message.value,
    }));
  }

  async complete(context: CompletionContext): Promise<CompletionResult | null> {
    const word = context.matchBefore(/"?[\w$-]*/);
    if (!context.explicit && (!word || word.from === word.to)) return null;
    const document = TextDocument.create(NAME, "json", 0, context.state.doc.toString());
    const parsed = this.#service.parseJSONDocument(document);
    const list = await this.#service.doComplete(document, document.positionAt(context.pos), parsed);
    if (!list?.items.length) return null;
    return { from: fromOf(document, list.items) ?? word?.from ?? context.pos, options: list.items.map(optionOf) };
  }
}

/** Where the text begins that the proposals replace. */
function fromOf(document: TextDocument, items: readonly CompletionItem[]): number | null {
  const edit = items[0]?.textEdit;
  if (!edit) return null;
  return document.offsetAt("range" in edit ? edit.range.start : edit.insert.start);
}

function optionOf(item: CompletionItem): Completion {
  const text = item.textEdit?.newText ?? item.insertText ?? item.label;
  const info = typeof item.documentation === "string" ? item.documentation : item.documentation?.value;
  return {
    label: item.filterText ?? item.label,
    displayLabel: item.label,
    ...(info ? { info } : {}),
    // Places to fill in are written `$1` there and `${1}` here.
    apply: item.insertTextFormat === InsertTextFormat.Snippet ? snippet(text.replace(/\$(\d+)/g, "${$1}")) : text,
  };
}
