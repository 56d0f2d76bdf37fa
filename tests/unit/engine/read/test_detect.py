"""What trials of a dialect look at together, and what they leave out, changes nothing about what they find."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from headgate.engine.read import detect
from headgate.engine.read.detect import _by_its_edges, _mostly_whole_lines, _Plausibilities, _records, _usual_width
from headgate.engine.read.dialect import Dialect
from headgate.engine.read.shapes import ColumnShapes, Shape, shape_of

CELLS = st.sampled_from(
    ["", " ", "a", "two words", "1,234.50", "$ 12", "(201) 555-0123", "12:30 pm", "2024-01-02", "a@b.example",
     "https://x.example/a\"b", "'", '"']
) | st.text("ab1 ,.;|\t:/\"'\\()-+$%é٣\n\xa0\u3000x@", max_size=70)  # fmt: skip
LINES = st.lists(st.text("ab ,;'\r", max_size=6), max_size=12).map("\n".join)


@settings(max_examples=500, deadline=None)
@given(CELLS, st.sampled_from(",; \t"))
@example("()    ", ",")
@example("12 ", " ")
@example('https://x.example/\\"', ",")
def test_cells_that_are_looked_at_quickly_are_as_plausible_as_others(cell: str, delimiter: str) -> None:
    foreign = sum(mark in cell for mark in ";\t|," if mark != delimiter)
    exact = _by_its_edges(cell, first=False) if cell else 0.6
    expected = max(0.1, 0.55 - 0.15 * foreign) if exact is None else exact
    assert _Plausibilities(delimiter)[cell] == expected


@settings(max_examples=300, deadline=None)
@given(LINES, st.sampled_from([",", ";", " "]))
@example(" \n\n,", ",")
def test_a_delimiter_that_parts_few_lines_parts_few_records(text: str, delimiter: str) -> None:
    if not _mostly_whole_lines(text, delimiter):
        return
    rows = [row for row in _records(text, Dialect(delimiter))[0] if len(row) > 1 or row[0].strip()]
    assert _usual_width(rows)[0] == 1


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(CELLS.filter(lambda cell: "," not in cell), min_size=3, max_size=3), max_size=30))
def test_columns_are_firm_as_a_count_of_all_their_cells_says(rows: list[list[str]]) -> None:
    found = ColumnShapes.of([["a", "b", "c"], *rows], 3).firm
    for position in range(3):
        shapes = [shape_of(row[position]) for row in rows]
        filled = [shape for shape in shapes if shape is not Shape.EMPTY]
        usual = {shape for shape in filled if filled.count(shape) >= max(3, 0.9 * len(filled))}
        assert found.get(position) == (usual.pop() if usual and Shape.TEXT not in usual else None)


@given(st.text("0123456789-/.:T$%, ", max_size=20), st.permutations("0123456789"))
def test_the_look_of_a_cell_depends_on_no_digit(text: str, digits: list[str]) -> None:
    assert shape_of(text) is shape_of(text.translate(str.maketrans("0123456789", "".join(digits))))


def test_the_best_of_the_dialects_with_one_delimiter_is_looked_at_to_its_end() -> None:
    text = 'a,b\n"1,2",3\n"4,5",6\n"7,8",9\n'
    joined, marks = text, {'"': True}
    trials = detect._trials([text], joined, marks, ",", fixed=False)
    assert max(trials, key=lambda trial: trial.score).dialect == Dialect(",", '"')
