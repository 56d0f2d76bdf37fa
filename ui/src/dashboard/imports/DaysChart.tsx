import { Trans, useLingui } from "@lingui/react/macro";
import { DataTable } from "../parts/DataTable";
import { type Day, importsOf, niceTop, type Part, PARTS, partsOf } from "./days";
import pages from "./ImportPage.module.css";
import classes from "./Overview.module.css";

const HEIGHT = 120;
const STEP = 20;
const BAR = 14;

/** Imports by day, as bars; the same as a table for those who cannot see them. */
export function DaysChart({ days }: { days: readonly Day[] }) {
  const { t, i18n } = useLingui();
  const most = Math.max(...days.map(importsOf));
  if (most <= 0)
    return (
      <p className={pages.soft}>
        <Trans>There was no import in this time.</Trans>
      </p>
    );
  const top = niceTop(most);
  const dateOf = (day: string) => i18n.date(new Date(`${day}T00:00:00Z`), { timeZone: "UTC", dateStyle: "medium" });
  const names: Readonly<Record<Part, string>> = {
    good: t`Successful`,
    review: t`Under way or in review`,
    bad: t`Failed`,
  };
  const sum = (part: Part) => days.reduce((total, day) => total + partsOf(day)[part], 0);
  const rows = days.reduce((total, day) => total + day.rows, 0);
  const wrong = days.reduce((total, day) => total + day.rows_with_errors, 0);
  return (
    <>
      <ul className={classes.legend}>
        {PARTS.map((part) => (
          <li key={part} data-part={part}>
            <strong>{i18n.number(sum(part))}</strong> {names[part]}
          </li>
        ))}
        <li>
          <strong>{i18n.number(rows)}</strong> {t`rows read`}
        </li>
        <li>
          <strong>{i18n.number(wrong)}</strong> {t`rows with errors`}
        </li>
      </ul>
      <svg
        className={classes.chart}
        viewBox={`0 0 ${days.length * STEP} ${HEIGHT}`}
        preserveAspectRatio="none"
        aria-hidden
      >
        {days.map((day, index) => (
          <Bar key={day.day} day={day} x={index * STEP + (STEP - BAR) / 2} top={top} title={dateOf(day.day)} />
        ))}
      </svg>
      <div className={classes.axis} aria-hidden>
        <span>{dateOf(days[0]?.day ?? "")}</span>
        <span>{dateOf(days.at(-1)?.day ?? "")}</span>
      </div>
      <details className={pages.group}>
        <summary>
          <Trans>As a table</Trans>
        </summary>
        <DataTable
          name={t`Imports by day`}
          rows={days.filter((day) => importsOf(day) > 0).toReversed()}
          keyOf={({ day }) => day}
          columns={[
            { name: t`Day`, cell: ({ day }) => dateOf(day) },
            ...PARTS.map((part) => ({
              name: names[part],
              align: "end" as const,
              cell: (day: Day) => i18n.number(partsOf(day)[part]),
            })),
            { name: t`Rows`, align: "end", cell: ({ rows: count }) => i18n.number(count) },
          ]}
        />
      </details>
    </>
  );
}

function Bar({ day, x, top, title }: { day: Day; x: number; top: number; title: string }) {
  const counts = partsOf(day);
  const heights = PARTS.map((part) => (counts[part] / top) * HEIGHT);
  return (
    <g>
      <title>{`${title}: ${importsOf(day)}`}</title>
      <rect x={x} y={0} width={BAR} height={HEIGHT} fill="transparent" />
      {PARTS.map((part, index) => {
        const below = heights.slice(0, index).reduce((sum, height) => sum + height, 0);
        const height = heights[index] ?? 0;
        return <rect key={part} data-part={part} x={x} y={HEIGHT - below - height} width={BAR} height={height} />;
      })}
    </g>
  );
}
