import type { JsonObject } from "../document/text";
import type { Form } from "../form/shape";

/** The bodies of docs/studio-api.md, by their names there. */
export interface SavedSchema {
  id: string;
  name: string;
  fields: JsonObject[];
  settings: JsonObject;
  hooks: JsonObject | null;
}

export interface TypeDescription {
  name: string;
  label: string;
  description: string;
  options: Form;
  selectOptions: boolean;
  validators: string[];
}

export interface ValidatorDescription {
  name: string;
  label: string;
  description: string;
  keys: Form;
  types: string[];
}

export interface Description {
  types: TypeDescription[];
  validators: ValidatorDescription[];
  field: Form;
  selectOption: Form;
  settings: Form;
  hooks: Form;
  limits: { fields: number };
  jsonSchema: Form;
}

export interface Statement {
  code: string;
  text: string;
  parameters: JsonObject;
}

export interface Sample {
  filename?: string | null;
  content?: string | null;
  rows?: JsonObject[] | null;
}

export interface InferredField {
  column: number;
  header: string;
  field: JsonObject;
  evidence: Statement[];
  filled: number;
  distinct: number;
  samples: string[];
}

export interface InferAnswer {
  file: JsonObject;
  header: JsonObject;
  rows: number;
  fields: InferredField[];
  warnings: Statement[];
}
