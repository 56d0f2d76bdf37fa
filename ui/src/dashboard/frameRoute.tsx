import { createRootRoute, createRoute, redirect } from "@tanstack/react-router";
import { AdminOnly } from "./frame/AdminOnly";
import { Gate } from "./frame/Gate";
import { Root } from "./frame/Root";

export const rootRoute = createRootRoute({ component: Root });

/** The parent of every page that people see when they are signed in. It adds nothing to the path. */
export const frameRoute = createRoute({ getParentRoute: () => rootRoute, id: "frame", component: Gate });

export const homeRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "/",
  beforeLoad: () => {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router's own way to lead elsewhere
    throw redirect({ to: "/imports", replace: true });
  },
});

/** The parent of pages for admins. It adds nothing to the path. */
export const adminRoute = createRoute({ getParentRoute: () => frameRoute, id: "admin", component: AdminOnly });
