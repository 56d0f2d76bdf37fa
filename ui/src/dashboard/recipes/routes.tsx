import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frameRoute } from "../frameRoute";

const list = createRoute({
  getParentRoute: () => frameRoute,
  path: "recipes",
  component: lazyRouteComponent(() => import("./RecipesPage"), "RecipesPage"),
});
const recipe = createRoute({
  getParentRoute: () => frameRoute,
  path: "recipes/$recipeId",
  component: lazyRouteComponent(() => import("./RecipePage"), "RecipePage"),
});

/** The pages of corrections that are replayed. */
export const recipeRoutes = [list, recipe] as const;
