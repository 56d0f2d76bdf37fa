import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frameRoute } from "../frameRoute";

interface Search {
  /** Only what was deleted of this import or organization. */
  object?: string;
}

const list = createRoute({
  getParentRoute: () => frameRoute,
  path: "deletions",
  validateSearch: ({ object }: Record<string, unknown>): Search =>
    typeof object === "string" && object ? { object } : {},
  component: lazyRouteComponent(() => import("./DeletionsPage"), "DeletionsPage"),
});
const deletion = createRoute({
  getParentRoute: () => frameRoute,
  path: "deletions/$deletionId",
  component: lazyRouteComponent(() => import("./DeletionPage"), "DeletionPage"),
});

/** The pages of receipts of what was deleted. */
export const deletionRoutes = [list, deletion] as const;
