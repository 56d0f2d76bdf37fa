import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Answer } from "../parts/Answer";
import { ButtonLink } from "../parts/ButtonLink";
import { DataTable } from "../parts/DataTable";
import { Empty } from "../parts/Empty";
import forms from "../parts/Forms.module.css";
import { Page } from "../parts/Page";
import { Status } from "../parts/Status";
import { type Webhook, webhooksQuery } from "./queries";
import { useEventName } from "./words";

/** All webhooks of the organization. */
export function WebhooksPage() {
  const { t } = useLingui();
  const query = useQuery(webhooksQuery);
  const create = (
    <ButtonLink to="/webhooks/new">
      <Trans>New webhook</Trans>
    </ButtonLink>
  );
  const deliveries = (
    <ButtonLink to="/webhooks/deliveries" variant="default">
      <Trans>Deliveries</Trans>
    </ButtonLink>
  );
  return (
    <Page
      title={t`Webhooks`}
      lead={<Trans>They tell your systems what became of an import, instead of being asked again and again.</Trans>}
      actions={
        <>
          {deliveries}
          {query.data?.count ? create : null}
        </>
      }
    >
      <Answer query={query}>
        {({ results }) =>
          results.length ? (
            <List webhooks={results} />
          ) : (
            <Empty title={<Trans>There is no webhook yet</Trans>} action={create}>
              <Trans>Name the URL of your receiver, and it hears of every import that ends or needs a review.</Trans>
            </Empty>
          )
        }
      </Answer>
    </Page>
  );
}

function List({ webhooks }: { webhooks: readonly Webhook[] }) {
  const { t } = useLingui();
  return (
    <DataTable
      name={t`Webhooks`}
      rows={webhooks}
      keyOf={({ id }) => id}
      columns={[
        {
          name: t`URL`,
          cell: ({ id, url, description }) => (
            <>
              <Link to="/webhooks/$webhookId" params={{ webhookId: id }} className={forms.strong}>
                <bdi>{url}</bdi>
              </Link>
              {description && <div className={forms.soft}>{description}</div>}
            </>
          ),
        },
        { name: t`Listens to`, cell: (webhook) => <Listens webhook={webhook} /> },
        { name: t`State`, cell: (webhook) => <State webhook={webhook} /> },
      ]}
    />
  );
}

function Listens({
  webhook: { events = [], schema_ids = [], import_identifiers = [], development_mode },
}: {
  webhook: Webhook;
}) {
  const { t, i18n } = useLingui();
  const eventName = useEventName();
  const list = new Intl.ListFormat(i18n.locale);
  return (
    <>
      {events.length ? list.format(events.map(eventName)) : t`All events`}
      {(schema_ids.length > 0 || import_identifiers.length > 0) && (
        <div className={forms.soft}>
          <Trans>of chosen schemas or identifiers</Trans>
        </div>
      )}
      {development_mode && (
        <div className={forms.soft}>
          <Trans>in development mode</Trans>
        </div>
      )}
    </>
  );
}

/** Whether it is on; if not, who turned it off. */
export function State({ webhook: { enabled, disabled_reason } }: { webhook: Webhook }) {
  if (enabled)
    return (
      <Status tone="good">
        <Trans>On</Trans>
      </Status>
    );
  if (disabled_reason === "gone")
    return (
      <Status tone="bad">
        <Trans>Off: the receiver wants no more</Trans>
      </Status>
    );
  return (
    <Status tone="quiet">
      <Trans>Off</Trans>
    </Status>
  );
}
