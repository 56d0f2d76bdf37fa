/**
 * Tables as text, as spreadsheets put them onto the clipboard: tabs between cells, line ends between rows, and quotes round a
 * cell that holds a tab, a line end or a quote, with its quotes doubled.
 */

/** Rows of cells as text. */
export const writeTsv = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => row.map(quoted).join("\t")).join("\n");

const quoted = (text: string): string => (/[\t\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/**
 * The cells of a pasted text. A quote counts only at the start of a cell, and only where the cell ends with another one: `"a" b`
 * and an inch sign stay as they are. All rows have as many cells as the longest.
 */
export function readTsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let place = 0;
  while (place < text.length) {
    const { cell, end } = quotedCell(text, place) ?? plainCell(text, place);
    row.push(cell);
    if (text[end] === "\t") {
      place = end + 1;
      // The last cell of the text is empty.
      if (place === text.length) row.push("");
    } else {
      rows.push(row);
      row = [];
      place = end + (text.startsWith("\r\n", end) ? 2 : 1);
    }
  }
  if (row.length) rows.push(row);
  const width = Math.max(0, ...rows.map((cells) => cells.length));
  return rows.map((cells) => [...cells, ...new Array<string>(width - cells.length).fill("")]);
}

interface Cell {
  readonly cell: string;
  /** Where the tab or line end behind it stands. */
  readonly end: number;
}

const PLAIN = /[^\t\r\n]*/y;
const ENDS = new Set(["\t", "\r", "\n", undefined]);

function plainCell(text: string, place: number): Cell {
  PLAIN.lastIndex = place;
  const cell = PLAIN.exec(text)?.[0] ?? "";
  return { cell, end: place + cell.length };
}

function quotedCell(text: string, place: number): Cell | null {
  if (text[place] !== '"') return null;
  let end = text.indexOf('"', place + 1);
  while (end >= 0 && text[end + 1] === '"') end = text.indexOf('"', end + 2);
  if (end < 0 || !ENDS.has(text[end + 1])) return null;
  return { cell: text.slice(place + 1, end).replaceAll('""', '"'), end: end + 1 };
}

/** The block again and again until it fills the size; where it does not fit in whole numbers of times, the block as it is. */
export function tiled(block: readonly (readonly string[])[], rows: number, columns: number): string[][] {
  const width = block[0]?.length ?? 0;
  const fits = block.length > 0 && width > 0 && rows % block.length === 0 && columns % width === 0;
  if (!fits) return block.map((row) => [...row]);
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column) => block[row % block.length]?.[column % width] ?? ""),
  );
}
