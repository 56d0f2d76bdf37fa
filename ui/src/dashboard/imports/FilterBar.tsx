import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Popover, Select, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { type ImportFilter, isFiltered, STATUSES } from "./filters";
import classes from "./Imports.module.css";
import { schemaNamesQuery } from "./queries";
import { useStatusName } from "./words";

/** Milliseconds without a keystroke after which a search begins. */
const PAUSE = 300;

interface Props {
  filter: ImportFilter;
  onChange: (filter: ImportFilter) => void;
}

/** What narrows the list. */
export function FilterBar({ filter, onChange }: Props) {
  const { t } = useLingui();
  const statusName = useStatusName();
  const { data: schemas = [] } = useQuery(schemaNamesQuery);
  return (
    <div className={classes.filters} role="search" aria-label={t`Find imports`}>
      <Typed
        className={classes.search}
        type="search"
        label={t`File name or id`}
        value={filter.search}
        onChange={(search) => onChange({ ...filter, search })}
      />
      <Select
        aria-label={t`Status`}
        placeholder={t`Any status`}
        data={STATUSES.map((value) => ({ value, label: statusName(value) }))}
        value={filter.status ?? null}
        onChange={(status) => onChange({ ...filter, status: status ?? undefined })}
        clearable
        clearButtonProps={{ "aria-label": t`Any status` }}
      />
      <Select
        aria-label={t`Schema`}
        placeholder={t`Any schema`}
        data={schemas}
        value={filter.schema ?? null}
        onChange={(schema) => onChange({ ...filter, schema: schema ?? undefined })}
        searchable
        clearable
        clearButtonProps={{ "aria-label": t`Any schema` }}
      />
      <MoreFilters filter={filter} onChange={onChange} />
      {isFiltered(filter) && (
        <Button variant="subtle" onClick={() => onChange({})}>
          <Trans>Clear filters</Trans>
        </Button>
      )}
    </div>
  );
}

/** What is narrowed down more rarely. */
function MoreFilters({ filter, onChange }: Props) {
  const { t } = useLingui();
  const { identifier, development, since, until } = filter;
  const used = [identifier, development, since, until].filter((value) => value !== undefined).length;
  return (
    <Popover position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default">{used ? t`More filters (${used})` : t`More filters`}</Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t`More filters`}>
        <div className={classes.moreFilters}>
          <TextInput
            type="date"
            label={t`From`}
            value={since ?? ""}
            max={until}
            onChange={({ target }) => onChange({ ...filter, since: target.value || undefined })}
          />
          <TextInput
            type="date"
            label={t`To`}
            value={until ?? ""}
            min={since}
            onChange={({ target }) => onChange({ ...filter, until: target.value || undefined })}
          />
          <Typed
            type="text"
            label={t`Import identifier`}
            shown
            value={identifier}
            onChange={(next) => onChange({ ...filter, identifier: next })}
          />
          <Select
            label={t`Mode`}
            data={[
              { value: "all", label: t`All imports` },
              { value: "false", label: t`Production only` },
              { value: "true", label: t`Development only` },
            ]}
            value={String(development ?? "all")}
            onChange={(mode) =>
              onChange({ ...filter, development: mode === null || mode === "all" ? undefined : mode === "true" })
            }
            allowDeselect={false}
          />
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

interface TypedProps {
  type: "search" | "text";
  label: string;
  /** Whether the label stands above; otherwise it stands in the empty field. */
  shown?: boolean;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
  className?: string | undefined;
}

/** A field whose text counts once the person pauses. */
function Typed({ type, label, shown, value = "", onChange, className }: TypedProps) {
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  const send = useDebouncedCallback((next: string) => onChange(next.trim() || undefined), PAUSE);
  useEffect(() => send.cancel, [send]);
  // Filters that are cleared, or come from another address, are shown; what is being typed stays.
  if (value !== known) {
    setKnown(value);
    if (value !== text.trim()) setText(value);
  }
  return (
    <TextInput
      className={className}
      type={type}
      {...(shown ? { label } : { "aria-label": label, placeholder: label })}
      value={text}
      onChange={({ target }) => {
        setText(target.value);
        send(target.value);
      }}
    />
  );
}
