import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Loader, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useSession } from "../../../state/hooks";
import classes from "./tools.module.css";

/** A request in words that becomes an expression, to be looked at before it is used. */
export function InWords({
  prompts,
  onWritten,
}: {
  prompts: readonly string[];
  onWritten: (expression: string) => void;
}) {
  const { t } = useLingui();
  const session = useSession();
  const [request, setRequest] = useState("");
  const writing = useMutation({
    mutationFn: (words: string) => session.client.suggestTransform(words),
    networkMode: "always",
    onSuccess: ({ expression }) => {
      onWritten(expression);
      session.announce(t`The expression is written. Look at what it would change.`);
    },
  });
  const ask = (words: string) => {
    setRequest(words);
    if (!writing.isPending && words.trim() !== "") writing.mutate(words);
  };
  return (
    <div className={classes.form}>
      <Textarea
        label={t`Say what shall change`}
        data-autofocus
        autosize
        minRows={2}
        maxRows={6}
        value={request}
        error={writing.error?.message}
        onChange={(event) => setRequest(event.target.value)}
      />
      {prompts.length > 0 && (
        <ul className={classes.chips}>
          {prompts.map((prompt) => (
            <li key={prompt}>
              <Button variant="default" size="compact-sm" aria-disabled={writing.isPending} onClick={() => ask(prompt)}>
                {prompt}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Button
        variant="default"
        aria-disabled={writing.isPending}
        disabled={request.trim() === ""}
        leftSection={writing.isPending && <Loader size={14} aria-hidden />}
        onClick={() => ask(request)}
      >
        <Trans>Write the expression</Trans>
      </Button>
      {writing.data?.explanation && <p className={classes.soft}>{writing.data.explanation}</p>}
    </div>
  );
}
