import { Trans, useLingui } from "@lingui/react/macro";
import { Button, NativeSelect } from "@mantine/core";
import type { Api } from "../../api/types";
import classes from "./HeaderStep.module.css";

type Info = Api<"ReadingInfo">;

interface Props {
  reading: Info;
  /** The table shows another reading than the saved one. */
  preview: boolean;
  onChange: (change: Api<"ReadingChoice">) => void;
  onReset: () => void;
}

/** How the file was read, where there is something to choose. A change shows at once what it does, and is saved by going on. */
export function ReadingControls({ reading, preview, onChange, onReset }: Props) {
  const { t } = useLingui();
  const controls = [
    { key: "sheet", label: t`Sheet`, value: reading.sheet, choices: reading.sheets },
    { key: "encoding", label: t`Encoding`, value: reading.encoding, choices: reading.encodings },
    { key: "delimiter", label: t`Delimiter`, value: reading.delimiter, choices: reading.delimiters },
  ].filter(({ choices }) => choices.length > 1);
  return (
    <>
      {controls.length > 0 && (
        <div className={classes.reading}>
          {controls.map(({ key, label, value, choices }) => (
            <NativeSelect
              key={key}
              label={label}
              value={value ?? ""}
              data={withValue(choices, value)}
              onChange={(event) => onChange({ [key]: event.currentTarget.value })}
            />
          ))}
        </div>
      )}
      {reading.warnings.map(({ code, text }) => (
        <p key={code} className={classes.preview}>
          {text}
        </p>
      ))}
      {preview && (
        <div className={classes.preview} role="status">
          <Trans>Preview: this is how the file would be read.</Trans>
          <Button variant="default" size="xs" onClick={onReset}>
            <Trans>Back to how it was</Trans>
          </Button>
        </div>
      )}
    </>
  );
}

/** The choices; what is in use is always among them. */
function withValue(choices: Info["sheets"], value: string | null) {
  const data = choices.map((choice) => ({ value: choice.value, label: choice.label }));
  return value === null || data.some((choice) => choice.value === value) ? data : [{ value, label: value }, ...data];
}
