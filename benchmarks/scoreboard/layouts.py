"""Business sheets as people lay them out: generated grids whose header is known, in some twenty languages.

The columns, their values and the schemas are those of `data/columns*.jsonl`; each layout puts something around them that real
files have. `LAYOUTS` are for development and training, `HELD_BACK` for a look at what nobody trained on.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.scoreboard.samples import SAMPLES, field_json
from headgate.schema import Field, parse_schema

DATA = Path(__file__).parent / "data"
Row = list[str]
SOURCES = ("columns", "columns-second", "columns-third", "columns-fourth")

_TEXTS = ("@word", "@text", "@city", "@firm", "@name", "@status")
_COUNTS = (3, 5, 12, 40, 60, 150)


@dataclass(frozen=True)
class LabelledGrid:
    """Records, the records that may be called the header (none: the file has none), and where the data starts."""

    layout: str
    name: str
    fields: list[Field]
    rows: list[Row]
    header: tuple[int, ...]
    data_start: int
    names: Row | None = None
    """The names that the columns should get, where a layout splits them over several rows."""


@dataclass
class Sheet:
    """A table to be laid out: the names, the data, what the columns hold, and a source of chance."""

    title: str
    names: Row
    rows: list[Row]
    kinds: list[str]
    chance: random.Random

    @property
    def width(self) -> int:
        """Columns."""
        return len(self.names)


Laid = tuple[list[Row], tuple[int, ...], int]
Layout = Callable[[Sheet], Laid]


@cache
def _cases(source: str) -> list[dict[str, Any]]:
    lines = (DATA / f"{source}.jsonl").read_text("utf-8").splitlines()
    cases: list[dict[str, Any]] = [json.loads(line) for line in lines]
    return [case for case in cases if len(case["columns"]) >= 3]


def _sheet(case: dict[str, Any], chance: random.Random) -> Sheet:
    kinds = [column[2] if len(column) > 2 else chance.choice(_TEXTS) for column in case["columns"]]
    count = chance.choice(_COUNTS)
    rows = [[chance.choice(SAMPLES[kind]) if chance.random() > 0.06 else "" for kind in kinds] for _ in range(count)]
    for number, row in enumerate(rows):
        if not any(row):
            row[0] = str(number)
    return Sheet(case["name"], [column[0] for column in case["columns"]], rows, kinds, chance)


def _under(above: list[Row], sheet: Sheet, between: list[Row] | None = None) -> Laid:
    below = between or []
    start = len(above) + 1 + len(below)
    return [*above, sheet.names, *below, *sheet.rows], (len(above),), start


def _plain(sheet: Sheet) -> Laid:
    return _under([], sheet)


def _title(sheet: Sheet) -> Laid:
    return _under([[f"Export {sheet.title}"], []], sheet)


def _title_alone(sheet: Sheet) -> Laid:
    return _under([[sheet.title.capitalize()]], sheet)


def _title_and_date(sheet: Sheet) -> Laid:
    return _under([[sheet.title.upper(), "", "", "2024-05-01"], ["Confidential"]], sheet)


def _key_values(sheet: Sheet) -> Laid:
    return _under(
        [["Report", sheet.title], ["Date", "2024-05-01"], ["User", "i.larsen"], ["Rows", str(len(sheet.rows))], []],
        sheet,
    )


def _key_values_with_colons(sheet: Sheet) -> Laid:
    return _under(
        [["Company:", "Northwind Ltd", "", "Period:", "01.01.2024 - 31.03.2024"], ["Created by:", "Ann Lee"], []], sheet
    )


def _notes(sheet: Sheet) -> Laid:
    return _under(
        [
            ["Please fill in all columns marked in yellow. Do not change the order of columns!"],
            ["Contact support@example.com with questions"],
        ],
        sheet,
    )


def _comments(sheet: Sheet) -> Laid:
    return _under([["# exported by back office 4.2"], ["# time zone: UTC"]], sheet)


def _blank_rows(sheet: Sheet) -> Laid:
    return _under([[], []], sheet)


def _blank_row_between(sheet: Sheet) -> Laid:
    return _under([], sheet, [[]])


def _units(sheet: Sheet) -> Laid:
    units = {"@money": "EUR", "@eumoney": "EUR", "@number": "EUR", "@int": "pcs", "@whole": "pcs", "@pct": "%", "@eu": "dd.mm.yyyy",
             "@iso": "yyyy-mm-dd", "@date": "yyyy-mm-dd"}  # fmt: skip
    below = [units.get(kind, "") for kind in sheet.kinds]
    return _under([], sheet, [below] if sum(bool(unit) for unit in below) >= 2 else None)


def _groups(sheet: Sheet) -> Laid:
    above = [""] * sheet.width
    places = sorted(sheet.chance.sample(range(sheet.width), min(3, sheet.width)))
    for place, name in zip(
        places, sheet.chance.sample(["Master data", "Contract", "Finance", "Dates", "Other"], 5), strict=False
    ):
        above[place] = name
    return _under([above], sheet)


def _groups_repeated(sheet: Sheet) -> Laid:
    cut = max(1, sheet.width // 2)
    return _under([["General"] * cut + ["Details"] * (sheet.width - cut)], sheet)


def _two_rows(sheet: Sheet) -> Laid:
    """The last word of names of several words stands below the rest; other names stand in the lower row."""
    words = [name.split() for name in sheet.names]
    if sum(len(each) > 1 for each in words) < 2:
        return _plain(sheet)
    top = [" ".join(each[:-1]) for each in words]
    bottom = [each[-1] for each in words]
    return [top, bottom, *sheet.rows], (0, 1), 2


def _two_rows_from_top(sheet: Sheet) -> Laid:
    """Names stand in the upper row, and go on below it where they have several words."""
    words = [name.split() for name in sheet.names]
    if sum(len(each) > 1 for each in words) < 2:
        return _plain(sheet)
    return [[each[0] for each in words], [" ".join(each[1:]) for each in words], *sheet.rows], (0, 1), 2


def _technical_names(sheet: Sheet) -> Laid:
    below = [f"{kind.strip('@').upper()}_{number}" for number, kind in enumerate(sheet.kinds)]
    return [sheet.names, below, *sheet.rows], (0, 1), 2


def _numbered(sheet: Sheet) -> Laid:
    return _under([], sheet, [[str(number + 1) for number in range(sheet.width)]])


def _letters(sheet: Sheet) -> Laid:
    return _under([[chr(65 + number % 26) for number in range(sheet.width)]], sheet)


def _needed(sheet: Sheet) -> Laid:
    return _under([], sheet, [[sheet.chance.choice(("required", "optional")) for _ in sheet.names]])


def _total_above(sheet: Sheet) -> Laid:
    totals = ["Total", *[str(sheet.chance.randrange(900)) if "m" in kind else "" for kind in sheet.kinds[1:]]]
    return _under([totals], sheet)


def _total_below(sheet: Sheet) -> Laid:
    rows, header, start = _plain(sheet)
    return [*rows, ["Total", str(len(sheet.rows))]], header, start


def _unnamed_row_numbers(sheet: Sheet) -> Laid:
    numbered = [["", *sheet.names], *[[str(number + 1), *row] for number, row in enumerate(sheet.rows)]]
    return numbered, (0,), 1


def _empty_first_column(sheet: Sheet) -> Laid:
    return [["", *row] for row in ([f"{sheet.title} list"], [], sheet.names, *sheet.rows)], (2,), 3


def _repeated(sheet: Sheet) -> Laid:
    cut = len(sheet.rows) // 2
    return [sheet.names, *sheet.rows[:cut], sheet.names, *sheet.rows[cut:]], (0,), 1


def _sections(sheet: Sheet) -> Laid:
    cut = len(sheet.rows) // 2
    return [sheet.names, ["North"], *sheet.rows[:cut], ["South"], *sheet.rows[cut:]], (0,), 1


def _unnamed_columns(sheet: Sheet) -> Laid:
    gone = sheet.chance.randrange(sheet.width)
    names = [name if number != gone else "" for number, name in enumerate(sheet.names)]
    return [names, *sheet.rows], (0,), 1


def _footnotes(sheet: Sheet) -> Laid:
    rows, header, start = _title(sheet)
    return [*rows, [], ["* preliminary values"], ["Source: back office"]], header, start


def _summary_above(sheet: Sheet) -> Laid:
    """A small table of its own above the table."""
    above = [["Branch", "Orders", "Sum"], ["North", "12", "1300.00"], ["South", "7", "99.90"], [], []]
    return _under(above, sheet)


def _no_header(sheet: Sheet) -> Laid:
    return sheet.rows, (), 0


def _no_header_but_title(sheet: Sheet) -> Laid:
    return [[f"Export {sheet.title}"], [], *sheet.rows], (), 2


def _no_header_one_row(sheet: Sheet) -> Laid:
    return sheet.rows[:1], (), 0


def _words_only(sheet: Sheet) -> Laid:
    kinds = [sheet.chance.choice(("@word", "@city", "@name", "@firm", "@status")) for _ in sheet.names]
    return [sheet.names, *[[sheet.chance.choice(SAMPLES[kind]) for kind in kinds] for _ in range(20)]], (0,), 1


def _words_only_no_header(sheet: Sheet) -> Laid:
    rows, _, _ = _words_only(sheet)
    return rows[1:], (), 0


LAYOUTS: dict[str, Layout] = {
    layout.__name__.strip("_"): layout
    for layout in (
        _plain, _title, _title_alone, _title_and_date, _key_values, _notes, _blank_rows, _units, _groups, _two_rows,
        _two_rows_from_top, _technical_names, _numbered, _letters, _total_below, _unnamed_row_numbers, _repeated,
        _unnamed_columns, _footnotes, _no_header, _no_header_but_title, _words_only, _words_only_no_header,
    )
}  # fmt: skip
HELD_BACK: dict[str, Layout] = {
    layout.__name__.strip("_"): layout
    for layout in (
        _key_values_with_colons, _comments, _blank_row_between, _groups_repeated, _needed, _total_above, _empty_first_column,
        _sections, _summary_above, _no_header_one_row,
    )
}  # fmt: skip


def labelled_grids(
    layouts: dict[str, Layout], *, count: int, seed: int = 7, sources: tuple[str, ...] = SOURCES
) -> Iterator[LabelledGrid]:
    """`count` sheets of each layout, the same ones for the same seed."""
    cases = [case for source in sources for case in _cases(source)]
    for name, layout in layouts.items():
        chance = random.Random(f"{seed} {name}")
        for _ in range(count):
            case = chance.choice(cases)
            rows, header, start = layout(_sheet(case, chance))
            width = max(map(len, rows))
            fields = list(parse_schema([field_json(text) for text in case["fields"]], {}).fields)
            padded = [[*row, *[""] * (width - len(row))] for row in rows]
            yield LabelledGrid(name, case["name"], fields, padded, header, start)
