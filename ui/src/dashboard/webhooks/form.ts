import type { Api } from "../../api/types";
import type { Webhook } from "./queries";

/** What a webhook's form holds. */
export type WebhookValues = Required<Api<"WebhookWrite">>;

export const NEW_WEBHOOK: WebhookValues = {
  url: "",
  description: "",
  development_mode: false,
  enabled: true,
  events: [],
  import_identifiers: [],
  schema_ids: [],
};

export const NAMES = Object.keys(NEW_WEBHOOK) as (keyof WebhookValues)[];

/** What is set now. */
export const valuesOf = (webhook: Webhook): WebhookValues => ({
  url: webhook.url,
  description: webhook.description ?? "",
  development_mode: webhook.development_mode ?? false,
  enabled: webhook.enabled ?? true,
  events: webhook.events ?? [],
  import_identifiers: webhook.import_identifiers ?? [],
  schema_ids: webhook.schema_ids ?? [],
});

/** What differs between two states of a form: who saves sends nothing else, so that a change by somebody else stays. */
export function changedOf<Values extends object>(before: Values, now: Values): Partial<Values> {
  const changed = Object.entries(now).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof Values]),
  );
  return Object.fromEntries(changed) as Partial<Values>;
}
