"""Development files for reading: tables in many languages, encodings and dialects, and hand-written ones, with what is in them."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

Row = list[str]


@dataclass(frozen=True)
class DevelopmentFile:
    """Bytes and the records that are right to read from them. `delimiter` is None for a single column."""

    kind: str
    name: str
    data: bytes
    rows: list[Row]
    delimiter: str | None = ","


DATA = Path(__file__).parent / "data" / "texts.jsonl"
_ENGLISH = [
    ["id", "name", "note", "day", "amount"],
    ["1", "Ann Lee", "first order", "2024-01-31", "12.50"],
    ["2", "Bob Smith", "calls back", "2023-12-05", "1300.00"],
    ["3", "Cid Mensah", "", "2022-06-17", "7.25"],
    ["4", "Dora Vogel", "paid in cash", "2024-03-09", "99.99"],
    ["5", "Eve Novak", "new", "2021-11-30", "45.00"],
]


def in_languages() -> Iterator[DevelopmentFile]:
    """Each language in each of its encodings."""
    for line in DATA.read_text("utf-8").splitlines():
        text = json.loads(line)
        words: list[str] = text["words"]
        chance = random.Random(text["language"])
        rows = [["no", *words[:3]]]
        for number in range(24):
            rows.append(
                [str(number), *(words[3 + 3 * chance.randrange((len(words) - 3) // 3) + at] for at in range(3))]
            )
        content = "".join(",".join(row) + "\r\n" for row in rows)
        for encoding in text["encodings"]:
            yield DevelopmentFile("encoding", f"{text['language']} {encoding}", content.encode(encoding), rows)


def in_dialects() -> Iterator[DevelopmentFile]:
    """Delimiters, ways of quoting and line ends; quoted cells hold the delimiter, quotes or line ends."""
    for delimiter in (",", ";", "\t", "|", ":", "^", "~", " "):
        for quote in ('"', "'", None):
            for end in ("\n", "\r\n"):
                rows = [[_word(cell, delimiter, quote) for cell in row] for row in _ENGLISH * 4]
                content = "".join(delimiter.join(_quoted(cell, delimiter, quote) for cell in row) + end for row in rows)
                name = f"{delimiter!r} {quote} {end!r}"
                yield DevelopmentFile("dialect", name, content.encode(), rows, delimiter)
    for delimiter in (",", ";", "\t"):
        rows = [*_ENGLISH, ["6", f'says "{delimiter}" often', "a\\b", "2024-01-01", "1.00"]] * 3
        content = "".join(delimiter.join(_escaped(cell, delimiter) for cell in row) + "\n" for row in rows)
        yield DevelopmentFile("dialect", f"{delimiter!r} backslash", content.encode(), rows, delimiter)


def _word(cell: str, delimiter: str, quote: str | None) -> str:
    """The cell, without a delimiter that nothing could protect."""
    if quote is None:
        return cell.replace(delimiter, "_") or "x" if delimiter == " " else cell.replace(delimiter, "_")
    return f"{cell}{delimiter}" if cell == "new" else cell


def _quoted(cell: str, delimiter: str, quote: str | None) -> str:
    if quote is None or not (delimiter in cell or quote in cell or cell in ("Ann Lee", "")):
        return cell
    return f"{quote}{cell.replace(quote, quote + quote)}{quote}"


def _escaped(cell: str, delimiter: str) -> str:
    if delimiter not in cell and '"' not in cell:
        return cell
    return '"' + cell.replace("\\", "\\\\").replace('"', '\\"') + '"'


def in_disorder() -> Iterator[DevelopmentFile]:
    """One damaged or foreign line inside of a table, for each usual delimiter."""
    for delimiter in (",", ";", "\t", "|"):
        lines = [delimiter.join(row) for row in _ENGLISH * 4]
        other = "|" if delimiter == ";" else ";"
        damages: list[tuple[str, str, Row]] = [
            ("quote inside", delimiter.join(["7", 'a "b" c', "x", "", "1.00"]), ["7", 'a "b" c', "x", "", "1.00"]),
            ("open quote", delimiter.join(["7", '"a b', "x", "", "1.00"]), ["7", '"a b', "x", "", "1.00"]),
            ("too few cells", delimiter.join(["7", "a"]), ["7", "a"]),
            (
                "too many cells",
                delimiter.join(["7", "a", "b", "c", "d", "e", "f"]),
                ["7", "a", "b", "c", "d", "e", "f"],
            ),
            ("a remark", "nothing else today", ["nothing else today"]),
            (
                "another delimiter",
                other.join(["7", "a", "b", "2024-01-01", "1.00"]),
                ["7", "a", "b", "2024-01-01", "1.00"],
            ),
        ]
        for name, line, right in damages:
            content = "\n".join([*lines[:9], line, *lines[9:]]) + "\n"
            rows = [*(_ENGLISH * 4)[:9], right, *(_ENGLISH * 4)[9:]]
            yield DevelopmentFile("damage", f"{delimiter!r} {name}", content.encode(), rows, delimiter)


def by_hand() -> Iterator[DevelopmentFile]:
    """Odd files as people send them."""
    table = "".join(",".join(row) + "\n" for row in _ENGLISH)
    rows: list[Row] = _ENGLISH
    odd: list[tuple[str, str, list[Row], str | None]] = [
        ("title", f"Orders of 2024\n\n{table}", [["Orders of 2024"], [], *rows], ","),
        (
            "comments",
            f"# made by the back office\n# v4\n{table}",
            [["# made by the back office"], ["# v4"], *rows],
            ",",
        ),
        ("trailing delimiters", table.replace("\n", ",\n"), rows, ","),
        ("mixed line ends", table.replace("\n", "\r\n", 3), rows, ","),
        ("carriage returns", table.replace("\n", "\r"), rows, ","),
        ("no line end", table.rstrip("\n"), rows, ","),
        ("blank lines", table.replace("\n", "\n\n"), [cell for row in rows for cell in (row, [])], ","),
        ("one column", "name\nAnn Lee\nBob Smith\nCid\n", [["name"], ["Ann Lee"], ["Bob Smith"], ["Cid"]], None),
        (
            "one column of sentences",
            "note\nyes, of course\nno\nwell, maybe, later\nno\n",
            [["note"], ["yes, of course"], ["no"], ["well, maybe, later"], ["no"]],
            None,
        ),
        (
            "decimal commas",
            "a;b\n1,5;2,5\n3,25;4,0\n5,5;6,1\n",
            [["a", "b"], ["1,5", "2,5"], ["3,25", "4,0"], ["5,5", "6,1"]],
            ";",
        ),
        (
            "times",
            "start;end\n08:00;09:30\n10:15;11:45\n12:00;13:00\n",
            [["start", "end"], ["08:00", "09:30"], ["10:15", "11:45"], ["12:00", "13:00"]],
            ";",
        ),
        (
            "lists in cells",
            "id,tags\n1,red;blue;green\n2,red;blue\n3,blue;black;red\n",
            [["id", "tags"], ["1", "red;blue;green"], ["2", "red;blue"], ["3", "blue;black;red"]],
            ",",
        ),
        (
            "inches",
            'id,size\n1,3" pipe\n2,5" pipe\n3,7" pipe\n',
            [["id", "size"], ["1", '3" pipe'], ["2", '5" pipe'], ["3", '7" pipe']],
            ",",
        ),
        (
            "apostrophes",
            "id,name\n1,O'Neil\n2,'t Hooft\n3,D'Arcy\n",
            [["id", "name"], ["1", "O'Neil"], ["2", "'t Hooft"], ["3", "D'Arcy"]],
            ",",
        ),
        (
            "line ends in quotes",
            'id,note\n1,"a\nb"\n2,"c\r\nd"\n3,e\n',
            [["id", "note"], ["1", "a\nb"], ["2", "c\r\nd"], ["3", "e"]],
            ",",
        ),
        (
            "a quote never closed",
            'id,note\n1,"open\n2,b\n3,c\n',
            [["id", "note"], ["1", '"open'], ["2", "b"], ["3", "c"]],
            ",",
        ),
        (
            "ragged",
            "a,b,c\n1,2\n1,2,3\n1,2,3,4\n1,2,3\n",
            [["a", "b", "c"], ["1", "2"], ["1", "2", "3"], ["1", "2", "3", "4"], ["1", "2", "3"]],
            ",",
        ),
        ("two delimiters together", "a||b\n1||2\n3||4\n", [["a", "", "b"], ["1", "", "2"], ["3", "", "4"]], "|"),
        ("blanks before quotes", 'a, b\n1, "x, y"\n2, "z"\n', [["a", "b"], ["1", "x, y"], ["2", "z"]], ","),
        (
            "log lines",
            "GET /a 200\nGET /b 404\nPOST /c 500\n",
            [["GET", "/a", "200"], ["GET", "/b", "404"], ["POST", "/c", "500"]],
            " ",
        ),
    ]
    for name, text, right, delimiter in odd:
        yield DevelopmentFile("by hand", name, text.encode(), right, delimiter)
    lines = [f"{a:<4}{b:<14}{c:<16}{d:<12}{e:>8}" for a, b, c, d, e in (row for row in _ENGLISH)]
    yield DevelopmentFile("by hand", "fixed width", ("\n".join(lines) + "\n").encode(), _ENGLISH, None)


def development_files() -> list[DevelopmentFile]:
    """All of them; of files with the same bytes (two encodings may write a text alike) the first."""
    files = (*in_languages(), *in_dialects(), *in_disorder(), *by_hand())
    return list({file.data: file for file in reversed(files)}.values())[::-1]
