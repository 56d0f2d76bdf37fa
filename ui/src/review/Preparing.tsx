import { Trans, useLingui } from "@lingui/react/macro";
import { Progress } from "@mantine/core";
import type { ReviewState } from "../api/types";
import classes from "./Frame.module.css";

interface Props {
  preparing: NonNullable<ReviewState["preparing"]>;
  /** The schema's own words for it. */
  text: string | null;
}

/** The step is being computed. */
export function Preparing({ preparing, text }: Props) {
  const { t } = useLingui();
  const { fraction } = preparing;
  return (
    <div className={classes.preparing}>
      <p role="status">{text ?? <Trans>Preparing this step…</Trans>}</p>
      <Progress
        value={fraction === null ? 100 : fraction * 100}
        animated={fraction === null}
        aria-label={t`Progress`}
      />
    </div>
  );
}
