import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frameRoute } from "./frameRoute";

const webhooks = createRoute({
  getParentRoute: () => frameRoute,
  path: "webhooks",
  component: lazyRouteComponent(() => import("./webhooks/WebhooksPage"), "WebhooksPage"),
});

/** The pages of memory, webhooks, keys, people and settings. */
export const adminRoutes = [webhooks] as const;
