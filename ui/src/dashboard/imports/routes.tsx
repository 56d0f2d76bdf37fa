import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frameRoute } from "../frameRoute";

const list = createRoute({
  getParentRoute: () => frameRoute,
  path: "imports",
  component: lazyRouteComponent(() => import("./ImportsPage"), "ImportsPage"),
});

/** The pages of imports. */
export const importRoutes = [list] as const;
