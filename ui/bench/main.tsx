import "@mantine/core/styles.css";
import "../src/theme.css";
import { useDirection, useMantineColorScheme } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { resized, UNTOUCHED } from "../src/review/grid/columns";
import { PagedRows } from "../src/review/grid/pages";
import { ReviewGrid } from "../src/review/grid/ReviewGrid";
import { LiveRegion } from "../src/review/LiveRegion";
import { Panels, PanelsContext } from "../src/review/panels/panels-state";
import { Shortcuts } from "../src/review/panels/Shortcuts";
import { directionOf } from "../src/i18n";
import { Providers } from "../src/Providers";
import { GridView, GridViewContext } from "../src/state/grid-view";
import { SessionContext, useStateQuery } from "../src/state/hooks";
import { ReviewSession } from "../src/state/session";
import type { Change } from "../src/api/types";
import type { Size } from "./generated";
import { GlideGrid } from "./glide";
import type { GeneratedReview } from "./review";
import { changeByOther, serveGenerated, TOKEN } from "./server";

const search = new URLSearchParams(window.location.search);
const size: Size = { rows: Number(search.get("rows") ?? 1_000_000), columns: Number(search.get("columns") ?? 20) };
/** As long as a server takes for a page. */
const LATENCY = Number(search.get("latency") ?? 15);
const WIDTH = 160;

const review = serveGenerated(size, LATENCY);
const session = new ReviewSession(TOKEN);
const view = new GridView();
// What a test wants to know, and what it does in the place of another person.
Object.assign(window, { bench: { review, session, view, other: (change: Change) => changeByOther(review, change) } });
session.open();

function Bench() {
  const { setColorScheme } = useMantineColorScheme();
  const { setDirection } = useDirection();
  useEffect(() => {
    const theme = search.get("theme");
    if (theme === "dark" || theme === "light") setColorScheme(theme);
    setDirection(directionOf("en", window.location.search));
  }, [setColorScheme, setDirection]);
  return (
    <main style={{ blockSize: "100%" }}>
      {search.get("grid") === "glide" ? <Glide review={review} /> : <Ours />}
      <div id="overlays" />
    </main>
  );
}

function Glide({ review }: { review: GeneratedReview }) {
  const [source] = useState(
    () =>
      new PagedRows((offset, limit, signal) => session.client.rows({ view: view.view.get(), offset, limit }, signal)),
  );
  return <GlideGrid source={source} columns={review.columns} width={WIDTH} />;
}

function Ours() {
  const { data } = useStateQuery();
  const [panels] = useState(() => new Panels());
  return (
    <GridViewContext value={view}>
      <PanelsContext value={panels}>
        {data && <ReviewGrid />}
        <Shortcuts />
      </PanelsContext>
      <LiveRegion />
    </GridViewContext>
  );
}

// Both grids have columns of the same width.
const state = review.columns.reduce((all, { id }) => resized(all, id, WIDTH), UNTOUCHED);
if (!search.has("keep")) window.localStorage.setItem("headgate-grid-generated", JSON.stringify(state));

const root = document.getElementById("root");
if (!root) throw new Error("The page has no place for the grid.");
createRoot(root).render(
  <Providers>
    <SessionContext value={session}>
      <QueryClientProvider client={session.queries}>
        <Bench />
      </QueryClientProvider>
    </SessionContext>
  </Providers>,
);
