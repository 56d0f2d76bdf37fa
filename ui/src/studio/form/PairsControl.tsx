import { Trans, useLingui } from "@lingui/react/macro";
import { Button, CloseButton, TextInput } from "@mantine/core";
import { useState } from "react";
import { objectOf, textOf } from "./field";
import type { ControlProps } from "./Control";
import classes from "./Form.module.css";
import { Plain } from "./Plain";
import { useProblemAt } from "./place";

/** Names and their texts. */
export function PairsControl({ about: key, value, place }: ControlProps) {
  const { t } = useLingui();
  const problem = useProblemAt(place.path);
  const [name, setName] = useState("");
  const pairs = Object.entries(objectOf(value));
  const add = () => {
    if (name === "" || name in objectOf(value)) return;
    place.put([name], "");
    setName("");
  };
  const remove = (gone: string) => place.put(pairs.length === 1 ? [] : [gone], undefined);
  return (
    <Plain about={key} problem={problem}>
      {pairs.map(([one, text]) => (
        <div key={one} className={classes.pair}>
          <span className={classes.pairName}>{one}</span>
          <TextInput
            aria-label={t`Text for ${one}`}
            value={textOf(text)}
            onChange={(event) => place.put([one], event.currentTarget.value)}
          />
          <CloseButton aria-label={t`Remove ${one}`} onClick={() => remove(one)} />
        </div>
      ))}
      <div className={classes.pair}>
        <TextInput
          aria-label={t`New name`}
          placeholder={t`New name`}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            event.preventDefault();
            add();
          }}
        />
        <Button variant="default" size="xs" onClick={add}>
          <Trans>Add</Trans>
        </Button>
      </div>
    </Plain>
  );
}
