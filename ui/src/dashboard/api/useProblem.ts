import { useLingui } from "@lingui/react/macro";
import { ApiError, NetworkError } from "../../api/errors";

/** What went wrong, in words for people; null without an error. */
export function useProblem(error: unknown): string | null {
  const { t } = useLingui();
  if (error === null || error === undefined) return null;
  if (error instanceof NetworkError) {
    const { message, retryAfter } = error;
    return retryAfter === null
      ? t`The service cannot be reached at the moment. Check your connection, then try again.`
      : t`${message} Try again in ${retryAfter} seconds.`;
  }
  if (error instanceof ApiError) return problemsOf(error) || error.message;
  return t`Something went wrong on this page. Load it again to go on.`;
}

/** The problems of a body, one a line, each behind the name of what it is about. */
const problemsOf = ({ problems }: ApiError): string =>
  Object.entries(problems)
    .map(([name, texts]) => (name === "detail" ? "" : `${name}: `) + texts.join(" "))
    .join("\n");
