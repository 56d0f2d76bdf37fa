import { useLingui } from "@lingui/react/macro";
import { Textarea } from "@mantine/core";
import { useState } from "react";
import type { Json } from "../document/text";
import type { ControlProps } from "./Control";
import classes from "./Form.module.css";
import { Help } from "./Help";
import { ORDER } from "./order";
import { useProblemAt } from "./place";

const EXAMPLE = '{"a": 1}';

/** Any value, written as JSON. What is no JSON yet stays in the field and changes nothing. */
export function JsonControl({ about: key, value, place }: ControlProps) {
  const { t } = useLingui();
  const problem = useProblemAt(place.path);
  const [typed, setTyped] = useState<string | null>(null);
  const written = value === undefined ? "" : JSON.stringify(value, null, 2);
  const shown = typed ?? written;
  const wrong =
    shown.trim() === "" || jsonOf(shown) !== undefined ? null : t`This is no JSON yet, so it is not taken over.`;
  const change = (text: string) => {
    setTyped(text);
    const parsed = jsonOf(text);
    if (text.trim() === "") place.put([], undefined);
    else if (parsed !== undefined) place.put([], parsed);
  };
  return (
    <Textarea
      classNames={{ input: classes.code ?? "" }}
      label={key.label}
      description={<Help text={key.help} />}
      inputWrapperOrder={ORDER}
      error={wrong ?? problem}
      withAsterisk={key.required}
      placeholder={t`JSON, for example ${EXAMPLE}`}
      autosize
      minRows={1}
      maxRows={12}
      spellCheck={false}
      dir="ltr"
      value={shown}
      onChange={(event) => change(event.currentTarget.value)}
      onBlur={() => wrong ?? setTyped(null)}
    />
  );
}

function jsonOf(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
