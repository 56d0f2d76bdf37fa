import { laidOut, put, write } from "./text";

/** What the editor shows of a saved schema: the server's own text without the id, which is no part of a schema. */
export const editable = (answer: string): string => `${laidOut(put(answer, ["id"], undefined)).trim()}\n`;

/** A schema that has nothing yet. */
export const blank = (): string =>
  write({ name: "", fields: [{ label: "Name", key: "name", type: "string" }], settings: { importIdentifier: "" } });
