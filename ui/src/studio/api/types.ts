import type { Json, JsonObject } from "../document/text";
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

export interface CellIssue {
  field: string | null;
  level: "error" | "warning" | "info";
  code: string;
  message: string;
  value: string | null;
}

/** A line that a hook wrote. */
export interface ConsoleLine {
  level: string;
  text: string;
  hook?: string;
  position?: number;
  row?: number | null;
}

export interface ImportError {
  code: string;
  message: string;
}

export interface TriedRow {
  index: number;
  source_row: number | null;
  delivered: boolean;
  values: JsonObject;
  issues: CellIssue[];
}

export interface ColumnDecision {
  index: number;
  header: string;
  field: string | null;
  status: string;
  method: string | null;
  confidence: number;
}

export interface TryAnswer {
  status: "SUCCESSFUL" | "NEEDS_REVIEW" | "FAILED";
  import_errors: ImportError[] | null;
  decisions: { columns?: ColumnDecision[]; autofixes?: { field: string; code: string; count: number }[] };
  counts: { read: number; invalid: number; delivered: number } | null;
  issues: Record<string, number>;
  rows: TriedRow[];
  console: ConsoleLine[];
}

export interface HookRow {
  index: number;
  before: JsonObject | null;
  after: JsonObject | null;
  changed: string[];
  issues: CellIssue[];
}

export interface HookAnswer {
  rows: HookRow[];
  fields: string[];
  console: ConsoleLine[];
  error: { code: string; message: string; line: number | null; column: number | null; row: number | null } | null;
  import_errors: ImportError[] | null;
  milliseconds: number;
}

export interface Author {
  kind: "user" | "key" | "system";
  name: string | null;
}

export interface Version {
  version: number;
  created_date: string;
  created_by: Author | null;
  restored_from: number | null;
}

export interface VersionList {
  count: number;
  results: Version[];
}

export interface Change extends Statement {
  path: string;
  field: string | null;
  before: Json;
  after: Json;
}

export interface Difference {
  changes: Change[];
}

export interface BacktestCounts {
  total: number;
  pending: number;
  same: number;
  differs: number;
  not_testable: number;
}

export interface BacktestResult {
  import_id: string;
  original_filename: string | null;
  created_date: string;
  state: "PENDING" | "SAME" | "DIFFERS" | "NOT_TESTABLE";
  reason: Statement | null;
  summary: Statement[];
  rows_differ: number | null;
  cells_differ: number | null;
}

export interface Backtest {
  id: string;
  state: "PENDING" | "RUNNING" | "DONE" | "CANCELLED" | "FAILED";
  import_identifier: string;
  created_date: string;
  ended_date: string | null;
  counts: BacktestCounts;
  changes: Change[];
  results: BacktestResult[];
}

export interface DifferentCell {
  field: string;
  text: string | null;
  before: Json;
  after: Json;
  issues_before: CellIssue[];
  issues_after: CellIssue[];
}

export interface DifferentRow {
  source_row: number | null;
  delivered_before: boolean | null;
  delivered_after: boolean | null;
  cells: DifferentCell[];
}

export interface BacktestDetail extends BacktestResult {
  decisions: Statement[];
  fields: { field: string; label: string; cells: number }[];
  examples: DifferentRow[];
  review: { decisions: number; changes: number; lost: number } | null;
}
