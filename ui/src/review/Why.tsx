import { Plural, Trans, useLingui } from "@lingui/react/macro";
import type { ReviewState } from "../api/types";
import classes from "./Frame.module.css";

/** One sentence that says why the person is here; the others behind a click. */
export function Why({ state }: { state: ReviewState }) {
  const { t } = useLingui();
  const [first, ...rest] = state.reasons;
  if (!first) return null;
  const { text } = first;
  return (
    <section className={classes.why} aria-label={t`Why you are here`}>
      <p>
        <Trans>This import waits for you: {text}</Trans>
      </p>
      {rest.length > 0 && (
        <details>
          <summary>
            <Plural value={rest.length} one="and # more reason" other="and # more reasons" />
          </summary>
          <ul>
            {rest.map((reason, index) => (
              <li key={`${reason.code}-${index}`}>{reason.text}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
