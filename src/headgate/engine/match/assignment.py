"""The best one-to-one assignment of columns to fields (the Hungarian method with potentials, O(n²m))."""

from __future__ import annotations

from typing import TYPE_CHECKING

from headgate.libraries import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def best_assignment(scores: NDArray[np.float64]) -> list[tuple[int, int]]:
    """Pairs (row, column) with the greatest sum of scores, no row or column twice, none of score 0 or less."""
    if scores.size == 0:
        return []
    if scores.shape[0] > scores.shape[1]:
        return sorted((row, column) for column, row in best_assignment(scores.T))
    rows, columns = scores.shape
    # Classic formulation: 1-based, column 0 is the free row's start.
    cost = np.vstack([np.zeros(columns), -np.maximum(scores, 0.0)])
    row_potential, column_potential = np.zeros(rows + 1), np.zeros(columns + 1)
    owner = np.zeros(columns + 1, dtype=np.int64)
    for row in range(1, rows + 1):
        owner[0], current = row, 0
        distance, came_from = np.full(columns + 1, np.inf), np.zeros(columns + 1, dtype=np.int64)
        used = np.zeros(columns + 1, dtype=bool)
        while owner[current] != 0:
            used[current] = True
            reduced = cost[owner[current]] - row_potential[owner[current]] - column_potential[1:]
            closer = ~used[1:] & (reduced < distance[1:])
            distance[1:][closer] = reduced[closer]
            came_from[1:][closer] = current
            following = int(np.argmin(np.where(used, np.inf, distance)))
            step = distance[following]
            row_potential[owner[used]] += step
            column_potential[used] -= step
            distance[~used] -= step
            current = following
        while current:
            owner[current] = owner[came_from[current]]
            current = int(came_from[current])
    pairs = [(int(owner[column]) - 1, column - 1) for column in range(1, columns + 1) if owner[column]]
    return sorted((row, column) for row, column in pairs if scores[row, column] > 0)
