import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frameRoute } from "../dashboard/frameRoute";
import { searchOf } from "./editor/tabs";

const list = createRoute({
  getParentRoute: () => frameRoute,
  path: "schemas",
  component: lazyRouteComponent(() => import("./SchemasPage"), "SchemasPage"),
});

const fresh = createRoute({
  getParentRoute: () => frameRoute,
  path: "schemas/new",
  validateSearch: searchOf,
  component: lazyRouteComponent(() => import("./NewSchemaPage"), "NewSchemaPage"),
});

const schema = createRoute({
  getParentRoute: () => frameRoute,
  path: "schemas/$schemaId",
  validateSearch: searchOf,
  component: lazyRouteComponent(() => import("./SchemaPage"), "SchemaPage"),
});

/** The pages of the Schema Studio. */
export const studioRoutes = [list, fresh, schema] as const;
