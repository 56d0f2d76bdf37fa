"""Tables whose columns are told apart by their position are split there, and text that only has blanks in it is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .conftest import Read, cells

NAMES = ["Id", "Name", "City", "Amount", "Date"]
ROWS = [
    ["1", "Ann Lee", "Oslo", "12.50", "2024-01-01"],
    ["2", "Bob Smith", "New York", "13.00", "2024-01-02"],
    ["13", "Cid Östberg", "Rio Gallegos", "1300.25", "2024-01-03"],
    ["104", "Dora de la Cruz", "Bern", "7.00", "2024-01-04"],
    ["105", "Eve", "Rome", "800.00", "2024-01-05"],
    ["106", "Fay van den Berg", "Den Haag", "9.99", "2024-01-06"],
]
WIDTHS = (5, 18, 12, 8, 10)
RIGHT = 3


def line(row: list[str]) -> str:
    return " ".join(
        text.rjust(width) if at == RIGHT else text.ljust(width)
        for at, (text, width) in enumerate(zip(row, WIDTHS, strict=True))
    )


TABLE = "\n".join(line(row) for row in (NAMES, *ROWS)) + "\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_columns_are_cut_by_position_in_any_encoding(read: Read, encoding: str, end: str) -> None:
    table = read(TABLE.replace("\n", end).encode(encoding))
    assert cells(table) == [NAMES, *ROWS]
    assert table.description.format == "fixed-width"
    assert {"code": "fixed_width_read", "columns": 5} in table.description.warnings


def test_titles_stay_whole_and_rules_become_blank_records(read: Read) -> None:
    head, _, body = TABLE.partition("\n")
    rule = " ".join("-" * width for width in WIDTHS)
    table = read(f"Customer list of all branches in 2024\n\n{head}\n{rule}\n{body}".encode())
    nothing = [None] * 5
    assert cells(table) == [["Customer list of all branches in 2024", *nothing[1:]], nothing, NAMES, nothing, *ROWS]


def test_commas_inside_of_names_are_text(read: Read) -> None:
    lines = ["Smith, John   12 Main St    Oslo", "Lee, Ann      4 High St     Rome", "Doe, Jane     44 Low Rd     Bern",
             "Roe, Rick     1 Mill Ln     Paris", "Poe, Edgar    9 Oak Ave     Lyon"]  # fmt: skip
    assert cells(read("\n".join(lines).encode()))[0] == ["Smith, John", "12 Main St", "Oslo"]


@pytest.mark.parametrize("last", [True, False])
def test_blanks_within_texts_that_line_up_by_chance_part_no_column(read: Read, last: bool) -> None:
    rows = [["nr", "note", "day"], ["1", "first order", "2024-01-31"], ["2", "calls back", "2023-12-05"],
            ["3", "", "2022-06-17"], ["4", "sends twice", "2024-03-09"], ["5", "write soon", "2024-03-10"]]  # fmt: skip
    if last:
        rows = [[nr, day, note] for nr, note, day in rows]
    text = "".join("".join(cell.ljust(14) for cell in row).rstrip() + "\n" for row in rows)
    assert cells(read(text.encode())) == [[cell or None for cell in row] for row in rows]


@pytest.mark.parametrize(
    "text",
    [
        "just some text\nwith  prose in it.  Two blanks.\nAnd more of  it here.\nNothing  else\nreally  nothing\n",
        "a,    b,   c\n1,    2,   3\n11,   22,  33\n111,  222, 333\n4,    5,   6\n",
        "id;note\n1;two  blanks\n2;two  blanks\n3;two  blanks\n4;two  blanks\n",
        "one  two\n",
    ],
)
def test_other_text_with_blanks_is_no_such_table(read: Read, text: str) -> None:
    assert read(text.encode()).description.format == "csv"


def test_text_far_below_that_stands_across_a_boundary_is_kept_whole(read: Read) -> None:
    body = "\n".join(line(ROWS[number % 6]) for number in range(3000))
    table = read(f"{TABLE}{body}\nA remark that runs across all of the columns of this table\n".encode())
    assert cells(table)[-1][0] == "A remark that runs across all of the columns of this table"
    assert table.rows == 3008


@given(
    st.lists(
        st.tuples(st.from_regex(r"[A-Z]{3,6}\d{2}", fullmatch=True), st.from_regex(r"[a-z]{2,9}", fullmatch=True),
                  st.integers(1, 99999)),
        min_size=12,
        max_size=30,
    )
)  # fmt: skip
def test_no_text_is_lost_or_changes_its_row(rows: list[tuple[str, str, int]]) -> None:
    import tempfile
    from pathlib import Path

    from headgate.engine.read.options import ReadOptions
    from headgate.engine.read.reading import read_source

    text = "".join(f"{code:<10}{word:<12}{number:>7}\n" for code, word, number in rows)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.txt"
        path.write_text(text)
        table = read_source(path, Path(folder) / "work", ReadOptions())
        found = [" ".join(cell for cell in row if cell).split() for row in cells(table)]
    assert found == [[code, word, str(number)] for code, word, number in rows]
