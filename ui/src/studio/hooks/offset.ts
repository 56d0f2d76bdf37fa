/** Where a line and a column (both from 1) are in a text; the nearest place that there is. */
export function offsetOf(text: string, line: number, column: number): number {
  const lines = text.split("\n");
  const index = Math.min(Math.max(line, 1), lines.length) - 1;
  const start = lines.slice(0, index).reduce((sum, before) => sum + before.length + 1, 0);
  return start + Math.min(Math.max(column, 1) - 1, lines[index]?.length ?? 0);
}
