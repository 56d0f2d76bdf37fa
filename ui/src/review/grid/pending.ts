/** Texts that are shown before the server has confirmed them, as of one change. */
export interface PendingChange {
  readonly texts: ReadonlyMap<number, ReadonlyMap<string, string | null>>;
}

export interface PendingCell {
  readonly row: number;
  readonly column: string;
  readonly text: string | null;
}

/** What people have typed and the server has not stored yet, the latest on top. */
export class PendingTexts {
  readonly #changes = new Set<PendingChange>();

  /** The text that a cell will have; undefined where nothing is pending. */
  text(row: number, column: string): string | null | undefined {
    let found: string | null | undefined;
    for (const { texts } of this.#changes) {
      const text = texts.get(row)?.get(column);
      if (text !== undefined) found = text;
    }
    return found;
  }

  add(cells: readonly PendingCell[]): PendingChange {
    const texts = new Map<number, Map<string, string | null>>();
    for (const { row, column, text } of cells) {
      const known = texts.get(row);
      if (known) known.set(column, text);
      else texts.set(row, new Map([[column, text]]));
    }
    const change = { texts };
    this.#changes.add(change);
    return change;
  }

  remove(change: PendingChange): void {
    this.#changes.delete(change);
  }
}
