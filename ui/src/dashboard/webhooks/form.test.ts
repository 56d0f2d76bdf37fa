import { expect, test } from "vitest";
import { changedOf, NEW_WEBHOOK, valuesOf } from "./form";
import type { Webhook } from "./queries";

test("only what somebody changed is sent", () => {
  const before = { ...NEW_WEBHOOK, url: "https://example.com/hook", events: ["a", "b"] };
  const now = { ...before, events: ["a"], description: "mine" };
  expect(changedOf(before, now)).toEqual({ events: ["a"], description: "mine" });
});

test("a list that is empty again is a change, and an equal one is none", () => {
  const before = { ...NEW_WEBHOOK, schema_ids: ["1"], import_identifiers: ["x"] };
  const now = { ...before, schema_ids: [], import_identifiers: ["x"] };
  expect(changedOf(before, now)).toEqual({ schema_ids: [] });
});

test("what a webhook does not say is what a new one has", () => {
  const webhook = { url: "https://example.com" } as Webhook;
  expect(changedOf({ ...NEW_WEBHOOK, url: webhook.url }, valuesOf(webhook))).toEqual({});
});
