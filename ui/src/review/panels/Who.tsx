import { Trans } from "@lingui/react/macro";

/** Who made a change: people have no accounts here. */
export function Who({ mine }: { mine: boolean }) {
  return mine ? <Trans>You</Trans> : <Trans>Somebody else</Trans>;
}
