import { Trans, useLingui } from "@lingui/react/macro";
import { Badge, Button } from "@mantine/core";
import { useState } from "react";
import type { FieldInfo, FileColumn } from "../../api/types";
import { type Choice, percent } from "./choices";
import classes from "./Columns.module.css";
import { CustomFieldForm } from "./CustomFieldForm";
import { FieldPicker } from "./FieldPicker";

interface Props {
  column: FileColumn;
  fields: readonly FieldInfo[];
  taken: ReadonlyMap<string, string>;
  /** What the operator's model suggests. */
  model: readonly FieldInfo[];
  allowCustom: boolean;
  customFirst: boolean;
  onChoose: (column: number, choice: Choice) => void;
}

/** One column of the file beside the field that it maps to, and why. */
export function ColumnRow({ column, fields, taken, model, allowCustom, customFirst, onChoose }: Props) {
  const [naming, setNaming] = useState(false);
  const choose = (choice: Choice) => {
    setNaming(false);
    onChoose(column.index, choice);
  };
  return (
    <li className={classes.row} data-status={column.status}>
      <div className={classes.source}>
        <h4 className={classes.header} dir="auto">
          {column.header}
        </h4>
        <Samples column={column} />
      </div>
      <span className={classes.arrow} aria-hidden>
        →
      </span>
      <div className={classes.target}>
        <FieldPicker
          column={column}
          fields={fields}
          taken={taken}
          allowCustom={allowCustom}
          customFirst={customFirst}
          onChoose={choose}
          onCustom={() => setNaming(true)}
        />
        {naming && <CustomFieldForm label={column.header} onAdd={choose} onCancel={() => setNaming(false)} />}
        {column.status === "uncertain" && <QuickChoices column={column} fields={fields} onChoose={choose} />}
        <ByModel model={model} onChoose={choose} />
        <Why column={column} />
      </div>
    </li>
  );
}

export function Samples({ column }: { column: FileColumn }) {
  if (column.samples.length === 0)
    return (
      <p className={classes.samples}>
        <Trans>This column is empty.</Trans>
      </p>
    );
  return (
    <ul className={classes.samples}>
      {column.samples.map((sample, index) => (
        <li key={index} dir="auto">
          {sample}
        </li>
      ))}
    </ul>
  );
}

/** The likeliest answers, one click each. */
function QuickChoices({
  column,
  fields,
  onChoose,
}: Pick<Props, "column" | "fields"> & { onChoose: (choice: Choice) => void }) {
  const { i18n } = useLingui();
  const likely = column.suggestions.slice(0, 3).flatMap(({ field, confidence }) => {
    const info = fields.find(({ key }) => key === field);
    return info ? [{ info, confidence }] : [];
  });
  return (
    <div className={classes.quick}>
      {likely.map(({ info, confidence }) => (
        <Button key={info.key} size="xs" variant="default" onClick={() => onChoose({ kind: "field", key: info.key })}>
          {info.label} <span className={classes.percent}>{percent(confidence, i18n.locale)}</span>
        </Button>
      ))}
      <Button size="xs" variant="default" onClick={() => onChoose({ kind: "ignore" })}>
        <Trans>Not needed</Trans>
      </Button>
    </div>
  );
}

/** What a model suggests, said to be from one: nobody checked it. */
function ByModel({ model, onChoose }: Pick<Props, "model"> & { onChoose: (choice: Choice) => void }) {
  if (model.length === 0) return null;
  return (
    <div className={classes.quick}>
      <span className={classes.origin}>
        <Trans>Suggested by a model:</Trans>
      </span>
      {model.map(({ key, label }) => (
        <Button key={key} size="xs" variant="default" onClick={() => onChoose({ kind: "field", key })}>
          {label}
        </Button>
      ))}
    </div>
  );
}

/** How sure it is, and the reasons in plain words. */
function Why({ column }: { column: FileColumn }) {
  const { t, i18n } = useLingui();
  const reasons = column.evidence.length ? column.evidence : (column.suggestions[0]?.evidence ?? []);
  const says = {
    accepted: column.method === "person" ? t`your choice` : percent(column.confidence, i18n.locale),
    uncertain: t`please check`,
    unmapped: t`not used`,
    ignored: t`not needed`,
  }[column.status];
  return (
    <p className={classes.why}>
      <Badge className={classes.badge} data-status={column.status}>
        {says}
      </Badge>
      {reasons.map(({ text }) => text).join(" ")}
    </p>
  );
}
