import { useLingui } from "@lingui/react/macro";
import { Page } from "../parts/Page";

export function ImportsPage() {
  const { t } = useLingui();
  return <Page title={t`Imports`} />;
}
