import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Button, Select } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Moment } from "../../Moment";
import { answer, api } from "../api/client";
import { Answer } from "../parts/Answer";
import { useAnnounce } from "../parts/announce";
import { DataTable } from "../parts/DataTable";
import forms from "../parts/Forms.module.css";
import { Status } from "../parts/Status";
import { Trouble } from "../parts/Trouble";
import { deliveriesQuery, type Delivery, type DeliveryState, WEBHOOKS } from "./queries";
import { TONES, useEventName, useStateName } from "./words";

const STATES: readonly DeliveryState[] = ["pending", "held", "delivered", "dead"];

/** What was and is to be sent, newest first: of one webhook, or of all. */
export function Deliveries({ webhookId }: { webhookId?: string }) {
  const { t } = useLingui();
  const stateName = useStateName();
  const [state, setState] = useState<DeliveryState | null>(null);
  const query = useInfiniteQuery(deliveriesQuery({ webhook_id: webhookId, state: state ?? undefined }));
  return (
    <>
      <div className={forms.bar}>
        <Select
          aria-label={t`State`}
          placeholder={t`All states`}
          data={STATES.map((value) => ({ value, label: stateName(value) }))}
          value={state}
          onChange={setState}
          clearable
          clearButtonProps={{ "aria-label": t`All states` }}
        />
        {webhookId && <ReplayGivenUp webhookId={webhookId} />}
      </div>
      <Answer query={query}>
        {({ pages }) => <List deliveries={pages.flatMap(({ results }) => results)} ofAll={!webhookId} />}
      </Answer>
      {query.hasNextPage && (
        <Button variant="default" mt="md" onClick={() => void query.fetchNextPage()} loading={query.isFetchingNextPage}>
          <Trans>Show more</Trans>
        </Button>
      )}
    </>
  );
}

function List({ deliveries, ofAll }: { deliveries: readonly Delivery[]; ofAll: boolean }) {
  const { t } = useLingui();
  const eventName = useEventName();
  const stateName = useStateName();
  if (!deliveries.length)
    return (
      <p className={forms.soft}>
        <Trans>Nothing has been sent.</Trans>
      </p>
    );
  return (
    <DataTable
      name={t`Deliveries`}
      // A page that was loaded later may begin with what the one before ended with, when something came meanwhile.
      rows={[...new Map(deliveries.map((one) => [one.id, one])).values()]}
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
        ...(ofAll ? [{ name: t`URL`, cell: ({ url }: Delivery) => <bdi>{url}</bdi> }] : []),
        { name: t`State`, cell: ({ state }) => <Status tone={TONES[state]}>{stateName(state)}</Status> },
        { name: t`Tries`, align: "end", cell: ({ tries }) => tries },
        { name: t`Created`, cell: ({ created_date }) => <Moment at={created_date} /> },
      ]}
    />
  );
}

/** Sends everything again that this webhook missed. */
function ReplayGivenUp({ webhookId }: { webhookId: string }) {
  const queries = useQueryClient();
  const announce = useAnnounce();
  const { t } = useLingui();
  const dead = useInfiniteQuery(deliveriesQuery({ webhook_id: webhookId, state: "dead" }));
  const count = dead.data?.pages[0]?.count ?? 0;
  const replay = useMutation({
    mutationFn: () =>
      answer(api.POST("/api/v1/webhooks/{webhook_id}/replay/", { params: { path: { webhook_id: webhookId } } })),
    onSuccess: () => {
      announce(t`They are being sent again.`);
      return queries.invalidateQueries({ queryKey: WEBHOOKS });
    },
  });
  if (!count && !replay.error) return null;
  return (
    <>
      <Button variant="default" onClick={() => replay.mutate()} loading={replay.isPending}>
        <Plural value={count} one="Send # given up again" other="Send # given up again" />
      </Button>
      <Trouble error={replay.error} />
    </>
  );
}
