import { useLingui } from "@lingui/react/macro";
import { MultiSelect, Select } from "@mantine/core";
import type { ColumnsView, FieldInfo } from "../../api/types";
import { type Choice, columnsByField, fits } from "./choices";

interface Props {
  field: FieldInfo;
  view: ColumnsView;
  onChoose: (column: number, choice: Choice) => void;
}

type SelectData = { value: string; label: string }[];

/** The searchable list of the file's columns for one field; a `manyToOne` field takes several. */
export function ColumnPicker({ field, view, onChoose }: Props) {
  const { t } = useLingui();
  const used = (columnsByField(view).get(field.key) ?? []).map(({ index }) => String(index));
  const data: SelectData = view.columns.map(({ index, header, samples }) => ({
    value: String(index),
    label: samples[0] === undefined ? header : `${header} (${samples[0]})`,
  }));
  const name = field.label;
  const shared = {
    "aria-label": t`Column for the field ${name}`,
    placeholder: used.length ? "" : t`Choose a column`,
    nothingFoundMessage: t`No column is called like this.`,
    clearButtonProps: { "aria-label": t`No column for ${name}` },
    data,
    searchable: true,
    clearable: true,
    filter: ({ options, search }: { options: unknown[]; search: string }) =>
      (options as SelectData).filter(({ label }) => fits(label, search)),
  };
  const take = (index: string) => onChoose(Number(index), { kind: "field", key: field.key });
  const leave = (index: string) => onChoose(Number(index), { kind: "ignore" });
  if (field.many_to_one)
    return (
      <MultiSelect
        {...shared}
        value={used}
        onChange={(chosen) => {
          chosen.filter((index) => !used.includes(index)).forEach(take);
          used.filter((index) => !chosen.includes(index)).forEach(leave);
        }}
      />
    );
  return (
    <Select
      {...shared}
      value={used[0] ?? null}
      onChange={(chosen) => {
        if (chosen !== null) take(chosen);
        else used.forEach(leave);
      }}
    />
  );
}
