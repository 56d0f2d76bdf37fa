import { useLingui } from "@lingui/react/macro";
import { Status } from "../parts/Status";
import type { ListedImport } from "./patch";
import { TONES, useStatusName } from "./words";

/** Where an import stands, with how far it is while it runs. */
export function ImportState({ of: { status, progress, submitting } }: { of: ListedImport }) {
  const { t, i18n } = useLingui();
  const statusName = useStatusName();
  const share = status === "RUNNING" ? (progress?.fraction ?? null) : null;
  return (
    <Status tone={TONES[status]}>
      {submitting ? t`Being finished` : statusName(status)}
      {share !== null && ` ${i18n.number(share, { style: "percent" })}`}
    </Status>
  );
}
