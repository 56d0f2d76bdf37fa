import type { ChangeResult, ErrorGroup, FieldInfo, Grid, GridColumn, ReviewState, Summary } from "../api/types";

/** Typed answers of the review API. Each takes what a test is about. */

export const summary = (more: Partial<Summary> = {}): Summary => ({
  rows: 12_480,
  rows_with_errors: 214,
  error_cells: 231,
  warning_cells: 0,
  info_cells: 0,
  changed_cells: 0,
  added_rows: 0,
  deleted_rows: 0,
  delivered: 12_266,
  left_out: 214,
  blocked: null,
  ...more,
});

export const CLEAN = summary({ rows_with_errors: 0, error_cells: 0, delivered: 12_480, left_out: 0 });

export const field = (key: string, more: Partial<FieldInfo> = {}): FieldInfo => ({
  key,
  label: key.charAt(0).toUpperCase() + key.slice(1),
  description: null,
  type: "string",
  type_options: {},
  select_options: null,
  required: false,
  require_mapping: false,
  many_to_one: false,
  read_only: false,
  hidden: false,
  masked: false,
  custom: false,
  ...more,
});

export const PLAN = field("plan", {
  type: "select",
  select_options: [
    { label: "Starter", value: "starter" },
    { label: "Team", value: "team" },
  ],
});

export const column = (key: string, more: Partial<GridColumn> = {}): GridColumn => ({
  id: key,
  field: key,
  label: key.charAt(0).toUpperCase() + key.slice(1),
  header: key,
  type: "string",
  read_only: false,
  formatted: false,
  masked: false,
  width: 12,
  errors: 0,
  warnings: 0,
  infos: 0,
  ...more,
});

export const group = (more: Partial<ErrorGroup> = {}): ErrorGroup => ({
  id: "plan:option",
  column: "plan",
  label: "Plan",
  code: "option_unknown",
  level: "error",
  text: "These texts are none of the options.",
  cells: 31,
  rows: 31,
  evidence: [],
  values: [
    { text: "Pro", count: 30, suggestion: "team" },
    { text: "Free trial", count: 1, suggestion: null },
  ],
  distinct: 2,
  fixes: [],
  ...more,
});

export type Fix = ErrorGroup["fixes"][number];

export const fix = (kind: Fix["kind"], more: Partial<Fix> = {}): Fix => ({
  id: kind,
  kind,
  cells: 31,
  rows: 31,
  samples: [],
  recommended: false,
  parameters: {},
  ...more,
});

export const grid = (more: Partial<Grid> = {}): Grid => ({
  version: 0,
  columns: [column("name"), column("plan", { type: "select" })],
  groups: [],
  summary: summary(),
  ...more,
});

export const result = (more: Partial<ChangeResult> = {}): ChangeResult => ({
  version: 1,
  cells: 1,
  rows: 1,
  added: [],
  conflicts: [],
  skipped: 0,
  updated: [],
  summary: CLEAN,
  undo: null,
  redo: null,
  ...more,
});

export const entry = (version: number, more: Partial<NonNullable<ReviewState["undo"]>> = {}) => ({
  version,
  kind: "set_cells",
  author: "me",
  mine: true,
  at: "2026-03-14T09:26:00Z",
  parameters: {},
  cells: 1,
  rows: 1,
  undone: false,
  ...more,
});

type Settings = ReviewState["settings"];

export const state = (more: Partial<ReviewState> = {}, settings: Partial<Settings> = {}): ReviewState => ({
  id: "00000000-0000-0000-0000-000000001234",
  status: "NEEDS_REVIEW",
  version: 0,
  title: "Add Contacts",
  import_identifier: "Contacts",
  filename: "customers.csv",
  locale: "en",
  development_mode: false,
  step: "review",
  steps: [{ name: "review", status: "current", needs_person: true, help: null }],
  reasons: [],
  preparing: null,
  submitting: false,
  rows_read: 12_480,
  sheet: null,
  fields: [field("name"), PLAN],
  settings: {
    invalid_data_behavior: "REMOVE_INVALID_ROWS",
    allow_empty_submit: true,
    allow_custom_fields: true,
    remember_corrections: false,
    allow_adding_rows: true,
    allow_removing_rows: true,
    highlight_auto_fixes: false,
    transformations: true,
    transformations_in_words: false,
    column_suggestions: false,
    transform_prompts: [],
    match_to_schema: false,
    skip_if_all_fields_matched: false,
    suggest_custom_first: false,
    max_mappable_select_values: 50,
    processing_text: null,
    style_overrides: {},
    text_overrides: {},
    ...settings,
  },
  undo: null,
  redo: null,
  lost_edits: 0,
  expires: "2100-01-01T00:00:00Z",
  ...more,
});
