import { Trans, useLingui } from "@lingui/react/macro";
import { Button, Loader, Progress } from "@mantine/core";
import type { ReviewState } from "../api/types";
import { MessagePage } from "../MessagePage";
import { Remember } from "./Remember";

/** The link opens nothing (any more). */
export function DeadLink() {
  return (
    <MessagePage title={<Trans>This link does not work</Trans>}>
      <p>
        <Trans>It may have expired, been withdrawn, or been cut off when it was copied.</Trans>
      </p>
      <p>
        <Trans>Ask the person who sent it for a new one. Nothing of your work is lost.</Trans>
      </p>
    </MessagePage>
  );
}

export function Unavailable({ retry }: { retry: () => void }) {
  return (
    <MessagePage title={<Trans>The import cannot be shown at the moment</Trans>}>
      <p>
        <Trans>The service does not answer. Check your connection, then try again. Nothing is lost.</Trans>
      </p>
      <Button onClick={retry}>
        <Trans>Try again</Trans>
      </Button>
    </MessagePage>
  );
}

/** The import runs, or is being finished. */
export function Working({ state }: { state?: ReviewState }) {
  const { t } = useLingui();
  const fraction = state?.preparing?.fraction ?? null;
  if (!state)
    return (
      <MessagePage title={<Trans>Opening the import…</Trans>}>
        <Loader aria-hidden />
      </MessagePage>
    );
  return (
    <MessagePage title={state.title}>
      <p>
        {state.settings.processing_text ??
          (state.status === "AWAITING_UPLOAD" ? (
            <Trans>The file has not arrived yet. This page goes on by itself.</Trans>
          ) : (
            <Trans>The import is being processed. This page goes on by itself; you may also close it.</Trans>
          ))}
      </p>
      {fraction === null ? <Loader aria-hidden /> : <Progress value={fraction * 100} aria-label={t`Progress`} />}
    </MessagePage>
  );
}

/** The import is at its end. */
export function Ended({ state }: { state: ReviewState }) {
  const { title } = state;
  if (state.status === "SUCCESSFUL")
    return (
      <MessagePage title={<Trans>Done: the data has been sent</Trans>}>
        <p>
          <Trans>“{title}” is finished. You can close this page.</Trans>
        </p>
        {state.settings.remember_corrections && <Remember />}
      </MessagePage>
    );
  return (
    <MessagePage title={<Trans>This import has failed</Trans>}>
      {state.reasons.map((reason, index) => (
        <p key={index}>{reason.text}</p>
      ))}
      <p>
        <Trans>Nothing was sent. Ask the person who sent the link to start the import again.</Trans>
      </p>
    </MessagePage>
  );
}
