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

const sftp = createRoute({
  getParentRoute,
  path: "sftp",
  component: lazyRouteComponent(() => import("./sftp/SftpPage"), "SftpPage"),
});
const newSftpServer = createRoute({
  getParentRoute,
  path: "sftp/servers/new",
  component: lazyRouteComponent(() => import("./sftp/NewServerPage"), "NewServerPage"),
});
const sftpServer = createRoute({
  getParentRoute,
  path: "sftp/servers/$serverId",
  component: lazyRouteComponent(() => import("./sftp/ServerPage"), "ServerPage"),
});
const newSftpConnector = createRoute({
  getParentRoute,
  path: "sftp/connectors/new",
  component: lazyRouteComponent(() => import("./sftp/NewConnectorPage"), "NewConnectorPage"),
});
const sftpConnector = createRoute({
  getParentRoute,
  path: "sftp/connectors/$connectorId",
  component: lazyRouteComponent(() => import("./sftp/ConnectorPage"), "ConnectorPage"),
});
const sftpRun = createRoute({
  getParentRoute,
  path: "sftp/connectors/$connectorId/runs/$runId",
  component: lazyRouteComponent(() => import("./sftp/RunPage"), "RunPage"),
});

const keys = createRoute({
  getParentRoute,
  path: "settings/keys",
  component: lazyRouteComponent(() => import("./settings/KeysPage"), "KeysPage"),
});
const members = createRoute({
  getParentRoute,
  path: "settings/members",
  component: lazyRouteComponent(() => import("./settings/MembersPage"), "MembersPage"),
});
const audit = createRoute({
  getParentRoute,
  path: "settings/audit",
  component: lazyRouteComponent(() => import("./settings/AuditPage"), "AuditPage"),
});
const settings = createRoute({
  getParentRoute,
  path: "settings",
  component: lazyRouteComponent(() => import("./settings/SettingsPage"), "SettingsPage"),
});

/** The pages for admins: webhooks, SFTP, keys, people, settings. */
export const adminRoutes = [
  webhooks,
  newWebhook,
  webhook,
  deliveries,
  delivery,
  sftp,
  newSftpServer,
  sftpServer,
  newSftpConnector,
  sftpConnector,
  sftpRun,
  keys,
  members,
  audit,
  settings,
] as const;
