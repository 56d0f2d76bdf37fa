import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frameRoute } from "../frameRoute";

const list = createRoute({
  getParentRoute: () => frameRoute,
  path: "memory",
  component: lazyRouteComponent(() => import("./MemoryPage"), "MemoryPage"),
});
// An identifier may hold any character, a slash too, so it stands behind the "?".
const matches = createRoute({
  getParentRoute: () => frameRoute,
  path: "memory/matches",
  validateSearch: ({ identifier }: Record<string, unknown>) => ({
    // The router reads what looks like a number as one.
    identifier: typeof identifier === "number" ? String(identifier) : typeof identifier === "string" ? identifier : "",
  }),
  component: lazyRouteComponent(() => import("./MatchesPage"), "MatchesPage"),
});

/** The pages of what earlier imports have taught. */
export const memoryRoutes = [list, matches] as const;
