import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frameRoute, rootRoute } from "../frameRoute";

const getParentRoute = () => rootRoute;

const signIn = createRoute({
  getParentRoute,
  path: "sign-in",
  validateSearch: ({ next }: Record<string, unknown>): { next?: string } => (typeof next === "string" ? { next } : {}),
  component: lazyRouteComponent(() => import("./SignInPage"), "SignInPage"),
});
const setup = createRoute({
  getParentRoute,
  path: "setup",
  component: lazyRouteComponent(() => import("./SetupPage"), "SetupPage"),
});
const invitation = createRoute({
  getParentRoute,
  path: "invitation",
  component: lazyRouteComponent(() => import("./InvitationPage"), "InvitationPage"),
});
const passwordReset = createRoute({
  getParentRoute,
  path: "password-reset",
  component: lazyRouteComponent(() => import("./PasswordResetPage"), "PasswordResetPage"),
});

/** The pages of people who are not signed in. */
export const entryRoutes = [signIn, setup, invitation, passwordReset] as const;

export const accountRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: "account",
  component: lazyRouteComponent(() => import("./AccountPage"), "AccountPage"),
});
