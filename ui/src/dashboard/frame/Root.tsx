import { Outlet } from "@tanstack/react-router";
import { Announcements } from "../parts/Announcements";

/** What is there on every page, signed in or not: the pages, what was just done, and lists that open over them. */
export function Root() {
  return (
    <Announcements>
      <Outlet />
      <div id="overlays" />
    </Announcements>
  );
}
