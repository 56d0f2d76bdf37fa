import { Plural, Trans } from "@lingui/react/macro";
import type { ReviewState, Summary } from "../../../api/types";

type Behavior = ReviewState["settings"]["invalid_data_behavior"];

/** What finishing sends and what it leaves out, in a sentence. */
export function WhatIsSent({ summary, behavior }: { summary: Summary; behavior: Behavior }) {
  const { delivered, left_out, rows_with_errors, blocked } = summary;
  if (blocked) return <>{blocked.text}</>;
  if (left_out > 0)
    return (
      <Trans>
        <b>
          <Plural value={delivered} one="# row" other="# rows" />
        </b>{" "}
        will be sent,{" "}
        <b>
          <Plural value={left_out} other="#" />
        </b>{" "}
        left out <small>because of the errors that are left</small>
      </Trans>
    );
  if (rows_with_errors > 0 && behavior === "INCLUDE_INVALID_ROWS")
    return (
      <Trans>
        <b>
          <Plural value={delivered} one="# row" other="# rows" />
        </b>{" "}
        will be sent{" "}
        <small>
          <Plural
            value={rows_with_errors}
            one="# of them with errors: a cell that cannot be read goes out empty"
            other="# of them with errors: cells that cannot be read go out empty"
          />
        </small>
      </Trans>
    );
  if (rows_with_errors > 0)
    return (
      <Trans>
        <b>
          <Plural value={delivered} one="# row" other="# rows" />
        </b>{" "}
        will be sent{" "}
        <small>
          <Plural
            value={rows_with_errors}
            one="# of them with errors, as it stands"
            other="# of them with errors, as they stand"
          />
        </small>
      </Trans>
    );
  return (
    <Trans>
      <b>
        <Plural value={delivered} one="# row" other="# rows" />
      </b>{" "}
      will be sent
    </Trans>
  );
}
