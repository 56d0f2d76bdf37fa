import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Api, ErrorGroup, FieldInfo } from "../../../api/types";
import { focusIt } from "../focusIt";
import { useFormat } from "../useFormat";
import classes from "./causes.module.css";
import { MOST_TEXTS, type UnknownText, useUnknownTexts } from "./useUnknownTexts";

interface Props {
  group: ErrorGroup;
  field: FieldInfo;
  busy: boolean;
  onApply: (fix: Api<"Fix">) => Promise<boolean>;
  onClose: () => void;
}

/** Above this many texts there is a search. */
const SEARCHED = 8;
const LEAVE = "leave";
const CLEAR = "clear";
/** Before the value of an option, so that an option may be called "clear". */
const OPTION = "=";

type Choices = Readonly<Record<string, string>>;

/** Each unknown text of a select field, and the option that it becomes. */
export function MapValues({ group, field, busy, onApply, onClose }: Props) {
  const { t } = useLingui();
  const texts = useUnknownTexts(group, field);
  const { label } = group;
  const [choices, setChoices] = useState<Choices>({});
  const [search, setSearch] = useState("");
  if (!texts) return <p>{t`Loading…`}</p>;

  const chosen = (value: UnknownText) => choices[value.text] ?? (value.suggestion ? OPTION + value.suggestion : LEAVE);
  const taken = texts.filter((value) => chosen(value) !== LEAVE);
  const cells = taken.reduce((sum, { count }) => sum + count, 0);
  const shown = texts.filter(({ text }) => text.toLocaleLowerCase().includes(search.toLocaleLowerCase()));
  const submit = async (event: React.SubmitEvent) => {
    event.preventDefault();
    if (busy || taken.length === 0) return;
    const values = Object.fromEntries(taken.map((value) => [value.text, optionOf(chosen(value))]));
    if (await onApply({ kind: "fix", group: group.id, fix: "map_values", text: null, values })) onClose();
  };
  return (
    <form className={classes.form} onSubmit={(event) => void submit(event)}>
      {texts.length > SEARCHED && (
        <TextInput
          size="xs"
          type="search"
          label={t`Search the texts of “${label}”`}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      )}
      <ul className={classes.mapping}>
        {shown.map((value, index) => (
          <MappedText
            key={value.text}
            value={value}
            options={field.select_options ?? []}
            choice={chosen(value)}
            focus={index === 0 && texts.length <= SEARCHED}
            onChoose={(choice) => setChoices((known) => ({ ...known, [value.text]: choice }))}
          />
        ))}
      </ul>
      {texts.length >= MOST_TEXTS && (
        <p>
          <Plural
            value={MOST_TEXTS}
            other="Only the # most frequent texts are shown. Map them, then go on with the rest."
          />
        </p>
      )}
      <div className={classes.buttons}>
        <Button type="submit" size="xs" aria-disabled={busy} disabled={taken.length === 0}>
          <Plural value={cells} one="Change # cell" other="Change # cells" />
        </Button>
        <Button variant="default" size="xs" onClick={onClose}>
          <Trans>Cancel</Trans>
        </Button>
      </div>
    </form>
  );
}

interface MappedTextProps {
  value: UnknownText;
  options: NonNullable<FieldInfo["select_options"]>;
  choice: string;
  focus: boolean;
  onChoose: (choice: string) => void;
}

function MappedText({ value: { text, count }, options, choice, focus, onChoose }: MappedTextProps) {
  const { t } = useLingui();
  const format = useFormat();
  return (
    <li>
      <span className={classes.value}>
        <bdi>{text}</bdi>
      </span>
      <span className={classes.times}>×&nbsp;{format(count)}</span>
      <Select
        size="xs"
        aria-label={t`“${text}” becomes`}
        searchable
        allowDeselect={false}
        ref={focus ? focusIt : undefined}
        nothingFoundMessage={t`No option is called so.`}
        data={[
          { value: LEAVE, label: t`Leave as it is` },
          { value: CLEAR, label: t`Clear the cells` },
          ...options.map((option) => ({ value: OPTION + option.value, label: option.label })),
        ]}
        value={choice}
        onChange={(wanted) => wanted !== null && onChoose(wanted)}
      />
    </li>
  );
}

/** What a choice means in the change: the value of an option, or null to clear. */
const optionOf = (choice: string): string | null => (choice === CLEAR ? null : choice.slice(OPTION.length));
