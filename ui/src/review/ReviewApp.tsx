import { QueryClientProvider } from "@tanstack/react-query";
import { useDirection } from "@mantine/core";
import { useEffect, useState } from "react";
import { BadLinkError } from "../api/link";
import { ErrorBoundary } from "../ErrorBoundary";
import { directionOf, speak } from "../i18n";
import { SessionContext, useStateQuery } from "../state/hooks";
import { isLinkProblem, ReviewSession } from "../state/session";
import { applyStyleOverrides } from "../styleOverrides";
import { CATALOGUES } from "./catalogues";
import { DeadLink, Ended, Unavailable, Working } from "./EndPages";
import { Frame } from "./Frame";

/** The review that a link's token opens. */
export function ReviewApp({ token }: { token: string }) {
  const [session] = useState(() => openSession(token));
  useEffect(() => session?.open(), [session]);
  if (!session) return <DeadLink />;
  return (
    <ErrorBoundary>
      <SessionContext value={session}>
        <QueryClientProvider client={session.queries}>
          <Review />
        </QueryClientProvider>
      </SessionContext>
    </ErrorBoundary>
  );
}

function openSession(token: string): ReviewSession | null {
  try {
    return new ReviewSession(token);
  } catch (error) {
    if (error instanceof BadLinkError) return null;
    throw error;
  }
}

function Review() {
  const { data, error, refetch } = useStateQuery();
  const spoken = useLanguage(data?.locale, data?.settings.text_overrides);
  const styles = data?.settings.style_overrides;
  useEffect(() => (styles ? applyStyleOverrides(styles) : undefined), [styles]);
  if (isLinkProblem(error)) return <DeadLink />;
  if (!data) return error ? <Unavailable retry={() => void refetch()} /> : <Working />;
  // A moment in English before the language of the review would be a flash of another text.
  if (!spoken) return <Working />;
  if (data.status === "SUCCESSFUL" || data.status === "FAILED") return <Ended state={data} />;
  if (data.status !== "NEEDS_REVIEW" || data.submitting) return <Working state={data} />;
  return <Frame state={data} />;
}

/** Speaks the language of the review, or that of `?lang=`; true once its texts are there. */
function useLanguage(locale: string | undefined, overrides: Record<string, string> | undefined): boolean {
  const [spoken, setSpoken] = useState(false);
  const { setDirection } = useDirection();
  useEffect(() => {
    if (!locale || !overrides) return;
    const tag = new URLSearchParams(window.location.search).get("lang") ?? locale;
    setDirection(directionOf(tag, window.location.search));
    // Without its catalogue the page still works, in English.
    void speak(tag, CATALOGUES, overrides)
      .catch(() => undefined)
      .then(() => setSpoken(true));
  }, [locale, overrides, setDirection]);
  return spoken;
}
