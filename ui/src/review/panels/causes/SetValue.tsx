import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Api, ErrorGroup, FieldInfo } from "../../../api/types";
import { focusIt } from "../focusIt";
import classes from "./causes.module.css";

interface Props {
  group: ErrorGroup;
  field: FieldInfo | null;
  busy: boolean;
  onApply: (fix: Api<"Fix">) => Promise<boolean>;
  onClose: () => void;
}

/** One value for all cells of a group. */
export function SetValue({ group, field, busy, onApply, onClose }: Props) {
  const { t } = useLingui();
  const [text, setText] = useState("");
  const name = group.label;
  const options = field?.select_options;
  const label = t`Value for “${name}”`;
  const submit = async (event: React.SubmitEvent) => {
    event.preventDefault();
    if (busy || text === "") return;
    if (await onApply({ kind: "fix", group: group.id, fix: "set_value", text, values: null })) onClose();
  };
  return (
    <form className={classes.form} onSubmit={(event) => void submit(event)}>
      {options ? (
        <Select
          size="xs"
          label={label}
          searchable
          ref={focusIt}
          nothingFoundMessage={t`No option is called so.`}
          data={options.map(({ value, label }) => ({ value, label }))}
          value={text || null}
          onChange={(value) => setText(value ?? "")}
        />
      ) : (
        <TextInput
          size="xs"
          label={label}
          ref={focusIt}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      )}
      <div className={classes.buttons}>
        <Button type="submit" size="xs" aria-disabled={busy} disabled={text === ""}>
          <Plural value={group.cells} one="Set it in # cell" other="Set it in all # cells" />
        </Button>
        <Button variant="default" size="xs" onClick={onClose}>
          <Trans>Cancel</Trans>
        </Button>
      </div>
    </form>
  );
}
