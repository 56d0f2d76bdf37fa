import { createContext, use } from "react";
import type { Json, Path } from "../document/text";

/** Where a control's value stands in the schema, and how it is set: `put` takes the way from here. */
export interface Place {
  readonly path: Path;
  readonly put: (rest: Path, value: Json | undefined) => void;
}

export const below = (place: Place, step: string | number): Place => ({
  path: [...place.path, step],
  put: (rest, value) => place.put([step, ...rest], value),
});

/** What is wrong with the schema, by the paths of the server's answers. */
export type Problems = Readonly<Record<string, readonly string[]>>;

export const ProblemsContext = createContext<Problems>({});

/** A path as the server writes it: `fields[2].type`. */
export const written = (path: Path): string =>
  path.reduce<string>(
    (before, step) => (typeof step === "number" ? `${before}[${String(step)}]` : before ? `${before}.${step}` : step),
    "",
  );

/** What is wrong with the value at a place; null when nothing is. */
export function useProblemAt(path: Path): string | null {
  const problems = use(ProblemsContext);
  return problems[written(path)]?.join(" ") ?? null;
}

/** How many problems there are at a path and below it. */
export function countBelow(problems: Problems, path: Path): number {
  const start = written(path);
  return Object.entries(problems).filter(
    ([key]) => key === start || key.startsWith(`${start}.`) || key.startsWith(`${start}[`),
  ).length;
}
