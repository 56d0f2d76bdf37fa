"""Text whose columns are told apart by their position alone, padded with blanks: rewritten with a delimiter between the columns.

A boundary is a run of positions that are blank in every line of the table. Lines above or below the table (titles, rules, totals)
that have text across a boundary stay whole, in one cell; where there are many of them, the text is no such table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from headgate.records import dataclass

SAMPLE_BYTES = 64 << 10
MIN_LINES = 4
MIN_COLUMNS = 2
LONGEST_LINE = 4096
_WIDE_GAP = re.compile(r"\S {2,}\S")
_RULE = re.compile(r"[-=_+|\s]+")
_SPACED = 0.8
"""Share of the lines that must have two blanks between texts."""
_MOST_MISFITS = 0.02
_MISFITS_ALLOWED = 3
_AGREEING = 0.9
_FILLED, _ALIGNED = 0.3, 0.8
_Span = tuple[int, int]


@dataclass(frozen=True)
class FixedWidth:
    """Where the columns begin; the first of them at 0."""

    starts: tuple[int, ...]

    def cells(self, line: str) -> list[str]:
        """The line cut at the boundaries, without the padding; whole if text stands across one."""
        if not self.fits(line):
            return [line.strip()]
        ends = (*self.starts[1:], len(line))
        return [line[start:end].strip() for start, end in zip(self.starts, ends, strict=True)]

    def fits(self, line: str) -> bool:
        """Whether the line has a blank before each column that it reaches."""
        return all(line[start - 1 : start] in ("", " ") for start in self.starts[1:])


def fixed_width(path: Path) -> FixedWidth | None:
    """The columns of a UTF-8 file, if its whole content is such a table."""
    lines = _sample(path)
    table = [line for line in lines if not _RULE.fullmatch(line)]
    if len(table) < MIN_LINES or any("\t" in line or len(line) > LONGEST_LINE for line in table):
        return None
    spaced = [line for line in table if _WIDE_GAP.search(line)]
    if len(spaced) < max(MIN_LINES, _SPACED * len(table)):
        return None
    found = _columns(spaced)
    if found is None:
        return None
    lines_seen = misfits = 0
    for line in _lines(path):
        lines_seen += 1
        misfits += not found.fits(line)
    return found if misfits <= max(_MISFITS_ALLOWED, _MOST_MISFITS * lines_seen) else None


def delimited(path: Path, target: Path, columns: FixedWidth, delimiter: str) -> None:
    """Write the file anew with `delimiter`, which it does not hold, between the columns."""
    with target.open("w", encoding="utf-8", newline="") as file:
        for line in _lines(path):
            # A rule says nothing but where columns are; its record stays, so that others keep their numbers.
            file.write("" if _RULE.fullmatch(line) else delimiter.join(columns.cells(line)))
            file.write("\n")


def _columns(lines: Sequence[str]) -> FixedWidth | None:
    width = max(map(len, lines))
    used = [0] * (width + 1)
    for line in lines:
        for at, character in enumerate(line):
            used[at] += character != " "
    # A title or two may stand in the way of every boundary; most lines decide, and the whole file is asked later.
    allowed = 0 if len(lines) < 2 * MIN_LINES else (1 - _AGREEING) * len(lines)
    spans = _spans(used, allowed)
    lines = [line for line in lines if all(line[end:start].strip() == "" for (_, end), (start, _) in pairwise(spans))]
    if len(lines) < MIN_LINES:
        return None
    spans = _joined(lines, spans)
    if len(spans) < MIN_COLUMNS or not all(_is_column(lines, span) for span in spans):
        return None
    if any(_ends_alike([line[begin:end].rstrip() for line in lines]) for begin, end in spans[:-1]):
        return None
    return FixedWidth((0, *(start for start, _ in spans[1:])))


def _ends_alike(texts: Sequence[str]) -> bool:
    """Whether most texts end with the same mark: then that mark parts the columns, and the padding is only for the eye."""
    return any(sum(text.endswith(mark) for text in texts) >= _SPACED * len(texts) for mark in ",;|:")


def _spans(used: Sequence[int], allowed: float) -> list[_Span]:
    spans, begin = [], None
    for at, count in enumerate(used):
        if count > allowed and begin is None:
            begin = at
        elif count <= allowed and begin is not None:
            spans.append((begin, at))
            begin = None
    return spans


def _joined(lines: Sequence[str], spans: Sequence[_Span]) -> list[_Span]:
    """The spans without those gaps that are only blanks inside of texts which line up by chance."""
    joined: list[_Span] = []
    for span in spans:
        chance = len(lines) <= MIN_LINES or not (joined and _is_column(lines, joined[-1]) and _is_column(lines, span))
        if joined and span[0] - joined[-1][1] == 1 and (chance or _only_one_is_named(lines[0], joined[-1], span)):
            joined[-1] = (joined[-1][0], span[1])
        else:
            joined.append(span)
    return joined


def _only_one_is_named(first: str, left: _Span, right: _Span) -> bool:
    """Whether the line that may be the header has a text over the left one of two spans only, and is no title.

    "first order", "calls back" have their blanks in one place, too; the second word alone would be in a column without a name.
    """
    is_header = left[0] > 0 or first[right[1] :].strip() != ""
    return is_header and first[slice(*left)].strip() != "" and first[slice(*right)].strip() == ""


def _is_column(lines: Sequence[str], span: _Span) -> bool:
    """Whether enough lines have a text there, and nearly all of these stand at its left or at its right end."""
    texts = [text for text in (line[span[0] : span[1]].ljust(span[1] - span[0]) for line in lines) if text.strip()]
    left = sum(text[0] != " " for text in texts)
    right = sum(text[-1] != " " for text in texts)
    return len(texts) >= _FILLED * len(lines) and max(left, right) >= _ALIGNED * len(texts)


def _sample(path: Path) -> list[str]:
    with path.open("rb") as file:
        data = file.read(SAMPLE_BYTES)
        if len(data) == SAMPLE_BYTES:
            data = data[: data.rfind(b"\n") + 1]
    text = data.decode("utf-8", "ignore").removeprefix("\ufeff")
    return [line for line in text.replace("\r\n", "\n").split("\n") if line.strip()]


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8-sig", newline="\n") as file:
        for line in file:
            yield line.rstrip("\r\n")
