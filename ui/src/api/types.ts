import type { components } from "./schema";

type Schemas = components["schemas"];

/** The bodies of the API by the names of docs/review-api.md. */
export type Api<Name extends keyof Schemas> = Schemas[Name];

export type ReviewState = Api<"ReviewState">;
export type Step = ReviewState["step"];
export type FieldInfo = Api<"FieldInfo">;
export type Evidence = Api<"Evidence">;
export type HeaderView = Api<"HeaderView">;
export type ColumnsView = Api<"ColumnsView">;
export type FileColumn = Api<"FileColumn">;
export type ColumnDecision = Api<"ColumnDecision">;
export type ValuesView = Api<"ValuesView">;
export type DateQuestion = Api<"DateQuestion">;
export type SelectValues = Api<"SelectValues">;
export type Grid = Api<"Grid">;
export type GridColumn = Api<"GridColumn">;
export type GridRow = Api<"GridRow">;
export type CellMark = Api<"CellMark">;
export type ErrorGroup = Api<"ErrorGroup">;
export type Summary = Api<"Summary">;
export type View = Api<"View">;
export type RowsPage = Api<"RowsPage">;
export type Change = Api<"ChangeBody">["change"];
export type ChangeResult = Api<"ChangeResult">;
export type HistoryEntry = Api<"HistoryEntry">;
