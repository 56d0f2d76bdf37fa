import { useLingui } from "@lingui/react/macro";

/** A moment as people write it: the time alone where it is today. `at`: ISO 8601. */
export function Moment({ at }: { at: string }) {
  const { i18n } = useLingui();
  const moment = new Date(at);
  const today = moment.toDateString() === new Date().toDateString();
  return (
    <time dateTime={at} title={i18n.date(moment, { dateStyle: "full", timeStyle: "medium" })}>
      {i18n.date(moment, today ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" })}
    </time>
  );
}
