const LONGEST = 255;

/** A name for the copy of a schema that no schema has yet: the name with the next free number behind it. */
export function copyName(name: string, taken: ReadonlySet<string>): string {
  const stem = name.replace(/ \d+$/, "");
  for (let number = 2; ; number++) {
    const ending = ` ${String(number)}`;
    const copy = stem.slice(0, LONGEST - ending.length) + ending;
    if (!taken.has(copy)) return copy;
  }
}
