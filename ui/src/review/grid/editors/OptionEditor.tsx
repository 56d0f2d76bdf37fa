import { Trans, useLingui } from "@lingui/react/macro";
import { type FocusEvent, type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import type { After, EditorProps } from "../editing";
import { found, joinList, type Option, optionOf, splitList, textOf } from "../options";
import classes from "./Editors.module.css";
import { endingKey } from "./TextEditor";

interface Props extends EditorProps {
  options: readonly Option[];
  /** Any text may stand in the cell, not only an option. */
  custom: boolean;
  /** Several options, written with this between them; null: one. */
  delimiter: string | null;
}

/**
 * Chooses options by typing a part of their names: an editable combobox with a list
 * (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/).
 */
export function OptionEditor({ editing, options, custom, delimiter, commit, cancel }: Props) {
  const { t } = useLingui();
  const { label } = editing.placed.column;
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [search, setSearch] = useState("");
  const typed = search.trim();
  const [parts, setParts] = useState(() => startingParts(editing.shown, options, delimiter));
  const choices = found(options, search);
  const [active, setActive] = useState(() => startingChoice(editing.shown, choices));
  const chosen = choices[active];
  const own = custom && typed !== "" && !optionOf(typed, options);

  useLayoutEffect(() => {
    field.current?.focus();
  }, []);
  useEffect(() => {
    document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: "nearest" });
  }, [id, active]);

  const toggle = (text: string) =>
    setParts((now) => (now.includes(text) ? now.filter((part) => part !== text) : [...now, text]));
  const store = (after: After) => {
    if (delimiter !== null) commit(joinList(parts, delimiter), editing.shown, after);
    else if (own && !chosen) commit(typed, editing.shown, after);
    else if (chosen) commit(textOf(chosen, options), editing.shown, after);
    else cancel();
  };
  const choose = (option: Option) => {
    if (delimiter === null) commit(textOf(option, options), editing.shown, "here");
    else toggle(textOf(option, options));
  };
  const press = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    const after = endingKey(event);
    if (event.key === "Escape") cancel();
    else if (event.key === "ArrowDown") setActive(Math.min(active + 1, choices.length - 1));
    else if (event.key === "ArrowUp") setActive(Math.max(active - 1, 0));
    else if (delimiter !== null && event.key === " " && search === "" && chosen) choose(chosen);
    else if (delimiter !== null && event.key === "Enter" && typed !== "") {
      if (chosen) toggle(textOf(chosen, options));
      else if (own) toggle(typed);
      setSearch("");
    } else if (delimiter !== null && event.key === "Backspace" && search === "") setParts(parts.slice(0, -1));
    else if (after) store(after);
    else return;
    event.preventDefault();
  };
  const blur = (event: FocusEvent) => {
    if (!document.hasFocus() || event.currentTarget.contains(event.relatedTarget)) return;
    // A click elsewhere keeps what was ticked; a half typed search chooses nothing.
    if (delimiter !== null) store("elsewhere");
    else cancel();
  };
  return (
    // The keys are those of the field within.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className={classes.box} data-editor="" onKeyDown={press} onBlur={blur}>
      <input
        ref={field}
        className={classes.text}
        role="combobox"
        aria-label={t`Choose ${label}`}
        aria-expanded="true"
        aria-autocomplete="list"
        aria-controls={`${id}-list`}
        aria-activedescendant={chosen ? `${id}-${active}` : undefined}
        placeholder={(delimiter === null ? editing.shown : parts.join(", ")) ?? ""}
        value={search}
        onChange={(event) => {
          setSearch(event.currentTarget.value);
          setActive(0);
        }}
      />
      <div
        id={`${id}-list`}
        className={classes.list}
        role="listbox"
        aria-multiselectable={delimiter !== null}
        aria-label={t`Options`}
      >
        {choices.map((option, index) => (
          <OptionLine
            key={option.value}
            id={`${id}-${index}`}
            option={option}
            active={index === active}
            ticked={delimiter !== null && parts.includes(textOf(option, options))}
            choose={() => choose(option)}
          />
        ))}
      </div>
      {own && (
        <p className={classes.none}>
          {choices.length ? <Trans>Choose an option.</Trans> : <Trans>Enter keeps “{typed}” as it is.</Trans>}
        </p>
      )}
      {!choices.length && !own && (
        <p className={classes.none} role="status">
          <Trans>No option has “{typed}” in it.</Trans>
        </p>
      )}
    </div>
  );
}

interface LineProps {
  id: string;
  option: Option;
  active: boolean;
  ticked: boolean;
  choose: () => void;
}

function OptionLine({ id, option, active, ticked, choose }: LineProps) {
  return (
    // Keys go to the combobox, which names the active option.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={id}
      className={classes.option}
      role="option"
      aria-selected={active}
      aria-checked={ticked || undefined}
      onPointerDown={(event) => event.preventDefault()}
      onClick={choose}
    >
      <span className={classes.tick} aria-hidden="true">
        {ticked ? "✓" : ""}
      </span>
      {option.label}
    </div>
  );
}

function startingParts(shown: string | null, options: readonly Option[], delimiter: string | null): string[] {
  if (delimiter === null) return [];
  return splitList(shown ?? "", delimiter).map((part) => {
    const option = optionOf(part, options);
    return option ? textOf(option, options) : part;
  });
}

const startingChoice = (shown: string | null, choices: readonly Option[]): number =>
  Math.max(
    0,
    choices.findIndex(({ label, value }) => label === shown || value === shown),
  );
