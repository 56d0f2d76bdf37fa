import { createRouter } from "@tanstack/react-router";
import { studioRoutes } from "../studio/routes";
import { accountRoute, entryRoutes } from "./account/routes";
import { adminRoutes } from "./adminRoutes";
import { deletionRoutes } from "./deletions/routes";
import { importRoutes } from "./imports/routes";
import { Failed } from "./frame/Failed";
import { Missing } from "./frame/Missing";
import { adminRoute, frameRoute, homeRoute, rootRoute } from "./frameRoute";
import { memoryRoutes } from "./memory/routes";
import { Loading } from "./parts/Loading";
import { recipeRoutes } from "./recipes/routes";
import { basePath } from "./root";

/** All pages of the dashboard. Each folder names its own in its `routes.tsx`, and loads them when they are shown. */
const routeTree = rootRoute.addChildren([
  ...entryRoutes,
  frameRoute.addChildren([
    homeRoute,
    accountRoute,
    ...importRoutes,
    ...studioRoutes,
    ...memoryRoutes,
    ...recipeRoutes,
    ...deletionRoutes,
    adminRoute.addChildren([...adminRoutes]),
  ]),
]);

export const createDashboardRouter = () =>
  createRouter({
    routeTree,
    basepath: basePath(),
    defaultPreload: "intent",
    defaultPendingComponent: Loading,
    defaultErrorComponent: Failed,
    defaultNotFoundComponent: Missing,
  });

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createDashboardRouter>;
  }
}
