import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../api/client";
import forms from "../parts/Forms.module.css";
import { Status } from "../parts/Status";
import { Trouble } from "../parts/Trouble";
import { type DeliveryFull, deliveryQuery, type Webhook, WEBHOOKS } from "./queries";
import { useProblemName } from "./words";

/** Sends a test event, and says what came of it. */
export function TestEvent({ webhook }: { webhook: Webhook }) {
  const queries = useQueryClient();
  const send = useMutation({
    mutationFn: () =>
      answer(api.POST("/api/v1/webhooks/{webhook_id}/test/", { params: { path: { webhook_id: webhook.id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: [...WEBHOOKS, "deliveries"] }),
  });
  return (
    <>
      <div className={forms.bar}>
        <Button variant="default" onClick={() => send.mutate()} loading={send.isPending}>
          <Trans>Send a test event</Trans>
        </Button>
        <span role="status">{send.data && <Outcome key={send.data.id} sent={send.data} />}</span>
      </div>
      <Trouble error={send.error} />
    </>
  );
}

function Outcome({ sent }: { sent: DeliveryFull }) {
  const { data } = useQuery({ ...deliveryQuery(sent.id), initialData: sent });
  return <DeliveryOutcome delivery={data} />;
}

/** How the last try of a delivery ended, in a sentence. */
export function DeliveryOutcome({ delivery: { state, attempts } }: { delivery: DeliveryFull }) {
  const { i18n } = useLingui();
  const problemName = useProblemName();
  const last = attempts.at(-1);
  const status = last?.status ?? "";
  const duration = i18n.number(last?.milliseconds ?? 0);
  if (state === "delivered")
    return (
      <Status tone="good">
        <Trans>
          The receiver answered {status} after {duration} ms.
        </Trans>
      </Status>
    );
  if (last?.problem)
    return (
      <Status tone="bad">
        {problemName(last.problem)} {status && `(${status})`}
      </Status>
    );
  return (
    <Status tone="waiting">
      <Trans>On its way…</Trans>
    </Status>
  );
}
