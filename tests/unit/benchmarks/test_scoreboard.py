"""What the scoreboard measures stays as good as it is: nothing wrong is taken without asking, and little is asked about."""

from __future__ import annotations

import pytest

from benchmarks.scoreboard.files import DevelopmentFile, by_hand, development_files
from benchmarks.scoreboard.header import judged
from benchmarks.scoreboard.layouts import HELD_BACK, LAYOUTS, Layout
from benchmarks.scoreboard.pollution import Polluted, of_whole_files, schema, score
from benchmarks.scoreboard.reading import read_right

FIELDS = schema()


@pytest.mark.parametrize("case", list(of_whole_files()), ids=lambda case: case.name)
def test_a_polluted_file_gives_its_table_back_without_a_question(case: Polluted) -> None:
    result = score(case, FIELDS)
    assert result.automatic
    assert result.points == pytest.approx(10)


@pytest.mark.parametrize("with_schema", [True, False])
@pytest.mark.parametrize(("layouts", "coverage"), [(LAYOUTS, 0.85), (HELD_BACK, 0.85)])
def test_headers_of_generated_sheets_are_right_where_they_are_taken(
    layouts: dict[str, Layout], coverage: float, with_schema: bool
) -> None:
    results = judged(layouts, with_schema=with_schema, count=3)
    accepted = [result for result in results if result.decision.status == "accepted"]
    assert [result.sheet.layout for result in accepted if not result.right] == []
    assert len(accepted) >= coverage * sum(bool(result.sheet.header) for result in results)


@pytest.mark.parametrize("file", [file for file in by_hand() if file.name != "log lines"], ids=lambda file: file.name)
def test_odd_files_are_read_as_people_meant_them(file: DevelopmentFile) -> None:
    assert read_right(file).right


def test_there_are_at_least_150_development_files_all_of_them_different() -> None:
    files = development_files()
    assert len({file.data for file in files}) == len(files) >= 150
