import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { Page } from "../parts/Page";
import { Deliveries } from "./Deliveries";

/** Everything that was and is to be sent, basic webhooks of schemas included. */
export function DeliveriesPage() {
  const { t } = useLingui();
  return (
    <Page
      title={t`Deliveries`}
      lead={<Trans>What all webhooks were sent, those that are set in schemas included.</Trans>}
      back={<Link to="/webhooks">{t`Webhooks`}</Link>}
    >
      <Deliveries />
    </Page>
  );
}
