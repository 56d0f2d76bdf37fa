import { useLingui } from "@lingui/react/macro";
import { NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import type { ControlProps } from "./Control";
import { textOf } from "./field";
import classes from "./Form.module.css";
import { NumberControl } from "./NumberControl";
import { Plain } from "./Plain";
import { useProblemAt } from "./place";

type Way = "name" | "position";

/** A thing that is told by its name or by its position from 0. */
export function EitherControl(props: ControlProps) {
  const { about: key, value, place } = props;
  const { t } = useLingui();
  const problem = useProblemAt(place.path);
  const [chosen, setChosen] = useState<Way>("name");
  const way: Way = typeof value === "number" ? "position" : typeof value === "string" ? "name" : chosen;
  const name = key.label;
  const choose = (next: string) => {
    setChosen(next === "position" ? "position" : "name");
    place.put([], undefined);
  };
  return (
    <Plain about={key} problem={way === "name" ? problem : null}>
      <div className={classes.pair}>
        <NativeSelect
          aria-label={t`${name}: by name or by position`}
          data={[
            { value: "name", label: t`By name` },
            { value: "position", label: t`By position` },
          ]}
          value={way}
          onChange={(event) => choose(event.currentTarget.value)}
        />
        {way === "name" ? (
          <TextInput
            aria-label={name}
            value={textOf(value)}
            onChange={(event) => place.put([], event.currentTarget.value || undefined)}
          />
        ) : (
          <NumberControl {...props} about={{ ...key, help: "" }} shape={{ kind: "number", whole: true }} bare />
        )}
      </div>
    </Plain>
  );
}
