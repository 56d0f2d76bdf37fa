import { Trans, useLingui } from "@lingui/react/macro";
import { Combobox, InputBase, useCombobox } from "@mantine/core";
import { useState } from "react";
import type { FieldInfo, FileColumn } from "../../api/types";
import { type Choice, fits, percent } from "./choices";
import classes from "./Columns.module.css";

interface Props {
  column: FileColumn;
  fields: readonly FieldInfo[];
  /** The header of the column that a field has already. */
  taken: ReadonlyMap<string, string>;
  allowCustom: boolean;
  customFirst: boolean;
  onChoose: (choice: Choice) => void;
  /** The person wants a field that is not there. */
  onCustom: () => void;
}

const IGNORE = "ignore";
const CUSTOM = "custom";
const FIELD = "field:";

/** The searchable list of fields for one column. */
export function FieldPicker({ column, fields, taken, allowCustom, customFirst, onChoose, onCustom }: Props) {
  const { t, i18n } = useLingui();
  const [search, setSearch] = useState("");
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption();
      setSearch("");
    },
    onDropdownOpen: () => combobox.updateSelectedOptionIndex("active"),
  });
  const name = column.header;
  const chosen = fields.find(({ key }) => key === column.field);
  const shown = column.status === "ignored" ? t`Not needed` : (chosen?.label ?? "");
  const found = fields.filter(({ key, label, description }) => fits(`${label} ${key} ${description ?? ""}`, search));
  const suggested = column.suggestions.flatMap(({ field, confidence }) => {
    const info = found.find(({ key }) => key === field);
    return info ? [{ info, confidence }] : [];
  });
  const others = found.filter(({ key }) => !suggested.some(({ info }) => info.key === key));

  const submit = (value: string) => {
    combobox.closeDropdown();
    if (value === CUSTOM) onCustom();
    else if (value === IGNORE) onChoose({ kind: "ignore" });
    else onChoose({ kind: "field", key: value.slice(FIELD.length) });
  };
  const option = (info: FieldInfo, confidence?: number) => (
    <Combobox.Option key={info.key} value={`${FIELD}${info.key}`} active={info.key === column.field}>
      <span className={classes.option}>
        <span>
          {info.label}
          {(info.required || info.require_mapping) && <RequiredMark />}
        </span>
        <small>
          {confidence === undefined ? <TakenBy header={taken.get(info.key)} /> : percent(confidence, i18n.locale)}
        </small>
      </span>
    </Combobox.Option>
  );
  const custom = allowCustom && (
    <Combobox.Option value={CUSTOM}>
      <Trans>Add a new field…</Trans>
    </Combobox.Option>
  );

  return (
    <Combobox store={combobox} onOptionSubmit={submit} withinPortal>
      <Combobox.Target withExpandedAttribute>
        <InputBase
          role="combobox"
          aria-label={t`Field for the column ${name}`}
          placeholder={shown || t`Choose a field`}
          value={combobox.dropdownOpened ? search : shown}
          rightSection={<Combobox.Chevron />}
          rightSectionPointerEvents="none"
          onChange={(event) => {
            combobox.openDropdown();
            combobox.selectFirstOption();
            setSearch(event.currentTarget.value);
          }}
          onClick={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options className={classes.options} aria-label={t`Fields`}>
          {customFirst && custom}
          {suggested.length > 0 && (
            <Combobox.Group label={t`Suggested`}>
              {suggested.map(({ info, confidence }) => option(info, confidence))}
            </Combobox.Group>
          )}
          {others.length > 0 && (
            <Combobox.Group label={t`All fields`}>{others.map((info) => option(info))}</Combobox.Group>
          )}
          {found.length === 0 && (
            <Combobox.Empty>
              <Trans>No field is called like this.</Trans>
            </Combobox.Empty>
          )}
          {!customFirst && custom}
          <Combobox.Option value={IGNORE} active={column.status === "ignored"}>
            <Trans>This column is not needed</Trans>
          </Combobox.Option>
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

export function RequiredMark() {
  const { t } = useLingui();
  return (
    <span className={classes.required} title={t`required`}>
      {" "}
      *<span className="hg-hidden">{t`required`}</span>
    </span>
  );
}

function TakenBy({ header }: { header: string | undefined }) {
  return header === undefined ? null : <Trans>now: {header}</Trans>;
}
