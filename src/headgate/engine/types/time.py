"""The type `time`: a time of day, without day and zone. Result text `HH:mm[:ss]`, or by `outputFormat`."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, ClassVar

import polars as pl

from headgate.engine.types.base import CellReader, FastReading, FieldType, Reading, TypeContext
from headgate.engine.types.clock_reading import Clock, clock_reader
from headgate.engine.types.date_cells import canonical
from headgate.engine.types.date_format import to_format
from headgate.engine.types.date_locale import date_locale, fold
from headgate.engine.types.date_parse_format import format_reader
from headgate.engine.types.date_reading import date_reader
from headgate.late_patterns import late_pattern
from headgate.schema import Field
from headgate.schema.types import TimeOptions

_ISO = late_pattern(
    r"(?:t(?P<basic>\d\d)(?:(?P<basic_minute>\d\d)(?P<basic_second>\d\d)?)?"
    r"|t?(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d))?)"
    r"(?:[.,]\d{1,30})?(?P<zone>z|[+-]\d\d(?::?\d\d)?)?"
)
_FAST_ISO = "^(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]{1,9})?)?$"
_DAY_ZERO = late_pattern(r"^(?:1899-12-3[01]|1900-01-0[01])[T ](?=\d)")
"""The days on which sheets and their readers put a time alone."""
_BARE_CLOCK = late_pattern(r"(?P<hour>\d{1,2})(?P<minute>\d\d)(?P<second>\d\d)?")
_DAY_FRACTION = late_pattern(r"0?\.\d+|0|\d(?:\.\d+)?[eE]-\d{1,2}")
_MILLISECONDS_PER_DAY = 86_400_000


class TimeReader(CellReader):
    """Reads the cells of a `time` column."""

    def __init__(self, options: TimeOptions, *, sheet: bool) -> None:
        super().__init__()
        self._options = options
        self._sheet = sheet
        self._locale = date_locale(options.locale)
        self._clock = clock_reader(self._locale)
        self._dates = date_reader(self._locale)
        formats = (options.display_format, options.output_format)
        readers = [format_reader(text, self._locale) for text in formats if text is not None]
        self._formats = [reader for reader in readers if reader.has_time]

    def read_cell(self, text: str) -> Reading:
        """The reading of one cell."""
        if self._sheet and _DAY_FRACTION.fullmatch(text):
            seconds = round(Decimal(text) * _MILLISECONDS_PER_DAY) // 1000 % 86_400
            return Reading(self._result(Clock(seconds // 3600, seconds // 60 % 60, seconds % 60)), "time_serial")
        if self._sheet:
            text = _DAY_ZERO.sub("", text)
        iso = _ISO.fullmatch(fold(text))
        if iso is not None:
            return self._read_iso(iso)
        for reader in self._formats:
            fields = reader.read(text)
            clock = fields.clock() if fields is not None else None
            if fields is not None and clock is not None:
                return self._reading(Clock(*clock, offset=fields.offset), own=True)
        found = self._clock.read(text)
        if found is not None:
            return self._reading(found, own=self._is_shown(text, found))
        return self._refused(text)

    def read_fast(self, cells: pl.Series) -> FastReading | None:
        """The vectorized reading of `HH:mm[:ss]`."""
        if self._options.output_format is not None:
            return None
        decided = cells.str.contains(_FAST_ISO).fill_null(value=True)
        text = pl.col("cell")
        has_seconds = text.str.len_bytes() > len("15:20")
        seconds = pl.when(has_seconds).then(text.str.slice(6, 2)).otherwise(pl.lit("00"))
        short = text.str.slice(0, 5)
        dropped = pl.lit(value=False) if self._options.with_seconds else seconds != "00"
        table = pl.DataFrame({"cell": cells.set(~decided, None)}).select(
            value=short + ":" + seconds if self._options.with_seconds else short,
            code=pl.when(dropped & text.is_not_null()).then(pl.lit("time_seconds_dropped")),
        )
        return FastReading(table["value"], table["code"], decided)

    def _read_iso(self, match: re.Match[str]) -> Reading:
        numbers = (
            match["basic"] or match["hour"],
            match["basic_minute"] or match["minute"] or 0,
            match["basic_second"] or match["second"] or 0,
        )
        hour, minute, second = (int(number) for number in numbers)
        exists = (hour <= 23 and minute <= 59 and second <= 59) or (hour, minute, second) == (24, 0, 0)
        if not exists:
            return Reading(None, "time_no_such_time")
        return self._reading(Clock(hour, minute, second, offset=bool(match["zone"])), own=True)

    def _reading(self, clock: Clock, *, own: bool) -> Reading:
        if clock.hour == 24:
            return Reading(self._result(Clock(0, 0, 0)), "time_midnight")
        code = None if own else "time_reformatted"
        if clock.offset:
            code = "time_offset_dropped"
        elif clock.second and not self._options.with_seconds:
            code = "time_seconds_dropped"
        return Reading(self._result(clock), code)

    def _refused(self, text: str) -> Reading:
        folded = fold(text)
        bare = _BARE_CLOCK.fullmatch(folded)
        if bare is not None:
            hour, minute, second = int(bare["hour"]), int(bare["minute"]), int(bare["second"] or 0)
            exists = hour <= 23 and minute <= 59 and second <= 59
            return Reading(None, "time_bare_number", self._result(Clock(hour, minute, second)) if exists else None)
        if folded.isdecimal():
            return Reading(None, "time_bare_number")
        shape = self._dates.read(text)
        if shape.days:
            suggestion = self._result(shape.clock) if shape.clock is not None and shape.clock.hour < 24 else None
            return Reading(None, "time_with_date", suggestion)
        if re.fullmatch(r"\d{1,2}:\d{1,2}(:\d{1,2})?(\s?[ap]\.?\s?m\.?)?", folded):
            return Reading(None, "time_no_such_time")
        return Reading(None, "time_unreadable")

    def _result(self, clock: Clock) -> str:
        if self._options.output_format is not None:
            return to_format(_moment(clock), self._options.output_format, self._locale)
        text = f"{clock.hour:02}:{clock.minute:02}"
        return f"{text}:{clock.second:02}" if self._options.with_seconds else text

    def _is_shown(self, text: str, clock: Clock) -> bool:
        if clock.hour == 24:
            return False
        form = self._options.display_format or ("tt" if clock.second or self._options.with_seconds else "t")
        return canonical(to_format(_moment(clock), form, self._locale)) == canonical(text)


class TimeType(FieldType):
    """The type `time` with the options of one field."""

    name = "time"
    errors: ClassVar[dict[str, str]] = {
        "time_unreadable": "This is not a time of day. Enter one such as {example} or 15:20.",
        "time_no_such_time": "There is no such time of day. Check it, or enter one such as {example} or 15:20.",
        "time_bare_number": "A number alone is not read as a time. Enter one such as {example} or 15:20.",
        "time_with_date": "This is a date, and only a time of day is expected. Enter one such as {example} or 15:20.",
    }
    autofixes: ClassVar[dict[str, str]] = {
        "time_serial": "Read from a spreadsheet's fraction of a day.",
        "time_reformatted": "Read from another way of writing times.",
        "time_offset_dropped": "The time zone was left out; the time of day stays as it was written.",
        "time_seconds_dropped": "The seconds were left out.",
        "time_midnight": "24:00 was read as midnight.",
    }

    def __init__(self, field: Field, context: TypeContext) -> None:
        super().__init__(field, context)
        options = field.type
        if not isinstance(options, TimeOptions):
            raise TypeError(f"field {field.key!r} is no time")
        self._options = options
        self._locale = date_locale(options.locale)
        self._shown = options.display_format or ("tt" if options.with_seconds else "t")

    def reader(self, evidence: dict[str, Any] | None = None) -> CellReader:
        """The reader of a column."""
        return TimeReader(self._options, sheet=self.context.kind == "sheet")

    def display(self, value: str) -> str:
        """The time by `displayFormat`, else in the locale's short form. A text that is no time stays as it is."""
        clock = self._clock_of_result(value)
        return value if clock is None else to_format(_moment(clock), self._shown, self._locale)

    def _clock_of_result(self, value: str) -> Clock | None:
        if self._options.output_format is not None:
            fields = format_reader(self._options.output_format, self._locale).read(value)
            parts = fields.clock() if fields is not None else None
            return None if parts is None or parts[0] == 24 else Clock(*parts)
        match = _ISO.fullmatch(value)
        if match is None or match["hour"] is None or int(match["hour"]) > 23:
            return None
        return Clock(int(match["hour"]), int(match["minute"]), int(match["second"] or 0))

    def message_parameters(self) -> dict[str, str]:
        """`example`: a time as the field shows it."""
        return {"example": to_format(_moment(Clock(15, 20, 0)), self._shown, self._locale)}


def _moment(clock: Clock) -> datetime:
    """The time on the first day of Unix time: formats of a time have no other day to show."""
    return datetime.combine(date(1970, 1, 1), time(clock.hour, clock.minute, clock.second))
