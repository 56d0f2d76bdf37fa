import { useLingui } from "@lingui/react/macro";
import classes from "./ImportPage.module.css";

interface Props {
  counts: Readonly<Record<string, number>>;
  errorCount: number | null;
}

/** What became of the rows, as numbers. What did not happen is not told. */
export function Counts({ counts, errorCount }: Props) {
  const { t, i18n } = useLingui();
  const always: [string, number | null | undefined][] = [
    [t`Rows read`, counts.read],
    [t`Rows delivered`, counts.delivered],
  ];
  const sometimes: [string, number | null | undefined, "bad"?][] = [
    [t`Rows with errors`, counts.invalid, "bad"],
    [t`Errors`, errorCount, "bad"],
    [t`Blank rows`, counts.empty],
    [t`Beyond the limit`, counts.overMaxRecords],
    [t`Rows edited by people`, counts.edited],
    [t`Rows added by people`, counts.added],
    [t`Rows deleted by people`, counts.deleted],
  ];
  const shown = [...always.filter(([, count]) => typeof count === "number"), ...sometimes.filter(([, count]) => count)];
  if (!shown.length) return null;
  return (
    <dl className={classes.counts}>
      {shown.map(([name, count, tone]) => (
        <div key={name} data-tone={tone}>
          <dt>{name}</dt>
          <dd>{i18n.number(count ?? 0)}</dd>
        </div>
      ))}
    </dl>
  );
}
