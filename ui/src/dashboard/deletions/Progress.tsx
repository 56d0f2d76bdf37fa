import { Trans } from "@lingui/react/macro";
import { Status } from "../parts/Status";
import type { Receipt } from "./queries";

/** Whether everything is gone. What the database held goes with the request itself, so only files take their time. */
export function Progress({ receipt }: { receipt: Receipt }) {
  return receipt.completed_date === null ? (
    <Status tone="waiting">
      <Trans>Files are being deleted</Trans>
    </Status>
  ) : (
    <Status tone="good">
      <Trans>Deleted</Trans>
    </Status>
  );
}
