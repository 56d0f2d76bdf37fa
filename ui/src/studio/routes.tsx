import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frameRoute } from "../dashboard/frameRoute";

const list = createRoute({
  getParentRoute: () => frameRoute,
  path: "schemas",
  component: lazyRouteComponent(() => import("./SchemasPage"), "SchemasPage"),
});

/** The pages of the Schema Studio. */
export const studioRoutes = [list] as const;
