import type { Api } from "../../api/types";
import type { Webhook } from "./queries";

/** What a webhook's form holds. */
export type WebhookValues = Required<Api<"WebhookWrite">>;

export const NAMES: (keyof WebhookValues)[] = [
  "url",
  "description",
  "events",
  "import_identifiers",
  "schema_ids",
  "development_mode",
  "enabled",
];

export const NEW_WEBHOOK: WebhookValues = {
  url: "",
  description: "",
  development_mode: false,
  enabled: true,
  events: [],
  import_identifiers: [],
  schema_ids: [],
};

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
