import { Trans } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useProblem } from "../api/useProblem";
import classes from "./Trouble.module.css";

/** Says why something could not be shown or done; with `retry`, how to try again. Shows nothing without an error. */
export function Trouble({ error, retry }: { error: unknown; retry?: () => void }) {
  const problem = useProblem(error);
  if (problem === null) return null;
  return (
    <div className={classes.trouble} role="alert">
      <span>{problem}</span>
      {retry && (
        <Button variant="default" size="xs" onClick={retry}>
          <Trans>Try again</Trans>
        </Button>
      )}
    </div>
  );
}
