import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { Page } from "../parts/Page";

/** Stands in the place of a page that failed; the rest of the dashboard stays usable. */
export function Failed() {
  const { t } = useLingui();
  return (
    <Page
      title={t`Something went wrong on this page`}
      lead={<Trans>Nothing that was saved is lost. Load the page again to go on.</Trans>}
    >
      <Button onClick={() => window.location.reload()}>
        <Trans>Load again</Trans>
      </Button>
    </Page>
  );
}
