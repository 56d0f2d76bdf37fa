import { Trans, useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Moment } from "../../Moment";
import type { Api } from "../../api/types";
import { answer, api } from "../api/client";
import { Answer } from "../parts/Answer";
import { DataTable } from "../parts/DataTable";
import { Facts } from "../parts/Facts";
import forms from "../parts/Forms.module.css";
import { Page } from "../parts/Page";
import { Status } from "../parts/Status";
import { Trouble } from "../parts/Trouble";
import classes from "./DeliveryPage.module.css";
import { type DeliveryFull, deliveryQuery, WEBHOOKS } from "./queries";
import { TONES, useEventName, useProblemName, useStateName } from "./words";

const route = getRouteApi("/frame/admin/webhooks/deliveries/$deliveryId");

/** One delivery: every try, and what is sent. */
export function DeliveryPage() {
  const { t } = useLingui();
  const eventName = useEventName();
  const { deliveryId } = route.useParams();
  const query = useQuery(deliveryQuery(deliveryId));
  const { data } = query;
  const back = data?.webhook_id ? (
    <Link to="/webhooks/$webhookId" params={{ webhookId: data.webhook_id }}>
      {t`Webhook`}
    </Link>
  ) : (
    <Link to="/webhooks/deliveries">{t`Deliveries`}</Link>
  );
  return (
    <Page
      title={data ? eventName(data.event) : t`Delivery`}
      back={back}
      actions={data && (data.state === "dead" || data.state === "delivered") && <Replay delivery={data} />}
    >
      <Answer query={query}>{(delivery) => <Parts delivery={delivery} />}</Answer>
    </Page>
  );
}

function Replay({ delivery }: { delivery: DeliveryFull }) {
  const queries = useQueryClient();
  const replay = useMutation({
    mutationFn: () =>
      answer(
        api.POST("/api/v1/webhooks/deliveries/{delivery_id}/replay/", {
          params: { path: { delivery_id: delivery.id } },
        }),
      ),
    onSuccess: (sent) => {
      queries.setQueryData(deliveryQuery(delivery.id).queryKey, sent);
      return queries.invalidateQueries({ queryKey: WEBHOOKS });
    },
  });
  return (
    <>
      <Button variant="default" onClick={() => replay.mutate()} loading={replay.isPending}>
        <Trans>Send again</Trans>
      </Button>
      <Trouble error={replay.error} />
    </>
  );
}

function Parts({ delivery }: { delivery: DeliveryFull }) {
  const { t } = useLingui();
  const stateName = useStateName();
  const { state, url, message_id, created_date, next_try_date, attempts, body } = delivery;
  return (
    <>
      <Facts
        facts={[
          [
            t`State`,
            <Status key="state" tone={TONES[state]}>
              {stateName(state)}
            </Status>,
          ],
          [t`URL`, <bdi key="url">{url}</bdi>],
          [
            t`Message id`,
            <bdi key="id" className={forms.mono}>
              {message_id}
            </bdi>,
          ],
          [t`Created`, <Moment key="created" at={created_date} />],
          ...(next_try_date ? ([[t`Next try`, <Moment key="next" at={next_try_date} />]] as const) : []),
        ]}
      />
      <section className={forms.section}>
        <h2>
          <Trans>Tries</Trans>
        </h2>
        <Tries attempts={attempts} />
      </section>
      <section className={forms.section}>
        <h2>
          <Trans>What is sent</Trans>
        </h2>
        <pre className={classes.body} dir="ltr">
          {readable(body)}
        </pre>
      </section>
    </>
  );
}

function Tries({ attempts }: { attempts: readonly Api<"DeliveryAttempt">[] }) {
  const { t } = useLingui();
  const problemName = useProblemName();
  if (!attempts.length)
    return (
      <p>
        <Trans>It has not been tried yet.</Trans>
      </p>
    );
  return (
    <DataTable
      name={t`Tries`}
      rows={attempts}
      keyOf={({ started_date }) => started_date}
      columns={[
        { name: t`Started`, cell: ({ started_date }) => <Moment at={started_date} /> },
        {
          name: t`Outcome`,
          cell: ({ problem }) =>
            problem ? (
              <span className={classes.problem}>{problemName(problem)}</span>
            ) : (
              <Status tone="good">{t`Delivered`}</Status>
            ),
        },
        { name: t`Status`, align: "end", cell: ({ status }) => status ?? "–" },
        {
          name: t`Duration`,
          align: "end",
          cell: ({ milliseconds }) => (milliseconds === null ? "–" : <Duration milliseconds={milliseconds} />),
        },
        {
          name: t`Answer`,
          cell: ({ answer: text }) => (text ? <code className={classes.answer}>{text}</code> : "–"),
        },
      ]}
    />
  );
}

function Duration({ milliseconds }: { milliseconds: number }) {
  const { i18n } = useLingui();
  const duration = i18n.number(milliseconds);
  return <Trans>{duration} ms</Trans>;
}

/** JSON with its lines; anything else as it is. */
function readable(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
