import "@mantine/dates/styles.css";
import { useLingui } from "@lingui/react/macro";
import { DatePicker } from "@mantine/dates";

interface Props {
  text: string;
  choose: (text: string) => void;
}

/** A month to pick a day from. What it gives is read the same in every locale: `2024-03-27`. */
export default function Calendar({ text, choose }: Props) {
  const { t, i18n } = useLingui();
  const date = /^\d{4}-\d\d-\d\d/.exec(text)?.[0] ?? null;
  const valid = date !== null && !Number.isNaN(Date.parse(date)) ? date : null;
  const month = new Intl.DateTimeFormat(i18n.locale, { month: "long", year: "numeric" });
  const weekday = new Intl.DateTimeFormat(i18n.locale, { weekday: "narrow" });
  const local = (day: string) => new Date(`${day}T00:00:00`);
  return (
    <DatePicker
      key={valid}
      value={valid}
      {...(valid === null ? {} : { defaultDate: valid })}
      size="xs"
      onChange={(picked) => picked && choose(picked)}
      monthLabelFormat={(day) => month.format(local(day))}
      weekdayFormat={(day) => weekday.format(local(day))}
      ariaLabels={{
        previousMonth: t`Previous month`,
        nextMonth: t`Next month`,
        previousYear: t`Previous year`,
        nextYear: t`Next year`,
      }}
    />
  );
}
