import { useLingui } from "@lingui/react/macro";
import { Page } from "../parts/Page";

export function WebhooksPage() {
  const { t } = useLingui();
  return <Page title={t`Webhooks`} />;
}
