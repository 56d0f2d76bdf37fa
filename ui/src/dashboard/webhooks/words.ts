import { useLingui } from "@lingui/react/macro";
import type { Tone } from "../parts/Status";
import type { DeliveryState } from "./queries";

export const EVENTS = ["import_completed", "headless_import_needs_review", "headless_import_failed"] as const;

/** What an event says, in words; its own name for one that is not known here. */
export function useEventName(): (event: string) => string {
  const { t } = useLingui();
  const names: Readonly<Record<string, string>> = {
    import_completed: t`Import completed`,
    headless_import_needs_review: t`Import needs a review`,
    headless_import_failed: t`Import failed`,
    test: t`Test`,
  };
  return (event) => names[event] ?? event;
}

export const TONES: Readonly<Record<DeliveryState, Tone>> = {
  pending: "waiting",
  held: "quiet",
  delivered: "good",
  dead: "bad",
};

/** How far a delivery is, in words. */
export function useStateName(): (state: DeliveryState) => string {
  const { t } = useLingui();
  const names = { pending: t`On its way`, held: t`On hold`, delivered: t`Delivered`, dead: t`Given up` };
  return (state) => names[state];
}

/** Why a try did not succeed and what to do, in words (docs/errors.md, "Webhooks"). */
export function useProblemName(): (problem: string) => string {
  const { t } = useLingui();
  const names: Readonly<Record<string, string>> = {
    timed_out: t`No complete answer within 15 seconds. Answer at once, and work afterwards.`,
    host_not_found: t`The host’s name has no address. Correct the URL.`,
    address_refused: t`The address is not on the public internet. An operator can allow it with webhook_private_hosts.`,
    not_connected: t`Nobody listens at that address and port.`,
    tls_failed: t`The certificate is not trusted, has expired or names another host.`,
    bad_answer: t`What came back is not HTTP, or the connection broke.`,
    redirected: t`The receiver answered with a redirect, which is not followed. Set the URL to where it leads.`,
    error_status: t`The receiver answered with an error.`,
    gone: t`The receiver wants no more events (410), so the webhook was turned off.`,
    secret_unreadable: t`The webhook’s secret cannot be read. Make a new one.`,
    interrupted: t`The service stopped in the middle of it. It is sent again.`,
  };
  return (problem) => names[problem] ?? problem;
}
