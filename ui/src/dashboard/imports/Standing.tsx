import { Trans, useLingui } from "@lingui/react/macro";
import { Progress } from "@mantine/core";
import classes from "./ImportPage.module.css";
import { ImportState } from "./ImportState";
import type { ImportDetail } from "./queries";
import { useStepName } from "./words";

/** Where the import stands, why, and how far it is. */
export function Standing({ detail }: { detail: ImportDetail }) {
  const { status, reasons, submitting } = detail;
  return (
    <div className={classes.standing}>
      <p className={classes.state} role="status">
        <ImportState of={detail} />
      </p>
      {(status === "RUNNING" || status === "PENDING" || submitting) && <Going detail={detail} />}
      {reasons.length > 0 && !submitting && (
        <ul className={classes.reasons} data-tone={status === "FAILED" ? "bad" : undefined}>
          {reasons.map(({ code, text }, index) => (
            <li key={`${code} ${index}`}>{text}</li>
          ))}
        </ul>
      )}
      {status === "AWAITING_UPLOAD" && (
        <p>
          <Trans>Nothing was uploaded yet. It starts by itself when its file is there.</Trans>
        </p>
      )}
    </div>
  );
}

function Going({ detail: { status, progress, submitting } }: { detail: ImportDetail }) {
  const { t } = useLingui();
  const stepName = useStepName();
  const share = status === "RUNNING" ? (progress?.fraction ?? null) : null;
  return (
    <div className={classes.progress}>
      <Progress value={share === null ? 100 : share * 100} animated={share === null} aria-label={t`Progress`} />
      <p className={classes.soft}>
        {status === "RUNNING" || submitting ? (
          stepName(progress?.step)
        ) : (
          <Trans>It starts when a worker is free.</Trans>
        )}
      </p>
    </div>
  );
}
