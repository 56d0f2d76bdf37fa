import { Trans, useLingui } from "@lingui/react/macro";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ApiError } from "../../api/errors";
import { Moment } from "../../Moment";
import { DataTable } from "../parts/DataTable";
import { Status } from "../parts/Status";
import { Trouble } from "../parts/Trouble";
import { deliveriesQuery } from "../webhooks/queries";
import { TONES, useEventName, useStateName } from "../webhooks/words";
import { Section } from "./Section";

const FORBIDDEN = 403;

/** What webhooks were told of the import. Members may not see webhooks, so to them there is nothing. */
export function DeliveriesPart({ importId }: { importId: string }) {
  const { t } = useLingui();
  const eventName = useEventName();
  const stateName = useStateName();
  const query = useInfiniteQuery(deliveriesQuery({ import_id: importId }));
  const deliveries = query.data?.pages.flatMap(({ results }) => results) ?? [];
  const refused = query.error instanceof ApiError && query.error.status === FORBIDDEN;
  if (refused || (!query.error && !deliveries.length)) return null;
  return (
    <Section title={<Trans>Webhooks</Trans>}>
      <Trouble error={query.error} retry={() => void query.refetch()} />
      {deliveries.length > 0 && (
        <DataTable
          name={t`Deliveries`}
          rows={deliveries}
          keyOf={({ id }) => id}
          columns={[
            {
              name: t`Event`,
              cell: ({ id, event }) => (
                <Link to="/webhooks/deliveries/$deliveryId" params={{ deliveryId: id }}>
                  {eventName(event)}
                </Link>
              ),
            },
            { name: t`URL`, cell: ({ url }) => <bdi>{url}</bdi> },
            { name: t`State`, cell: ({ state }) => <Status tone={TONES[state]}>{stateName(state)}</Status> },
            { name: t`Created`, cell: ({ created_date }) => <Moment at={created_date} /> },
          ]}
        />
      )}
    </Section>
  );
}
