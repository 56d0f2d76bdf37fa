import DataEditor, { GridCellKind, type GridCell, type Item } from "@glideapps/glide-data-grid";
import "@glideapps/glide-data-grid/dist/index.css";
import { useCallback, useEffect, useRef, useState } from "react";
import type { DataEditorRef } from "@glideapps/glide-data-grid";
import type { GridColumn } from "../src/api/types";
import type { PagedRows } from "../src/review/grid/pages";

const EMPTY: GridCell = { kind: GridCellKind.Loading, allowOverlay: false };
const THEMES = { error: { bgCell: "#fdecea" }, warning: { bgCell: "#fff4dc" }, info: { bgCell: "#e8f0fb" } };

/** Glide Data Grid on the same rows, in the same size: what our own grid is measured against. */
export function GlideGrid({ source, columns, width }: { source: PagedRows; columns: GridColumn[]; width: number }) {
  const grid = useRef<DataEditorRef>(null);
  const [total, setTotal] = useState(0);
  const shown = useRef({ y: 0, height: 40 });
  useEffect(() => {
    source.want(0, 40);
    return source.listen(({ kind }) => {
      if (kind === "list") setTotal(source.total ?? 0);
      const { y, height } = shown.current;
      const cells = [];
      for (let row = y; row <= y + height; row++)
        for (let column = 0; column < columns.length; column++) cells.push({ cell: [column, row] as Item });
      grid.current?.updateCells(cells);
    });
  }, [source, columns]);
  const cell = useCallback(
    ([column, position]: Item): GridCell => {
      const row = source.row(position);
      if (!row) return EMPTY;
      const text = row.cells[column] ?? "";
      const level = row.marks[column]?.level;
      const look = level ? { themeOverride: THEMES[level] } : {};
      return { kind: GridCellKind.Text, data: text, displayData: text, allowOverlay: true, ...look };
    },
    [source],
  );
  return (
    <DataEditor
      ref={grid}
      width="100%"
      height="100%"
      rows={total}
      rowHeight={34}
      headerHeight={54}
      rowMarkers="number"
      smoothScrollX
      smoothScrollY
      columns={columns.map(({ id, label }) => ({ id, title: label, width }))}
      getCellContent={cell}
      onVisibleRegionChanged={({ y, height }) => {
        shown.current = { y, height };
        source.want(y - 20, y + height + 20);
      }}
    />
  );
}
