import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { Page } from "../parts/Page";

export function Missing() {
  const { t } = useLingui();
  return (
    <Page
      title={t`There is no page at this address`}
      lead={<Trans>Perhaps it was deleted, or the address is not complete.</Trans>}
    >
      <Link to="/imports">
        <Trans>Go to the imports</Trans>
      </Link>
    </Page>
  );
}
