import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { adminRoute } from "./frameRoute";

const getParentRoute = () => adminRoute;

const webhooks = createRoute({
  getParentRoute,
  path: "webhooks",
  component: lazyRouteComponent(() => import("./webhooks/WebhooksPage"), "WebhooksPage"),
});
const newWebhook = createRoute({
  getParentRoute,
  path: "webhooks/new",
  component: lazyRouteComponent(() => import("./webhooks/NewWebhookPage"), "NewWebhookPage"),
});
const webhook = createRoute({
  getParentRoute,
  path: "webhooks/$webhookId",
  component: lazyRouteComponent(() => import("./webhooks/WebhookPage"), "WebhookPage"),
});
const deliveries = createRoute({
  getParentRoute,
  path: "webhooks/deliveries",
  component: lazyRouteComponent(() => import("./webhooks/DeliveriesPage"), "DeliveriesPage"),
});
const delivery = createRoute({
  getParentRoute,
  path: "webhooks/deliveries/$deliveryId",
  component: lazyRouteComponent(() => import("./webhooks/DeliveryPage"), "DeliveryPage"),
});

/** The pages for admins: webhooks, keys, people, settings. */
export const adminRoutes = [webhooks, newWebhook, webhook, deliveries, delivery] as const;
