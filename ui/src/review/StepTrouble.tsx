import { Trans } from "@lingui/react/macro";
import { Alert, Button } from "@mantine/core";
import { ApiError } from "../api/errors";
import { useSession } from "../state/hooks";
import classes from "./StepPage.module.css";
import { StepLoading } from "./StepLoading";

/** In the place of a step whose data are not there: still on their way, or refused. */
export function StepTrouble({ error }: { error: Error | null }) {
  const session = useSession();
  if (!error) return <StepLoading />;
  return (
    <div className={classes.content}>
      <Alert color="red" role="alert">
        <p>
          {error instanceof ApiError ? (
            error.message
          ) : (
            <Trans>The service does not answer. Check your connection, then try again. Nothing is lost.</Trans>
          )}
        </p>
        <Button variant="default" onClick={() => session.retry()}>
          <Trans>Try again</Trans>
        </Button>
      </Alert>
    </div>
  );
}
