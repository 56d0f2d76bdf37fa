import { Plural, Trans } from "@lingui/react/macro";
import type { ReviewState } from "../api/types";
import classes from "./Frame.module.css";

/** One sentence that says why the person is here; the others behind a click. */
export function Why({ state }: { state: ReviewState }) {
  const [first, ...rest] = state.reasons;
  if (!first) return null;
  const { text } = first;
  return (
    <div className={classes.why}>
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
    </div>
  );
}
