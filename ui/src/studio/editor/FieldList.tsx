import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button, TextInput } from "@mantine/core";
import { memo, use, useEffect, useRef, useState } from "react";
import { useStudio } from "../context";
import type { JsonObject } from "../document/text";
import { textOf, typeOf } from "../form/field";
import { countBelow, ProblemsContext } from "../form/place";
import { GripIcon } from "../parts/icons";
import classes from "./Fields.module.css";
import type { FieldActions } from "./FieldsTab";
import { useDragged } from "./useDragged";

/** From so many fields on, there is a search. */
const MANY = 12;

interface Props {
  fields: readonly JsonObject[];
  selected: number | null;
  actions: FieldActions;
  readOnly: boolean;
  onSelect: (position: number) => void;
  onAdd: () => void;
}

/** The fields in their order. Dragged, or moved by Alt and the arrow keys. */
export function FieldList({ fields, selected, actions, readOnly, onSelect, onAdd }: Props) {
  const { t } = useLingui();
  const { description } = useStudio();
  const [search, setSearch] = useState("");
  const problems = use(ProblemsContext);
  const list = useRef<HTMLOListElement>(null);
  const wanted = search.trim().toLowerCase();
  const types = new Map(description.types.map(({ name, label }) => [name, label]));
  const focus = (position: number) =>
    list.current?.querySelector<HTMLElement>(`[data-position="${String(position)}"]`)?.focus();
  const onKeyDown = (event: React.KeyboardEvent, position: number) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      if (event.altKey && !readOnly) actions.moveTo(position, position + step);
      // The moved field keeps the focus in its new place.
      requestAnimationFrame(() => focus(position + step));
    } else if (event.key === "Delete" && !readOnly) actions.remove(position);
  };
  return (
    <div className={classes.side}>
      {fields.length > MANY && (
        <TextInput
          type="search"
          size="xs"
          aria-label={t`Search the fields`}
          placeholder={t`Search`}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      <ol className={classes.list} ref={list} aria-label={t`Fields`}>
        {fields.map((field, position) => {
          const [label, key] = [textOf(field.label), textOf(field.key)];
          if (wanted && !`${label} ${key}`.toLowerCase().includes(wanted)) return null;
          const { name } = typeOf(field);
          return (
            <Row
              key={position}
              position={position}
              label={label || key}
              type={types.get(name) ?? name}
              problems={countBelow(problems, ["fields", position])}
              selected={position === selected}
              reachable={position === (selected ?? 0)}
              draggable={!readOnly && !wanted}
              onDropped={actions.moveTo}
              onSelect={onSelect}
              onKeyDown={onKeyDown}
            />
          );
        })}
      </ol>
      <Button variant="default" size="xs" disabled={readOnly} onClick={onAdd}>
        <Trans>Add a field</Trans>
      </Button>
      <p className={classes.hint}>
        <Trans>Drag a field to move it, or press Alt with an arrow key.</Trans>
      </p>
    </div>
  );
}

interface RowProps {
  position: number;
  label: string;
  type: string;
  problems: number;
  selected: boolean;
  /** Whether the Tab key reaches it; the arrow keys reach all. */
  reachable: boolean;
  draggable: boolean;
  onDropped: (from: number, to: number) => void;
  onSelect: (position: number) => void;
  onKeyDown: (event: React.KeyboardEvent, position: number) => void;
}

const Row = memo(function Row(props: RowProps) {
  const { t } = useLingui();
  const { position, label, type, problems, selected, reachable, draggable, onDropped, onSelect, onKeyDown } = props;
  const row = useRef<HTMLLIElement>(null);
  const { dragging, edge } = useDragged(row, position, draggable, onDropped);
  useEffect(() => {
    if (selected) row.current?.scrollIntoView({ block: "nearest" });
  }, [selected]);
  return (
    <li ref={row} className={classes.item} data-dragging={dragging || undefined} data-edge={edge}>
      <span className={classes.grip} aria-hidden>
        <GripIcon />
      </span>
      <button
        type="button"
        className={classes.row}
        data-position={position}
        aria-current={selected || undefined}
        tabIndex={reachable ? 0 : -1}
        aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown Delete"
        onClick={() => onSelect(position)}
        onKeyDown={(event) => onKeyDown(event, position)}
      >
        <span className={classes.label}>{label || t`Without a name`}</span>
        {problems > 0 && (
          <span className={classes.count}>
            {problems}
            <span className="hg-hidden">
              <Plural value={problems} one="problem" other="problems" />
            </span>
          </span>
        )}
        <span className={classes.type}>{type}</span>
      </button>
    </li>
  );
});
