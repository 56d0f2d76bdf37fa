"""What stands around rows, counted for all of them at once, is what each of them sees by itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headgate.engine.header import surroundings
from headgate.engine.header.grid import Grid, is_frame
from headgate.engine.header.surroundings import BODY_ROWS, Body, Surroundings
from headgate.engine.match.vocabulary import vocabulary_for

CELLS = st.sampled_from(["", "Name", "Total", "12", "2019", "2020", "n/a", "kg", "1/2/2024", "a@b.co", "A1", "x"])
ROWS = st.lists(st.lists(CELLS, max_size=4), max_size=12)
VOCABULARY = vocabulary_for(["Name", "Total"])


@pytest.fixture(scope="module", autouse=True)
def _counted_at_once() -> Iterator[None]:
    """The grids here are small, and are to be counted as large ones are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(surroundings, "_FEW_CELLS", 0)
        yield


def grids() -> st.SearchStrategy[Grid]:
    """Small grids, some of them long by repetition."""
    return st.tuples(ROWS, st.sampled_from([1, 1, 9])).map(lambda drawn: Grid.of([*drawn[0]] * drawn[1]))


@given(grids(), st.integers(0, 50))
@settings(max_examples=200, deadline=None)
def test_each_candidate_has_the_surroundings_that_it_sees(grid: Grid, candidates: int) -> None:
    filled = [row for row in range(len(grid.cells)) if grid.filled(row)]
    around = Surroundings(grid, filled[:candidates], VOCABULARY)
    for row in filled[:candidates]:
        below = [other for other in filled if other > row]
        body = [one for one in below if not grid.unit_rows[one] and grid.cells[one] != grid.cells[row]][:BODY_ROWS]
        assert around.body(row) == Body.of(grid, row, body)
        assert around.gap(row) == (below[0] - row - 1 if below else 0)
        assert around.is_wide_below_another(row) == any(
            2 * len(grid.filled(above)) > len(grid.filled(row)) and not is_frame(grid, above) for above in range(row)
        )
        texts = [cell for other in body[:5] for cell in grid.cells[other] if cell]
        known = sum(VOCABULARY.meaning(text).known for text in texts)
        assert around.known_share(body[:5]) == known / max(1, len(texts))


def test_a_name_contrasts_with_a_column_that_is_mostly_data() -> None:
    grid = Grid.of([["Year", "Mixed", "Few"], ["2019", "1", "1"], ["2020", "x", ""], ["2021", "2", ""]])
    body = Surroundings(grid, [0], VOCABULARY).body(0)
    assert body.contrasting(grid.kinds[0]) == [0]
