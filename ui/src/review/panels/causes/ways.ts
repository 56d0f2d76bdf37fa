import { useLingui } from "@lingui/react/macro";
import type { ErrorGroup, FieldInfo } from "../../../api/types";
import { type FixOffer, isRepeated } from "./fixWords";

/** What a person chooses or types for all cells of a group. */
export type CauseForm = "map" | "set" | "compare";

/** The ways to mend a group, by how prominent they are. */
export interface Ways {
  /** The recommended one. */
  readonly main: FixOffer | null;
  readonly beside: FixOffer | null;
  readonly formBeside: CauseForm | null;
  /** Those in the menu. */
  readonly rest: readonly FixOffer[];
  readonly restForms: readonly CauseForm[];
}

const DELETES = new Set<FixOffer["kind"]>(["keep_first", "keep_last", "delete_rows"]);

/** Sorts the offers of a group; rows are deleted only where that is allowed. `field`: null where rows as such are in error. */
export function waysOf(group: ErrorGroup, field: FieldInfo | null, mayDelete: boolean): Ways {
  const offers = group.fixes.filter(({ kind }) => kind !== "set_value" && (mayDelete || !DELETES.has(kind)));
  const forms = formsOf(group, field);
  const main = offers.find(({ recommended }) => recommended) ?? null;
  // What throws whole rows away is never the first thing to see, unless rows are what is wrong.
  const beside = main ? null : (offers.find(({ kind }) => kind !== "delete_rows") ?? null);
  // Setting one value for all cells is seldom right where something better is offered.
  const formBeside = forms.find((form) => form !== "set" || (!main && !beside)) ?? null;
  return {
    main,
    beside,
    formBeside,
    rest: offers.filter((fix) => fix !== main && fix !== beside),
    restForms: forms.filter((form) => form !== formBeside),
  };
}

function formsOf(group: ErrorGroup, field: FieldInfo | null): CauseForm[] {
  if (isRepeated(group)) return ["compare"];
  if (group.column === null || !field || field.read_only) return [];
  // A text that is missing cannot be mapped; it can be set.
  return field.select_options && group.values.some(({ text }) => text !== null) ? ["map", "set"] : ["set"];
}

export function useFormNames(): Readonly<Record<CauseForm, string>> {
  const { t } = useLingui();
  return { map: t`Choose…`, set: t`Set a value…`, compare: t`Compare` };
}
