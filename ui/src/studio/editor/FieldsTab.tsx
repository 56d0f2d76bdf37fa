import { Trans } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useState } from "react";
import { useDocument, useStudio } from "../context";
import { copy, move, put } from "../document/text";
import { addField, fieldsOf, freeKey, textOf } from "../form/field";
import { FieldForm } from "./FieldForm";
import { FieldList } from "./FieldList";
import classes from "./Fields.module.css";
import { useSelected } from "./selection";

export interface FieldActions {
  readonly moveTo: (from: number, to: number) => void;
  readonly duplicate: (position: number) => void;
  readonly remove: (position: number) => void;
}

/** The fields as a list, and the form of one of them. */
export function FieldsTab() {
  const { document } = useStudio();
  const { value, problem } = useDocument();
  const { field: selected, select } = useSelected();
  const [removed, setRemoved] = useState<{ label: string; after: string } | null>(null);
  const [said, setSaid] = useState<{ label: string; position: number } | null>(null);
  const { label, position } = said ?? {};
  const fields = fieldsOf(value);
  // A field may be gone by undo or in the JSON view.
  const shown = selected !== null && selected < fields.length ? selected : null;
  const labelOf = (position: number) => textOf(fields[position]?.label);

  const actions: FieldActions = {
    moveTo: (from, to) => {
      if (to < 0 || to >= fields.length) return;
      document.edit((text) => move(text, ["fields"], from, to));
      setSaid({ label: labelOf(from), position: to + 1 });
      if (shown === from) select(to);
      else if (shown !== null && from < shown && shown <= to) select(shown - 1);
      else if (shown !== null && to <= shown && shown < from) select(shown + 1);
    },
    duplicate: (position) => {
      const key = freeKey(textOf(fields[position]?.key), fields);
      document.edit((text) => put(copy(text, ["fields"], position), ["fields", position + 1, "key"], key));
      select(position + 1);
    },
    remove: (position) => {
      document.edit((text) => put(text, ["fields", position], undefined));
      setRemoved({ label: labelOf(position), after: document.state.get().text });
      if (shown === null) return;
      if (shown > position || (shown === position && position === fields.length - 1)) select(Math.max(0, shown - 1));
    },
  };
  const add = () => select(addField(document, shown ?? fields.length - 1, ""));
  return (
    <div className={classes.split} data-open={shown !== null || undefined}>
      <FieldList
        fields={fields}
        selected={shown}
        actions={actions}
        onSelect={select}
        onAdd={add}
        readOnly={problem !== null}
      />
      <div className={classes.form}>
        {shown === null ? (
          <p className={classes.soft}>
            <Trans>Choose a field to see everything about it.</Trans>
          </p>
        ) : (
          <FieldForm key={shown} position={shown} actions={actions} onClose={() => select(null)} />
        )}
      </div>
      <span className="hg-hidden" role="status">
        {said && (
          <Trans>
            {label} is number {position} now.
          </Trans>
        )}
      </span>
      {removed && (
        <Removed
          label={removed.label}
          onUndo={
            document.state.get().text === removed.after
              ? () => {
                  document.undo();
                  setRemoved(null);
                }
              : null
          }
          onClose={() => setRemoved(null)}
        />
      )}
    </div>
  );
}

/** What was deleted, and the way back as long as nothing else was changed since (then undo in the bar leads there). */
function Removed({ label, onUndo, onClose }: { label: string; onUndo: (() => void) | null; onClose: () => void }) {
  return (
    <div className={classes.removed} role="status">
      <span>
        <Trans>“{label}” was deleted.</Trans>
      </span>
      {onUndo && (
        <Button size="xs" variant="default" onClick={onUndo}>
          <Trans>Bring it back</Trans>
        </Button>
      )}
      <Button size="xs" variant="subtle" onClick={onClose}>
        <Trans>Close</Trans>
      </Button>
    </div>
  );
}
