"""Where the numbers of a date stand: the same for all texts that differ in their digits only, so it is found out once a
*shape*, a text whose digits are nines."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from headgate.engine.types.date_reading import DateReader
from headgate.records import dataclass

LONGEST_TEXT = 40
"""Characters. No date in numbers has more, its time and zone included."""

MOST_SHAPES = 4_096
"""With more shapes in a chunk, its texts are no dates that anything is gained with."""

SEPARATORS = ("/", ".", "-")

Span = tuple[int, int]

_DAY = re.compile(
    r"(?:(?P<year>9{4})(?P<mark>[/.-])(?P<first>9{1,2})(?P=mark)(?P<second>9{1,2})"
    r"|(?P<first_>9{1,2})(?P<mark_>[/.-])(?P<second_>9{1,2})(?P=mark_)(?P<year_>9{4}|9{1,2}))(?=\Z|[ ,T])"
)
_ISO_CLOCK = re.compile(
    r"[T ](?P<hour>99):(?P<minute>99)(?::(?P<seconds>99)(?:[.,]9{1,9})?)?(?: ?(?P<zone>Z|GMT|UTC|[+-]99(?::?99)?))?(?P<half>)"
)
_CLOCK = re.compile(
    r",? (?P<hour>9{1,2}):(?P<minute>99)(?::(?P<seconds>99))?(?: ?(?P<half>[AaPp][Mm]))?"
    r"(?: ?(?P<zone>Z|GMT|UTC|[+-]99:?99))?"
)
_TIMED = re.compile(rf"(?P<date>.*[^ ,]){_CLOCK.pattern}")


@dataclass(frozen=True)
class Layout:
    """Where the numbers of a shape stand (bytes). `padded`: month and day have two digits. `half`: AM or PM stands behind.

    `year` of one or two digits is the last of three numbers, wherever the year then stands. `iso_clock`: its time is
    written as ISO 8601 has it. `month`: of a date with the month's name (0: with its number), which has its day `first`
    and nothing `second`. `weekday`: that it names, from 1 for Monday; 0 for none.
    """

    year: Span
    first: Span
    second: Span | None
    mark: str
    year_first: bool
    padded: bool
    month: int = 0
    weekday: int = 0
    hour: Span | None = None
    minute: Span | None = None
    seconds: Span | None = None
    half: str = ""
    zone: bool = False
    iso_clock: bool = False

    @property
    def iso(self) -> bool:
        """Whether the day is written as ISO 8601 has it."""
        return self.year_first and self.mark == "-" and self.padded

    @property
    def short(self) -> bool:
        """Whether the year has no more than two digits."""
        return self.year[1] - self.year[0] <= len("99")


def layout_of(shape: str) -> Layout | None:
    """Where the numbers of a shape stand, None when it is no date in numbers."""
    return _layout_of(shape) if len(shape) <= LONGEST_TEXT else None  # long texts are not remembered


@lru_cache(maxsize=MOST_SHAPES)
def _layout_of(shape: str) -> Layout | None:
    day = _DAY.match(shape)
    if day is None:
        return None
    ending = "" if day["year"] else "_"
    first, second, year = (day.span(name + ending) for name in ("first", "second", "year"))
    padded = first[1] - first[0] == second[1] - second[0] == len("99")
    layout = Layout(year, first, second, day["mark" + ending], ending == "", padded)
    if layout.short and not any(span[1] - span[0] == len("99") for span in (first, year)):
        return None
    if day.end() == len(shape):
        return layout
    iso = _ISO_CLOCK.fullmatch(shape, day.end()) if layout.iso else None
    clock = iso or _CLOCK.fullmatch(shape, day.end())
    return None if clock is None else _with_clock(layout, clock, iso_clock=iso is not None)


class NamedLayouts:
    """The layouts of dates with a month's name in one locale."""

    def __init__(self, reader: DateReader) -> None:
        self._reader = reader
        self._known: dict[str, Layout | None] = {}

    def of(self, shape: str) -> Layout | None:
        """Where day and year of a shape stand, None when it is no such date."""
        if len(shape) > LONGEST_TEXT:
            return None
        if shape not in self._known:
            if len(self._known) >= MOST_SHAPES:
                self._known.clear()
            self._known[shape] = self._layout(shape)
        return self._known[shape]

    def _layout(self, shape: str) -> Layout | None:
        alone = self._of_date(shape)
        timed = None if alone else _TIMED.fullmatch(shape)
        date_alone = self._of_date(timed["date"]) if timed else None
        if timed is None or date_alone is None or not shape.isascii():
            return alone
        return _with_clock(date_alone, timed)

    def _of_date(self, shape: str) -> Layout | None:
        parts = self._reader.named_parts(shape)
        if parts is None:
            return None
        year, day = (tuple(len(shape[:at].encode()) for at in span) for span in (parts.year, parts.day))
        return Layout((year[0], year[1]), (day[0], day[1]), None, "/", False, False, parts.month, parts.weekday)


def _with_clock(layout: Layout, clock: re.Match[str], *, iso_clock: bool = False) -> Layout:
    return replace(
        layout,
        hour=clock.span("hour"),
        minute=clock.span("minute"),
        seconds=None if clock["seconds"] is None else clock.span("seconds"),
        half=(clock["half"] or "")[:1].lower(),
        zone=bool(clock["zone"]),
        iso_clock=iso_clock,
    )
