import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Answer } from "../parts/Answer";
import { Page } from "../parts/Page";
import { Section } from "./Section";
import { Actions } from "./Actions";
import { Counts } from "./Counts";
import { DecisionsPart } from "./DecisionsPart";
import { DeletedParts } from "./DeletedParts";
import { DeliveriesPart } from "./DeliveriesPart";
import { HookLog } from "./HookLog";
import { useImportName } from "./ImportName";
import classes from "./ImportPage.module.css";
import { Issues } from "./Issues";
import { useLiveImports } from "./live";
import { type ImportDetail, importQuery } from "./queries";
import { Standing } from "./Standing";
import { Story } from "./Story";

const route = getRouteApi("/frame/imports/$importId");

/** One import: where it stands, what happened, what was decided, what is wrong, and what can be done. */
export function ImportPage() {
  const { t, i18n } = useLingui();
  const { importId } = route.useParams();
  const query = useQuery(importQuery(importId, i18n.locale));
  const name = useImportName();
  useLiveImports();
  return (
    <Page
      title={query.data ? name(query.data) : t`Import`}
      back={<Link to="/imports">{t`Imports`}</Link>}
      actions={query.data && <Actions detail={query.data} />}
    >
      <Answer query={query}>{(detail) => <Parts key={detail.id} detail={detail} />}</Answer>
    </Page>
  );
}

function Parts({ detail }: { detail: ImportDetail }) {
  const rested = detail.decisions !== null;
  return (
    <div className={classes.columns}>
      <div className={classes.main}>
        <Standing detail={detail} />
        <DeletedParts detail={detail} />
        {rested && <Counts counts={detail.counts} errorCount={detail.error_count} />}
        {detail.downloads.errors && <Issues importId={detail.id} labels={detail.labels} />}
        {rested && <DecisionsPart decisions={detail.decisions ?? {}} labels={detail.labels} />}
        {detail.downloads.console && <HookLog importId={detail.id} />}
        <DeliveriesPart importId={detail.id} />
      </div>
      <aside className={classes.side}>
        <Section title={<Trans>What happened</Trans>}>
          <Story detail={detail} />
        </Section>
      </aside>
    </div>
  );
}
