"""Finds the dialect of a delimited text by trial parses of a sample.

The score of a candidate is prior × evenness of the rows × plausibility of the cells (after van den Burg, Nazábal and
Sutton, "Wrangling messy CSV files by detecting row and type patterns", 2019, much reduced). The sample is bounded, so
the time is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, repeat
from operator import contains
from pathlib import Path
from typing import Any

from headgate.engine.errors import ImportFailedError
from headgate.engine.read.dialect import Dialect
from headgate.engine.read.encoding import blocks_of
from headgate.engine.read.records import CELLS_AT_ONCE, RecordParser
from headgate.engine.read.shapes import ColumnShapes
from headgate.late_patterns import late_pattern
from headgate.records import dataclass

HEAD_BYTES = 48 << 10
WINDOW_BYTES = 12 << 10
LONGEST_FIRST_LINE = 4 << 20
MAX_ROWS = 600
MAX_CELLS_TYPED = 6_000
_LONGEST_PLAIN, _LONGEST_WORDS = 64, 200

PRIORS = {",": 1.0, ";": 1.0, "\t": 1.0, "|": 1.0, "^": 0.8, "~": 0.8, ":": 0.4, " ": 0.4}
"""How often files use each delimiter, against how often its character stands in other text."""

_WEAK = " :"
_WEAK_SCORE, _WEAK_SCORES = 0.45, {2: 0.62}
_ONE_COLUMN = 0.34
_ODD = 0.97
_PROSE = 0.3
_FOREIGN = ";\t|,"
_BLANKS = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())
_ODD_BEGINNINGS, _ODD_ENDS = f"\"'{_BLANKS}", f'"{_BLANKS}'
_CONTROLS = bytes([*range(1, 9), 11, 12, *range(14, 32)])

_TYPES = r"""(?:
      [\w.#/-]++                                                                # one word or code
    | [-+(]?[\s$€£¥]*[\d٠-٩][\d.,'\xa0\u202f\ ٠-٩]*(?:e[-+]?\d+)?\s*[%$€£¥)]?-?   # numbers, money, percent
    | \d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}                                           # dates, perhaps with a time
      (?:[T\s]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[AaPp]\.?[Mm]\.?)?(?:Z|[-+]\d{2}:?\d{2})?)?
    | \d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[AaPp]\.?[Mm]\.?)?                # times
    | [\w.+-]++@[\w-]+(?:\.[\w-]+)+                                             # e-mail addresses
    | https?://<rest>
    | \+?[\d()\s.-]{6,20}                                                       # phones
    )"""
_PLAIN = late_pattern(_TYPES.replace("<rest>", r"\S+"), re.VERBOSE)
_WORDS = late_pattern(r"[\w\s.()'’&/#%+-]*")
# What most cells are: they need none of the other looks, and these are the quicker ones.
_SURELY_PLAIN = late_pattern(
    rf"(?=.{{1,{_LONGEST_PLAIN - 1}}}\Z)(?![\s'])" + _TYPES.replace("<rest>", r"[^\s\"\\]+") + r"(?<!\s)",
    re.VERBOSE | re.DOTALL,
)
_SURELY_WORDS = late_pattern(rf"(?![\s'])[\w\s.()'’&/#%+-]{{1,{_LONGEST_WORDS - 1}}}(?<!\s)")


@dataclass(frozen=True)
class Detection:
    """The dialect found, how sure, how many cells most rows have, and what came second."""

    dialect: Dialect
    confidence: float
    width: int
    runners_up: list[dict[str, Any]]
    shapes: ColumnShapes | None = None
    """What the cells look like, to mend damaged rows by."""
    may_be_fixed_width: bool = False
    """Whether blanks, or nothing at all, part the cells as well as any delimiter does."""


@dataclass(frozen=True)
class _Trial:
    dialect: Dialect
    score: float
    width: int
    rows: Sequence[Sequence[str]] = ()


def detect_dialect(path: Path, delimiter: str | None = None) -> Detection:
    """The dialect of a UTF-8 file; `delimiter`, when given, is not put in question."""
    texts = _sample(path)
    delimiters = [delimiter] if delimiter else [d for d in PRIORS if any(d in text for text in texts)]
    if not delimiters:
        return Detection(Dialect(unused_character(path), _quote_of(texts)), 1.0, 1, [], may_be_fixed_width=True)
    joined = "\n".join(texts)
    marks = {mark: _begins_a_line(mark, joined) for mark in "'\"" if mark in joined}
    trials = [trial for d in delimiters for trial in _trials(texts, joined, marks, d, fixed=delimiter is not None)]
    if delimiter is None:
        trials.append(_one_column(texts))
    trials.sort(key=lambda trial: -trial.score)
    best = trials[0]
    others = _others(best, trials)
    second = others[0].score if others else 0.0
    confidence = 1.0 if delimiter or best.score <= 0 else best.score / (best.score + second * second / best.score)
    runners_up = [
        {"delimiter": trial.dialect.delimiter if trial.width > 1 else None, "score": round(trial.score, 3)}
        for trial in others[:2]
    ]
    dialect = best.dialect
    if best.width == 1 and delimiter is None:
        dialect = replace(dialect, delimiter=unused_character(path))
    shapes = ColumnShapes.of(best.rows, best.width) if best.width > 1 else None
    blank = best.width == 1 or best.dialect.delimiter in _WEAK or best.score < _WEAK_SCORES.get(best.width, _WEAK_SCORE)
    return Detection(dialect, round(confidence, 3), best.width, runners_up, shapes, blank and delimiter is None)


def _others(best: _Trial, trials: list[_Trial]) -> list[_Trial]:
    """The best trial of each other delimiter."""
    seen = {best.dialect.delimiter if best.width > 1 else None}
    others = []
    for trial in trials:
        name = trial.dialect.delimiter if trial.width > 1 else None
        if name not in seen and trial.score > 0:
            seen.add(name)
            others.append(trial)
    return others


def _sample(path: Path) -> list[str]:
    """The head of the file and windows at a quarter, half and three quarters of it, all of whole lines."""
    size = path.stat().st_size
    starts = [0] if size <= HEAD_BYTES + 4 * WINDOW_BYTES else [0, size // 4, size // 2, size // 4 * 3]
    texts = []
    with path.open("rb") as file:
        for start in starts:
            file.seek(start)
            data = file.read(HEAD_BYTES if start == 0 and len(starts) > 1 else WINDOW_BYTES if start else size)
            if start == 0 and b"\n" not in data:
                data += file.readline(LONGEST_FIRST_LINE)
            at_end = start + len(data) >= size
            if start:
                # A window inside one long line shows no line's beginning: it says nothing.
                data = data.partition(b"\n")[2]
            if not at_end and (start or b"\n" in data):
                data = data[: data.rfind(b"\n") + 1]
            texts.append(data.decode("utf-8", "ignore").removeprefix("\ufeff"))
    return [text for text in texts if text.strip()] or [""]


def _trials(texts: list[str], joined: str, marks: dict[str, bool], delimiter: str, *, fixed: bool) -> list[_Trial]:
    """One trial for each way of quoting that the sample gives reason to try. `joined`: the texts; `marks`: the quotes in them, and
    whether they begin a line."""
    opening = {mark for mark, begins_a_line in marks.items() if begins_a_line or delimiter + mark in joined}
    if not fixed and '"' not in opening and all(_mostly_whole_lines(text, delimiter) for text in texts):
        # No quote hides a delimiter, and to read fewer of them as such parts no more lines.
        candidates = []
    else:
        candidates = [Dialect(delimiter, '"')]
    edge = re.escape(delimiter)
    if "'" in opening and re.search(rf"(?:^|{edge})'[^'\n]*'(?={edge}|\r?$)", joined, re.MULTILINE):
        candidates.append(Dialect(delimiter, "'"))
    if '"' in opening:
        candidates.append(Dialect(delimiter, None))
        if '\\"' in joined:
            candidates.append(Dialect(delimiter, '"', escape="\\"))
    elif '"' not in marks and candidates and f"\\{delimiter}" in joined:
        candidates.append(Dialect(delimiter, None, escape="\\"))
    if delimiter != " " and '"' in marks and ' "' in joined and re.search(rf'{edge} +"', joined):
        candidates.append(Dialect(delimiter, '"', spaced_quotes=True))
    looks = _Plausibilities(delimiter)
    trials: list[_Trial] = []
    for candidate in candidates:
        best = max((trial.score for trial in trials), default=0.0)
        trials.append(_trial(texts, candidate, looks, fixed=fixed, above=0.0 if fixed else best))
    return trials


def _begins_a_line(mark: str, text: str) -> bool:
    return text.startswith(mark) or f"\n{mark}" in text


def _begins_a_cell(mark: str, text: str, delimiter: str) -> bool:
    return mark in text and (_begins_a_line(mark, text) or delimiter + mark in text)


def _trial(
    texts: list[str],
    dialect: Dialect,
    looks: _Plausibilities,
    *,
    fixed: bool,
    prior: float | None = None,
    above: float = 0.0,
) -> _Trial:
    """The trial of one dialect. `above`: one that cannot score more scores nothing, and its cells are not looked at."""
    rows: list[list[str]] = []
    repaired = 0
    for text in texts:
        found, broken = _records(text, dialect)
        rows.extend(row for row in found[:MAX_ROWS] if len(row) > 1 or row[0].strip())
        repaired += broken
    if not rows:
        return _Trial(dialect, 0.0, 1)
    width, count = _usual_width(rows)
    if width == 1 and not fixed:
        return _Trial(dialect, 0.0, 1)
    if prior is None:
        prior = PRIORS.get(dialect.delimiter, 1.0) * (1 - 1 / (width + 1))
    most = prior * count / len(rows)
    if most <= above:
        return _Trial(dialect, 0.0, 1)
    score = most * _plausibility(rows, looks) * (_PROSE if _is_prose(rows) else 1.0)
    # Each alternative to plain double quotes must win clearly; broken quotes speak against a way of quoting.
    oddity = 1.0 if dialect == Dialect(dialect.delimiter) else _ODD
    return _Trial(dialect, score * oddity * (1 - 0.5 * min(1.0, repaired / len(rows))), width, rows)


def _records(text: str, dialect: Dialect) -> tuple[list[list[str]], int]:
    """The records of a text, and how many of them have broken quotes."""
    delimiter, quote = dialect.delimiter, dialect.quote
    unquoted = dialect.strictly_readable and not (quote and _begins_a_cell(quote, text, delimiter))
    if unquoted and text.count(delimiter) + text.count("\n") < CELLS_AT_ONCE:
        # Where no quote opens a field, all of them are text, and lines are records.
        lines = text.removesuffix("\n").split("\n")
        if "\r" in text:
            lines = [line.removesuffix("\r") for line in lines]
        return [line.split(delimiter) for line in lines], 0
    parser = RecordParser(dialect)
    found, _ = parser.parse(text, final=True)
    return found, parser.repairs.count


def _mostly_whole_lines(text: str, delimiter: str) -> bool:
    """Whether the delimiter surely parts fewer than half of the lines of a text: that is seen without parting any."""
    if len(text) >= CELLS_AT_ONCE:
        return False
    lines = text.removesuffix("\n").split("\n")[:MAX_ROWS]
    parted = sum(map(contains, lines, repeat(delimiter)))
    blank = sum(not line or line.isspace() for line in lines if delimiter not in line)
    return 2 * parted < len(lines) - blank


def _is_prose(rows: list[list[str]]) -> bool:
    """Whether the delimiter is rather punctuation: the first row has none, and a blank follows nearly all others."""
    if len(rows[0]) != 1:
        return False
    followers = [cell for row in rows for cell in row[1:]]
    return sum(cell.startswith(" ") for cell in followers) > 0.8 * len(followers)


def _usual_width(rows: list[list[str]]) -> tuple[int, int]:
    """The most frequent number of cells (the larger of equals) and how many rows have it."""
    widths = Counter(len(row) for row in rows)
    return max(widths.items(), key=lambda item: (item[1], item[0]))


def _plausibility(rows: list[list[str]], looks: _Plausibilities) -> float:
    """The mean of how much each cell looks like a whole value, 0 to 1."""
    total, seen = 0.0, 0
    look = looks.__getitem__
    looks.learn(rows)
    for row in rows:
        if row[0][:1] == " ":
            total += _odd_plausibility(row[0], looks.delimiter, first=True)
            total = sum(map(look, row[1:]), total)
        else:
            total = sum(map(look, row), total)
        seen += len(row)
        if seen > MAX_CELLS_TYPED:
            break
    return total / seen if seen else 0.0


class _Plausibilities(dict[str, float]):
    """The plausibility of each different cell that is not the first of its row: many come again, in one trial and in the next. The
    first of a row has the same unless it begins with a blank."""

    def __init__(self, delimiter: str) -> None:
        super().__init__()
        self.delimiter = delimiter

    def learn(self, rows: Sequence[Sequence[str]]) -> None:
        """Look at cells of the first rows together, which saves a call for each."""
        plain, words = _SURELY_PLAIN.fullmatch, _SURELY_WORDS.fullmatch
        for cell in set(chain.from_iterable(rows[: MAX_CELLS_TYPED // len(rows[0]) + 1])).difference(self):
            if '"' in cell:  # which neither pattern lets pass
                self[cell] = _odd_plausibility(cell, self.delimiter)
            elif (cell.isalnum() and len(cell) < _LONGEST_PLAIN) or plain(cell):
                self[cell] = 1.0
            else:
                self[cell] = 0.9 if words(cell) else _odd_plausibility(cell, self.delimiter)

    def __missing__(self, cell: str) -> float:
        self.learn([[cell]])
        return self[cell]


def _odd_plausibility(cell: str, delimiter: str, *, first: bool = False) -> float:
    """The plausibility of a cell that is not surely plain and not surely words."""
    if not cell:
        return 0.6
    if cell[0] in _ODD_BEGINNINGS or cell[-1] in _ODD_ENDS or "\\" in cell or ":" in cell or len(cell) == 1:
        found = _by_its_edges(cell, first=first)
        if found is not None:
            return found
    foreign = (";" in cell) + ("\t" in cell) + ("|" in cell) + ("," in cell)
    return max(0.1, 0.55 - 0.15 * (foreign - (delimiter in _FOREIGN and delimiter in cell)))


def _by_its_edges(cell: str, *, first: bool) -> float | None:
    if len(cell) > 1 and (cell[0] in "\"'" or cell[-1] in '"\\'):
        return 0.05
    if '\\"' in cell:
        return 0.2
    spaced = not first and cell[0] == " "
    if spaced and cell[1:2] == '"':
        return 0.05
    if len(cell) < _LONGEST_PLAIN and _PLAIN.fullmatch(cell.strip()):
        return 0.9 if spaced else 1.0
    if len(cell) < _LONGEST_WORDS and _WORDS.fullmatch(cell):
        return 0.6 if spaced else 0.9
    return None


def _one_column(texts: list[str]) -> _Trial:
    """The hypothesis that there is no delimiter at all."""
    dialect = Dialect("\x1f", _quote_of(texts))
    return _trial(texts, dialect, _Plausibilities(dialect.delimiter), fixed=True, prior=_ONE_COLUMN)


def unused_character(path: Path) -> str:
    """A control character that the file does not hold: it can stand for a delimiter."""
    free = set(_CONTROLS)
    for block in blocks_of(path):
        free = {byte for byte in free if byte not in block}
    if not free:
        raise ImportFailedError(
            "file_format_unknown", "The file is not text: it holds every control character. Export it as CSV or XLSX."
        )
    return chr(max(free))


def _quote_of(texts: list[str]) -> str:
    """Double quotes, unless every line of a one-column text stands in single quotes."""
    lines = [line for text in texts for line in text.splitlines() if line.strip()]
    single = all(len(line) > 1 and line[0] == line[-1] == "'" for line in lines)
    return "'" if lines and single else '"'
