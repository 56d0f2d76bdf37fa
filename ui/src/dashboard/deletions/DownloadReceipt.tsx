import { Trans } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { saveFile } from "../parts/saveFile";
import type { Receipt } from "./queries";

/** Saves a signed receipt as it can be checked later; there is none before the deletion is complete. */
export function DownloadReceipt({ receipt }: { receipt: Receipt }) {
  if (receipt.signature === null) return null;
  const save = () => saveFile(`deletion-${receipt.id}.json`, `${JSON.stringify(receipt, null, 2)}\n`);
  return (
    <Button variant="default" onClick={save}>
      <Trans>Download the receipt</Trans>
    </Button>
  );
}
