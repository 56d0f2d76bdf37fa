import { useLingui } from "@lingui/react/macro";
import { TextInput } from "@mantine/core";
import { useState } from "react";
import type { ControlProps } from "./Control";
import { Help } from "./Help";
import { ORDER } from "./order";
import { useProblemAt } from "./place";
import type { Shape } from "./shape";

const NUMBER = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;

/** A number as people type it: half of one is kept in the field until it is whole. `bare`: what is round it has its label. */
export function NumberControl({
  about: key,
  value,
  place,
  shape,
  bare = false,
}: ControlProps & { shape: Extract<Shape, { kind: "number" }>; bare?: boolean }) {
  const { t } = useLingui();
  const problem = useProblemAt(place.path);
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? (typeof value === "number" ? String(value) : "");
  const wrong = shown === "" || numberOf(shown, shape.whole) !== null ? null : t`Expected a number.`;
  const change = (text: string) => {
    setTyped(text);
    if (text === "") place.put([], undefined);
    const number = numberOf(text, shape.whole);
    if (number !== null) place.put([], number);
  };
  return (
    <TextInput
      {...(bare ? { "aria-label": key.label } : { label: key.label, description: <Help text={key.help} /> })}
      inputWrapperOrder={ORDER}
      error={wrong ?? problem}
      withAsterisk={key.required}
      inputMode={shape.whole ? "numeric" : "decimal"}
      placeholder={typeof key.fallback === "number" ? String(key.fallback) : ""}
      value={shown}
      onChange={(event) => change(event.currentTarget.value.trim())}
      onBlur={() => wrong ?? setTyped(null)}
    />
  );
}

/** The number that a text is; null for none, and for one with more digits than would be kept. */
export function numberOf(text: string, whole: boolean): number | null {
  if (!NUMBER.test(text)) return null;
  const number = Number(text);
  if (!Number.isFinite(number) || (whole && !Number.isSafeInteger(number))) return null;
  const digits = text.replace(/e.*/i, "").replace(/\D/g, "").replace(/^0+/, "");
  return digits.length > 15 ? null : number;
}
