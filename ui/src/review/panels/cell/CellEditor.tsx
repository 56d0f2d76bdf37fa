import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Select, Textarea } from "@mantine/core";
import { useState } from "react";
import type { ChangeResult, FieldInfo } from "../../../api/types";
import { useSeek } from "../useSeek";
import classes from "./cell.module.css";

interface Props {
  text: string | null;
  /** Whether there is anything to be cleared. */
  filled: boolean;
  /** Whether the text is hidden, so that another one can only take its place. */
  masked: boolean;
  label: string;
  options: FieldInfo["select_options"];
  busy: boolean;
  onSet: (text: string | null) => Promise<ChangeResult | null>;
}

/** Another text for the cell, or none. */
export function CellEditor({ text, filled, masked, label, options, busy, onSet }: Props) {
  const { t } = useLingui();
  const seek = useSeek();
  const [draft, setDraft] = useState(text ?? "");
  const changed = draft !== (text ?? "");
  const save = async (event?: React.SyntheticEvent) => {
    event?.preventDefault();
    if (busy || !changed) return;
    if (await onSet(draft === "" ? null : draft)) await seek("next");
  };
  const press = (event: React.KeyboardEvent) => {
    if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) void save(event);
  };
  const clear = () => {
    if (!busy) void onSet(null);
  };
  const known = options?.find(({ label: name, value }) => name === draft || value === draft);
  return (
    <form className={classes.editor} onSubmit={(event) => void save(event)}>
      {options ? (
        <Select
          size="xs"
          label={t`Text of “${label}”`}
          searchable
          nothingFoundMessage={t`No option is called so.`}
          placeholder={masked ? t`New value` : (text ?? "")}
          data={options.map(({ label: name, value }) => ({ value, label: name }))}
          value={known?.value ?? null}
          onChange={(value) => setDraft(value ?? "")}
        />
      ) : (
        <Textarea
          size="xs"
          label={t`Text of “${label}”`}
          autosize
          maxRows={6}
          placeholder={masked ? t`New value` : undefined}
          value={draft}
          onChange={(event) => setDraft(event.target.value)}
          onKeyDown={press}
        />
      )}
      <div className={classes.buttons}>
        <Button
          type="submit"
          size="xs"
          variant={changed ? "filled" : "default"}
          disabled={!changed}
          aria-disabled={busy}
        >
          <Trans>Replace, then next</Trans>
        </Button>
        {filled && (
          <Button variant="default" size="xs" aria-disabled={busy} onClick={clear}>
            <Trans>Clear</Trans>
          </Button>
        )}
      </div>
    </form>
  );
}
