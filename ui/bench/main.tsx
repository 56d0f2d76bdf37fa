import "@mantine/core/styles.css";
import "../src/theme.css";
import { useCallback, useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { Providers } from "../src/Providers";
import { resized } from "../src/review/grid/columns";
import { GridFrame } from "../src/review/grid/GridFrame";
import { GridModel } from "../src/review/grid/model";
import { PagedRows } from "../src/review/grid/pages";
import { columnsOf, pageOf, type Size } from "./generated";
import { GlideGrid } from "./glide";

const search = new URLSearchParams(window.location.search);
const size: Size = { rows: Number(search.get("rows") ?? 1_000_000), columns: Number(search.get("columns") ?? 20) };
/** As long as the server takes for a page. */
const LATENCY = Number(search.get("latency") ?? 15);

const load = async (offset: number, limit: number, signal: AbortSignal) => {
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, LATENCY);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(new Error("aborted"));
    });
  });
  return pageOf(size, offset, limit);
};

function Bench() {
  const [source] = useState(() => new PagedRows(load));
  const [columns] = useState(() => columnsOf(size));
  return (
    <main style={{ blockSize: "100%" }}>
      {search.get("grid") === "glide" ? (
        <GlideGrid source={source} columns={columns} />
      ) : (
        <Ours source={source} columns={columns} />
      )}
    </main>
  );
}

const OPTIONS = { highlightAutoFixes: true, pendingText: () => undefined };

function Ours({ source, columns }: { source: PagedRows; columns: ReturnType<typeof columnsOf> }) {
  const [model] = useState(() => new GridModel(source));
  useEffect(() => {
    model.setColumns(columns);
    model.arrange((state) => columns.reduce((all, { id }) => resized(all, id, 160), state));
  }, [model, columns]);
  const ready = useCallback(() => () => undefined, []);
  return <GridFrame model={model} options={OPTIONS} label="Rows" onReady={ready} />;
}

const root = document.getElementById("root");
if (!root) throw new Error("The page has no place for the grid.");
createRoot(root).render(
  <Providers>
    <Bench />
  </Providers>,
);
