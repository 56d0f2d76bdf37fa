import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frameRoute } from "../frameRoute";
import { filterOf } from "./filters";

const getParentRoute = () => frameRoute;

const list = createRoute({
  getParentRoute,
  path: "imports",
  validateSearch: filterOf,
  component: lazyRouteComponent(() => import("./ImportsPage"), "ImportsPage"),
});
const newImport = createRoute({
  getParentRoute,
  path: "imports/new",
  component: lazyRouteComponent(() => import("./NewImportPage"), "NewImportPage"),
});
const one = createRoute({
  getParentRoute,
  path: "imports/$importId",
  component: lazyRouteComponent(() => import("./ImportPage"), "ImportPage"),
});
const overview = createRoute({
  getParentRoute,
  path: "health",
  component: lazyRouteComponent(() => import("./OverviewPage"), "OverviewPage"),
});

/** The pages of imports. */
export const importRoutes = [list, newImport, one, overview] as const;
