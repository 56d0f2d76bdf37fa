import { Outlet } from "@tanstack/react-router";

/** What is there on every page, signed in or not: the pages, and the place of lists that open over them. */
export function Root() {
  return (
    <>
      <Outlet />
      <div id="overlays" />
    </>
  );
}
