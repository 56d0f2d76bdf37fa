"""Makes the weights of `headgate.engine.header.model`: `python -m benchmarks.scoreboard.train_header [GRIDS.jsonl.gz …]`.

Rows of generated sheets (`layouts.LAYOUTS`, each with and without its schema) and of labelled grids, one example a row. Logistic
regression with a quadratic penalty, by Newton's method. Prints the weights to be put into the module, and how often the likeliest
row is the right one, on what was trained on and on `layouts.HELD_BACK`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.scoreboard.header import labelled
from benchmarks.scoreboard.layouts import HELD_BACK, LAYOUTS, labelled_grids
from headgate.engine.header.features import SchemaNames, features_of
from headgate.engine.header.grid import Grid
from headgate.engine.header.model import inputs
from headgate.schema import Field

CANDIDATES = 15
HEAD_RECORDS = 80
SHEETS_OF_A_LAYOUT = 40
PENALTY = 1.0
STEPS = 30

Examples = list[tuple[NDArray[np.float64], NDArray[np.float64]]]
"""For each grid the inputs of its candidates and which of them is right."""
Labelled = tuple[Sequence[Sequence[str | None]], Sequence[Field], tuple[int, ...]]


def examples(grids: Iterator[Labelled]) -> tuple[list[str], Examples]:
    """The names of the inputs, and the candidates of all grids."""
    names: list[str] = []
    found: Examples = []
    for rows, fields, right in grids:
        grid = Grid.of(rows[:HEAD_RECORDS])
        schema, vocabulary = SchemaNames.of(fields), grid.vocabulary
        candidates = [row for row in range(len(grid.cells)) if grid.filled(row)][:CANDIDATES]
        seen = [inputs(features, schema.fields) for features in features_of(grid, candidates, schema, vocabulary)]
        if not seen:
            continue
        names = list(seen[0])
        found.append((
            np.array([list(one.values()) for one in seen]), np.array([float(row in right) for row in candidates])
        ))  # fmt: skip
    return names, found


def generated(layouts: str) -> Iterator[Labelled]:
    """Each generated sheet with its schema and without."""
    chosen = HELD_BACK if layouts == "held back" else LAYOUTS
    for sheet in labelled_grids(chosen, count=SHEETS_OF_A_LAYOUT, seed=11):
        rows = [[cell or None for cell in row] for row in sheet.rows]
        yield rows, sheet.fields, sheet.header
        yield rows, [], sheet.header


def from_files(paths: Sequence[str]) -> Iterator[Labelled]:
    """The labelled grids of files."""
    for path in paths:
        for rows, right, _ in labelled(path):
            yield rows, [], () if right is None else (right,)


def trained(found: Examples) -> NDArray[np.float64]:
    """The weights, the bias last."""
    everything = np.vstack([np.column_stack((x, np.ones(len(x)))) for x, _ in found])
    right = np.concatenate([y for _, y in found])
    weights = np.zeros(everything.shape[1])
    penalty = PENALTY * np.eye(len(weights))
    penalty[-1, -1] = 0
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-everything @ weights))
        slope = everything.T @ (likely - right) + penalty @ weights
        curve = (everything * (likely * (1 - likely))[:, None]).T @ everything + penalty
        weights -= np.linalg.solve(curve, slope)
    return weights


def best_is_right(found: Examples, weights: NDArray[np.float64]) -> float:
    """Of the grids with a header, in how many the likeliest row is it."""
    results = [bool(y[int((x @ weights[:-1]).argmax())]) for x, y in found if y.any()]
    return sum(results) / max(1, len(results))


def main() -> None:
    """Train, print, and say how good it is."""
    names, sheets = examples(generated("development"))
    _, grids = examples(from_files(sys.argv[1:]))
    weights = trained([*sheets, *grids])
    print(f"BIAS = {weights[-1]:.3f}\nWEIGHTS: dict[str, float] = {{")
    for name, weight in zip(names, weights, strict=False):
        print(f'    "{name}": {weight:.3f},')
    print("}")
    _, unseen = examples(generated("held back"))
    for title, found in (("generated", sheets), ("labelled", grids), ("held back", unseen)):
        print(f"likeliest row right, {title}: {best_is_right(found, weights):.4f} of {len(found)}")


if __name__ == "__main__":
    main()
