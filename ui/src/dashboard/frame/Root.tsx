import { Outlet } from "@tanstack/react-router";
import { Announcements } from "../parts/Announcements";
import { UnsavedGuard } from "../parts/UnsavedGuard";

/** What is there on every page, signed in or not: the pages, what was just done, what is unsaved, and lists that open over them. */
export function Root() {
  return (
    <Announcements>
      <UnsavedGuard>
        <Outlet />
      </UnsavedGuard>
      <div id="overlays" />
    </Announcements>
  );
}
