import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Answer } from "../parts/Answer";
import { Page } from "../parts/Page";
import { DaysChart } from "./DaysChart";
import type { ImportStatus } from "./filters";
import { HealthPart } from "./HealthPart";
import pages from "./ImportPage.module.css";
import { useLiveImports } from "./live";
import classes from "./Overview.module.css";
import { healthQuery, summaryQuery } from "./queries";
import { Section } from "./Section";

const DAYS = 30;
const WAITING: readonly ImportStatus[] = ["NEEDS_REVIEW", "RUNNING", "PENDING", "AWAITING_UPLOAD"];

/** What waits for somebody, what happened lately, and whether the service is well. */
export function OverviewPage() {
  const { t } = useLingui();
  const sums = useQuery(summaryQuery(DAYS));
  const health = useQuery(healthQuery);
  useLiveImports();
  return (
    <Page title={t`Overview`}>
      <div className={pages.main}>
        <Answer query={sums}>
          {({ days, standing }) => (
            <>
              <Waiting standing={standing} />
              <Section title={<Plural value={DAYS} one="Imports of the last day" other="Imports of the last # days" />}>
                <DaysChart days={days} />
              </Section>
            </>
          )}
        </Answer>
        <Section title={<Trans>Service</Trans>}>
          <Answer query={health}>{(found) => <HealthPart health={found} />}</Answer>
        </Section>
      </div>
    </Page>
  );
}

function Waiting({ standing }: { standing: Readonly<Partial<Record<ImportStatus, number>>> }) {
  const { t, i18n } = useLingui();
  const names: Readonly<Partial<Record<ImportStatus, string>>> = {
    NEEDS_REVIEW: t`Need review`,
    RUNNING: t`Running`,
    PENDING: t`Waiting to start`,
    AWAITING_UPLOAD: t`Waiting for a file`,
  };
  return (
    <ul className={classes.waiting}>
      {WAITING.map((status) => (
        <li key={status}>
          <Link to="/imports" search={{ status }}>
            <strong>{i18n.number(standing[status] ?? 0)}</strong> {names[status]}
          </Link>
        </li>
      ))}
    </ul>
  );
}
