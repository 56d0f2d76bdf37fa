from __future__ import annotations

from itertools import permutations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as numpy_strategies

from headgate.engine.match.assignment import best_assignment


@settings(max_examples=150, deadline=None)
@given(
    numpy_strategies.arrays(
        np.float64, st.tuples(st.integers(1, 5), st.integers(1, 5)), elements=st.integers(0, 20).map(float)
    )
)
def test_no_other_one_to_one_assignment_has_a_greater_sum(scores: np.ndarray) -> None:
    pairs = best_assignment(scores)
    rows, columns = [row for row, _ in pairs], [column for _, column in pairs]
    assert len(set(rows)) == len(rows)
    assert len(set(columns)) == len(columns)
    small = scores if scores.shape[0] <= scores.shape[1] else scores.T
    best = max(
        sum(small[row, column] for row, column in enumerate(chosen))
        for chosen in permutations(range(small.shape[1]), small.shape[0])
    )
    assert sum(scores[pair] for pair in pairs) == best


def test_pairs_without_a_score_are_left_out() -> None:
    assert best_assignment(np.array([[0.0, 0.0], [0.0, 0.5]])) == [(1, 1)]
    assert best_assignment(np.zeros((0, 3))) == []
