import { Trans, useLingui } from "@lingui/react/macro";
import { Button, CloseButton } from "@mantine/core";
import { useDocument } from "../context";
import type { JsonObject } from "../document/text";
import { fieldsOf, textOf } from "../form/field";
import { ScrollTable } from "../parts/ScrollTable";
import { shownValue } from "../parts/shown";
import classes from "./Trials.module.css";

interface Props {
  /** What the table is, for screen readers; sample rows unless it is said. */
  label?: string;
  rows: readonly JsonObject[];
  onChange: (rows: JsonObject[]) => void;
}

/** Rows that are typed in, a column for each field. */
export function RowsInput({ label: name, rows, onChange }: Props) {
  const { t } = useLingui();
  const { value } = useDocument();
  const fields = fieldsOf(value).map(({ key, label }) => ({ key: textOf(key), label: textOf(label) || textOf(key) }));
  const numbered = rows.map((row, index) => ({ row, number: index + 1 }));
  const set = (index: number, key: string, text: string) =>
    onChange(rows.map((row, position) => (position === index ? { ...row, [key]: text } : row)));
  return (
    <div className={classes.rows}>
      <ScrollTable label={name ?? t`Sample rows`}>
        <thead>
          <tr>
            {fields.map(({ key, label }) => (
              <th key={key} scope="col">
                {label}
              </th>
            ))}
            <td />
          </tr>
        </thead>
        <tbody>
          {numbered.map(({ row, number }, index) => (
            <tr key={number}>
              {fields.map(({ key, label }) => (
                <td key={key}>
                  <input
                    className={classes.cell}
                    aria-label={t`${label}, row ${number}`}
                    value={shownValue(row[key])}
                    onChange={(event) => set(index, key, event.currentTarget.value)}
                  />
                </td>
              ))}
              <td>
                <CloseButton
                  size="sm"
                  aria-label={t`Remove row ${number}`}
                  onClick={() => onChange(rows.filter((_, position) => position !== index))}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </ScrollTable>
      <Button variant="default" size="xs" onClick={() => onChange([...rows, {}])}>
        <Trans>Add a row</Trans>
      </Button>
    </div>
  );
}
