"""Polluted CSV files: one clean table, one flaw a file, and how much of the table comes back.

After Vitagliano, Hameed, Jiang, Reisener, Wu, Naumann, "Pollock: A Data Loading Benchmark" (VLDB 2023): every flaw of its
survey of public CSV files is put into one table, for each row and column where it can stand. A file scores from 0 to 10: 1 for
being read at all, and precision, recall and F1 of its header, its records and its cells.

`python -m benchmarks.scoreboard.pollution [-v] [--sample]`: all files, or of the flaws of single records every 20th.
"""

from __future__ import annotations

import itertools
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from headgate.engine.errors import ImportFailedError
from headgate.engine.header import HeaderDecision, choose_header, header_names
from headgate.engine.read.options import ReadOptions
from headgate.engine.read.reading import read_source
from headgate.schema import Field, parse_schema

Row = list[str]

NAMES = ["Date", "Time", "Qty", "Product ID", "Price", "Product Type", "Description", "Link", "Comments"]
_ADJECTIVES = ("Small", "Large", "Red", "Blue", "Folding", "Used", "Heavy", "Round", "Spare", "Old")
_NOUNS = ("lamp", "table", "chair", "bracket", "pump", "valve", "cable", "shelf", "battery", "hinge")
_TYPES = ("Kitchen", "Office", "Garden", "Workshop", "Outdoor")
_COMMENTS = ("", "", "", "ok", "call back", "see note", "returned, then sold again", "very good")
ROWS = 84
SAMPLED = 20


@dataclass(frozen=True)
class Polluted:
    """A file, and what is right to read from it. `header` is None where the file has none."""

    kind: str
    name: str
    data: bytes
    header: Row | None
    rows: list[Row]


@dataclass(frozen=True)
class Score:
    """Read at all; then precision, recall and F1 of header, records and cells. `automatic`: nobody was asked."""

    success: float
    measures: tuple[float, ...]
    automatic: bool

    @property
    def points(self) -> float:
        """0 to 10."""
        return self.success + sum(self.measures)


def clean_table() -> list[Row]:
    """84 rows with all that makes CSV hard: delimiters, quotes and line ends inside of cells, empty cells, URLs."""
    chance = random.Random(84)
    rows = []
    for number in range(ROWS):
        adjective, noun = chance.choice(_ADJECTIVES), chance.choice(_NOUNS)
        size = chance.randrange(10, 60)
        description = chance.choice(
            (
                f"{adjective} {noun}",
                f"{adjective} {noun}, {size} cm",
                f'{adjective} {noun} "{chance.choice(_TYPES)}" {size}',
                f'{noun} {size}", {adjective.lower()}',
                f"{adjective} {noun}\nsecond quality",
            )
        )
        rows.append(
            [
                f"{chance.randrange(1, 13):02}/{chance.randrange(1, 29):02}/2019",
                f"{chance.randrange(24):02}:{chance.randrange(60):02}",
                str(chance.randrange(1, 40)),
                f"{adjective[0]}{noun[0].upper()}-{1000 + number}",
                f"{chance.randrange(1, 900)}.{chance.randrange(100):02}",
                chance.choice(_TYPES),
                description,
                f"https://shop.example.com/{noun}/{1000 + number}",
                chance.choice(_COMMENTS),
            ]
        )
    return rows


def _cell(text: str, delimiter: str = ",", quote: str = '"', escape: str | None = '"') -> str:
    special = (delimiter, quote, "\n", "\r")
    if not any(mark in text for mark in special):
        return text
    if escape is not None:
        text = text.replace(escape, escape + escape) if escape != quote else text
        text = text.replace(quote, escape + quote)
    return f"{quote}{text}{quote}"


def _line(row: Row, delimiter: str = ",", quote: str = '"', escape: str | None = '"') -> str:
    return delimiter.join(_cell(cell, delimiter, quote, escape) for cell in row)


def _file(rows: list[Row], delimiter: str = ",", quote: str = '"', escape: str | None = '"', end: str = "\r\n") -> str:
    return "".join(_line(row, delimiter, quote, escape) + end for row in rows)


def _polluted(kind: str, name: str, text: str, header: Row | None, rows: list[Row]) -> Polluted:
    return Polluted(kind, name, text.encode(), header, rows)


def of_whole_files() -> Iterator[Polluted]:
    """Flaws of the file: its end, its header, what stands above and below, its dialect."""
    rows = clean_table()
    table = [NAMES, *rows]
    plain = _file(table)
    yield _polluted("clean", "clean", plain, NAMES, rows)
    yield _polluted("no payload", "no_payload", "", None, [])
    yield _polluted("header only", "header_only", _file([NAMES]), NAMES, [])
    yield _polluted("one row", "one_row", _file(table[:2]), NAMES, rows[:1])
    yield _polluted("no trailing newline", "no_trailing_newline", plain.removesuffix("\r\n"), NAMES, rows)
    yield _polluted("double trailing newline", "double_trailing_newline", plain + "\r\n", NAMES, rows)
    yield _polluted("no header", "no_header", _file(rows), None, rows)
    for lines in (2, 3):
        parts = [["Sales", "", "", "Goods", "", "", "", "", ""], ["of", "", "", "in", "", "stock", "", "", ""]][
            : lines - 1
        ]
        above = [*parts, NAMES]
        yield _polluted("multi-row header", f"header_rows_{lines}", _file([*above, *rows]), NAMES, rows)
    preamble = [["Sales of all branches"], ["Exported 2019-12-31 by the back office"], [""]]
    padded = [[*line, *[""] * (len(NAMES) - len(line))] for line in preamble]
    yield _polluted("preamble", "preamble", _file([*preamble, *table]), NAMES, rows)
    yield _polluted("preamble", "preamble_padded", _file([*padded, *table]), NAMES, rows)
    yield _polluted("footnote", "footnote", _file([*table, [""], ["All prices without tax"]]), NAMES, [
        *rows, ["All prices without tax"]
    ])  # fmt: skip
    for kind, width in (("fewer", 5), ("same", 9), ("more", 12)):
        second = [[f"{name} {mark}" for mark in ("", "II") for name in NAMES][:width]]
        second += [([*row, *row])[:width] for row in rows[:20]]
        text = _file([*table, [""], *second])
        yield _polluted("several tables", f"tables_{kind}", text, NAMES, [*rows, *second])
    for name, delimiter in (("tab", "\t"), ("semicolon", ";"), ("space", " "), ("comma_blank", ", "), ("pipe", "|")):
        yield _polluted("field delimiter", f"delimiter_{name}", _file(table, delimiter), NAMES, rows)
    yield _polluted("quotation character", "quote_single", _file(table, quote="'", escape="'"), NAMES, rows)
    yield _polluted("escape character", "escape_backslash", _file(table, escape="\\"), NAMES, rows)
    yield _polluted("escape character", "escape_none", _file(table, escape=None), NAMES, rows)
    for name, end in (("lf", "\n"), ("cr", "\r")):
        flat = [[cell.replace("\n", " ") for cell in row] for row in table] if end == "\r" else table
        yield _polluted("record delimiter", f"record_{name}", _file(flat, end=end), NAMES, flat[1:])


def of_rows() -> Iterator[Polluted]:
    """Flaws of one record, in each row and column where they can stand."""
    rows = clean_table()
    table = [NAMES, *rows]
    for at in range(len(table)):
        for column in range(len(NAMES)):
            for kind, line, right in _damaged(table[at], column):
                yield _with_line(table, at, kind, f"{kind.replace(' ', '_')}_{at}_{column}", line, right)
        for name, delimiter in (("semicolon", ";"), ("tab", "\t"), ("space", " "), ("comma_blank", ", ")):
            line = _line(table[at], delimiter)
            yield _with_line(
                table, at, f"another delimiter in a row ({name})", f"delimiter_{name}_{at}", line, table[at]
            )


def _with_line(table: list[Row], at: int, kind: str, name: str, line: str, right: Row) -> Polluted:
    text = _file(table[:at]) + line + "\r\n" + _file(table[at + 1 :])
    whole = [*table[:at], right, *table[at + 1 :]]
    return _polluted(kind, name, text, whole[0], whole[1:])


def _damaged(row: Row, column: int) -> Iterator[tuple[str, str, Row]]:
    """The kind of flaw, the damaged line and the cells that are right to read from it."""
    written = [_cell(cell) for cell in row]
    last = column == len(row) - 1
    quoted = written[column].startswith('"')
    before, after = written[:column], written[column + 1 :]
    if row[column] and not quoted:
        yield (
            "extra quote",
            ",".join([*before, written[column] + '"', *after]),
            _replaced(row, column, row[column] + '"'),
        )
        halves = written[column][: len(row[column]) // 2], written[column][len(row[column]) // 2 :]
        inside = f'"{halves[0]}"{halves[1]}"'
        yield "extra quote inside quotes", ",".join([*before, inside, *after]), _replaced(row, column, inside[1:-1])
        yield "missing quote", ",".join([*before, f'"{row[column]}', *after]), _replaced(row, column, f'"{row[column]}')
    if quoted and "," not in row[column] and "\n" not in row[column]:
        torn = written[column][:-1]
        yield "missing quote", ",".join([*before, torn, *after]), _replaced(row, column, torn)
    yield (
        "extra separator",
        ",".join([*before, written[column], "", *after]),
        [*row[: column + 1], "", *row[column + 1 :]],
    )
    # A lost separator before or behind quotes leaves a cell whose text nobody can tell.
    if not last and not quoted and not written[column + 1].startswith('"'):
        joined = row[column] + row[column + 1]
        line = ",".join([*before, joined, *after[1:]])
        yield "missing separator", line, [*row[:column], joined, *row[column + 2 :]]


def _replaced(row: Row, column: int, text: str) -> Row:
    return [*row[:column], text, *row[column + 1 :]]


def schema() -> list[Field]:
    """The schema of the clean table: its names, nothing but text."""
    return list(parse_schema([{"label": name, "key": name.lower().replace(" ", "_")} for name in NAMES], {}).fields)


def read_rows(data: bytes, fields: list[Field]) -> tuple[HeaderDecision, list[str], list[Row]]:
    """The header decision, the names and the rows that an import gets. Raises ImportFailedError."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "file.csv"
        path.write_bytes(data)
        table = read_source(path, Path(directory) / "work", ReadOptions(filename="file.csv"))
        records = table.head(table.rows)
        decision = choose_header(records[:200], fields, total_rows=table.rows)
        names = header_names(records[:200], decision)
    return decision, names, [[cell or "" for cell in row] for row in records[decision.data_start :] if any(row)]


def score(case: Polluted, fields: list[Field]) -> Score:
    """Read the file and compare. An empty file that is refused by name is read as well as it can be."""
    try:
        decision, names, rows = read_rows(case.data, fields)
    except ImportFailedError as error:
        right = error.code == "file_empty" and not case.data
        return Score(float(right), (float(right),) * 9, automatic=right)
    found_header = [name for name in names if name] if decision.row is not None else []
    found, right_rows = [_trimmed(row) for row in rows], [_trimmed(row) for row in case.rows]
    measures = [
        *_agreement(Counter(found_header), Counter(name for name in case.header or [] if name)),
        *_agreement(Counter(found), Counter(right_rows)),
        *_agreement(
            Counter(cell for row in found for cell in row if cell),
            Counter(cell for row in right_rows for cell in row if cell),
        ),
    ]
    # A file without a header is asked about: nobody can take its first row for data without being told.
    return Score(1.0, tuple(measures), automatic=decision.status == "accepted" or case.header is None)


def _trimmed(row: Row) -> tuple[str, ...]:
    """The row without empty cells at its end, and without blanks around its texts."""
    cells = [cell.strip().replace("\r\n", "\n") for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


def _agreement(found: Counter[Any], right: Counter[Any]) -> tuple[float, float, float]:
    common = (found & right).total()
    precision = common / found.total() if found else float(not right)
    recall = common / right.total() if right else float(not found)
    return (
        precision,
        recall,
        2 * precision * recall / (precision + recall) if common else float(not right and not found),
    )


def cases(*, every: int = 1) -> list[Polluted]:
    """The files of the benchmark: all whose flaw is of the whole file, and one of `every` so many of the others."""
    return [*of_whole_files(), *itertools.islice(of_rows(), 0, None, every)]


def main() -> None:
    """Print the mean score, and that of each kind of flaw. `-v` names each file that lost something."""
    fields = schema()
    by_kind: dict[str, list[tuple[Polluted, Score]]] = {}
    for case in cases(every=SAMPLED if "--sample" in sys.argv else 1):
        by_kind.setdefault(case.kind, []).append((case, score(case, fields)))
    everything = [result for results in by_kind.values() for _, result in results]
    print(f"files {len(everything)}, failures {sum(not one.success for one in everything)}, ", end="")
    print(f"automatic {sum(one.automatic for one in everything) / len(everything):.4f}")
    print(f"mean of files {sum(one.points for one in everything) / len(everything):.3f} of 10", end=", ")
    means = {kind: sum(one.points for _, one in results) / len(results) for kind, results in by_kind.items()}
    print(f"mean of kinds {sum(means.values()) / len(means):.3f} of 10")
    for kind, mean in means.items():
        asked = sum(not one.automatic for _, one in by_kind[kind])
        print(f"  {kind}: {mean:.3f} ({len(by_kind[kind])} files{f', {asked} asked about' if asked else ''})")
        if "-v" in sys.argv:
            for case, result in by_kind[kind]:
                if result.points < 10:
                    print(f"    {case.name}: {result.points:.3f} {[round(one, 3) for one in result.measures]}")


if __name__ == "__main__":
    main()
