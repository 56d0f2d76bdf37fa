import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { DeleteImport } from "./DeleteImport";
import { Downloads } from "./Downloads";
import type { ImportDetail } from "./queries";
import { RecipeOffer } from "./RecipeOffer";
import { Rerun } from "./Rerun";
import { ReviewLink } from "./ReviewLink";

/** What can be done with an import. */
export function Actions({ detail }: { detail: ImportDetail }) {
  const { t } = useLingui();
  const { review_url, submitting } = detail;
  return (
    <>
      {review_url && !submitting && (
        <>
          <Button
            component="a"
            href={review_url}
            target="_blank"
            rel="noopener"
            aria-label={t`Review (opens a new tab)`}
          >
            <Trans>Review</Trans>
          </Button>
          <ReviewLink importId={detail.id} url={review_url} />
        </>
      )}
      <Downloads detail={detail} />
      <RecipeOffer detail={detail} />
      <Rerun detail={detail} />
      <DeleteImport detail={detail} />
    </>
  );
}
