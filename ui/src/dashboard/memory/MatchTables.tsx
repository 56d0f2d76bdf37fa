import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useState } from "react";
import { Moment } from "../../Moment";
import { DataTable } from "../parts/DataTable";
import forms from "../parts/Forms.module.css";
import type { LearnedHeader, LearnedValue } from "./memory";

/** So many matches are shown at once; there may be twenty thousand. */
const SHOWN = 200;

interface Props<Entry> {
  rows: readonly Entry[];
  onChange: (entry: Entry) => void;
}

/** Headers of files and their fields. */
export function HeaderTable({ rows, onChange }: Props<LearnedHeader>) {
  const { t } = useLingui();
  const shown = useSome(rows);
  return (
    <>
      <DataTable
        name={t`Columns`}
        rows={shown.rows}
        keyOf={({ header }) => header}
        columns={[
          { name: t`Column of the file`, cell: ({ header }) => <span className={forms.strong}>{header}</span> },
          {
            name: t`Field`,
            cell: ({ field }) =>
              field === null ? <Trans>Ignored</Trans> : <code className={forms.mono}>{field}</code>,
          },
          ...useCommonColumns<LearnedHeader>(({ header }) => header, onChange),
        ]}
      />
      {shown.more}
    </>
  );
}

/** Texts of select fields and their options. */
export function ValueTable({ rows, onChange }: Props<LearnedValue>) {
  const { t } = useLingui();
  const shown = useSome(rows);
  return (
    <>
      <DataTable
        name={t`Options`}
        rows={shown.rows}
        keyOf={({ field, value }) => `${field}\0${value}`}
        columns={[
          { name: t`Text of the file`, cell: ({ value }) => <span className={forms.strong}>{value}</span> },
          { name: t`Field`, cell: ({ field }) => <code className={forms.mono}>{field}</code> },
          { name: t`Option`, cell: ({ option }) => <code className={forms.mono}>{option}</code> },
          ...useCommonColumns<LearnedValue>(({ value }) => value, onChange),
        ]}
      />
      {shown.more}
    </>
  );
}

function useCommonColumns<Entry extends LearnedHeader | LearnedValue>(
  nameOf: (entry: Entry) => string,
  onChange: (entry: Entry) => void,
) {
  const { t, i18n } = useLingui();
  const label = (entry: Entry) => {
    const name = nameOf(entry);
    return t`Change ${name}`;
  };
  return [
    { name: t`Seen`, align: "end" as const, cell: ({ count }: Entry) => i18n.number(count ?? 1) },
    { name: t`Last used`, cell: ({ last_used }: Entry) => (last_used ? <Moment at={last_used} /> : "–") },
    {
      name: t`Action`,
      quiet: true,
      align: "end" as const,
      cell: (entry: Entry) => (
        <Button size="xs" variant="default" onClick={() => onChange(entry)} aria-label={label(entry)}>
          <Trans>Change</Trans>
        </Button>
      ),
    },
  ];
}

/** The first of many rows, and the button that shows more of them. */
function useSome<Entry>(rows: readonly Entry[]) {
  const [count, setCount] = useState(SHOWN);
  return {
    rows: rows.slice(0, count),
    more: rows.length > count && (
      <Button variant="default" mt="md" onClick={() => setCount(count + SHOWN)}>
        <Trans>Show more</Trans>
      </Button>
    ),
  };
}
