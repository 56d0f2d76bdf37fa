import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button, Select } from "@mantine/core";
import type { FieldInfo, SelectValues } from "../../api/types";
import { fits } from "../columns/choices";
import classes from "./Values.module.css";

type Value = SelectValues["values"][number];
type Options = NonNullable<FieldInfo["select_options"]>;

interface Props {
  values: SelectValues;
  field: FieldInfo | undefined;
  /** Text → the `value` of an option; null: the text stays without one. */
  onChoose: (texts: Record<string, string | null>) => void;
}

/** The texts of one field that are none of its options, most frequent first. */
export function SelectValuesCard({ values, field, onChoose }: Props) {
  const options = field?.select_options ?? [];
  const open = values.values.filter((value) => isOpen(value) && value.suggestion !== null);
  const more = values.total - values.values.length;
  return (
    <section className={classes.card}>
      <div className={classes.head}>
        <h3 className={classes.title}>{field?.label ?? values.field}</h3>
        <p className={classes.soft}>
          <Plural value={values.total} one="# text is none of the options." other="# texts are none of the options." />
        </p>
        {open.length > 1 && (
          <Button
            size="xs"
            variant="default"
            onClick={() => onChoose(Object.fromEntries(open.map(({ text, suggestion }) => [text, suggestion])))}
          >
            <Plural value={open.length} one="Accept # suggestion" other="Accept all # suggestions" />
          </Button>
        )}
      </div>
      <ul className={classes.list}>
        {values.values.map((value) => (
          <ValueRow key={value.text} value={value} options={options} onChoose={onChoose} />
        ))}
      </ul>
      {more > 0 && (
        <p className={classes.soft}>
          <Plural
            value={more}
            one="# more text is rarer than these. It can be mended in the last step."
            other="# more texts are rarer than these. They can be mended in the last step."
          />
        </p>
      )}
    </section>
  );
}

function ValueRow({ value, options, onChoose }: { value: Value; options: Options; onChoose: Props["onChoose"] }) {
  const { t } = useLingui();
  const { text } = value;
  const suggested = isOpen(value) ? options.find((option) => option.value === value.suggestion) : undefined;
  return (
    <li className={classes.row} data-open={isOpen(value) || undefined}>
      <span className={classes.text}>
        <bdi>{text}</bdi>
        <small className={classes.soft}>
          <Plural value={value.count} one="in # row" other="in # rows" />
        </small>
      </span>
      <div className={classes.answer}>
        {suggested && (
          <Button size="xs" variant="default" onClick={() => onChoose({ [text]: suggested.value })}>
            {suggested.label}
          </Button>
        )}
        <Select
          className={classes.select}
          aria-label={t`Option for “${text}”`}
          placeholder={value.status === "ignored" ? t`Left as it is` : t`Choose an option`}
          nothingFoundMessage={t`No option is called like this.`}
          clearButtonProps={{ "aria-label": t`Leave “${text}” as it is` }}
          data={options.map((option) => ({ value: option.value, label: option.label }))}
          value={isOpen(value) ? null : value.option}
          searchable
          clearable
          filter={({ options: all, search }) =>
            (all as { value: string; label: string }[]).filter(({ label }) => fits(label, search))
          }
          onChange={(chosen) => onChoose({ [text]: chosen })}
        />
        {isOpen(value) && (
          <Button size="xs" variant="subtle" onClick={() => onChoose({ [text]: null })}>
            <Trans>Leave as it is</Trans>
          </Button>
        )}
      </div>
    </li>
  );
}

const isOpen = ({ status }: Value): boolean => status === "uncertain" || status === "unmapped";
