"""The type `datetime`: a day and its time, without zone. Result text `YYYY-MM-DDTHH:mm[:ss]`, or by `outputFormat`."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from headgate.engine.types.base import CellReader, Reading, TypeContext
from headgate.engine.types.clock_reading import Clock
from headgate.engine.types.date_cells import DateForms, DayCellReader, DayReading, day_autofix, moment_of
from headgate.engine.types.date_format import to_format
from headgate.engine.types.date_types import DAY_AUTOFIXES, DAY_ERRORS, DayReader, DayType
from headgate.schema import Field
from headgate.schema.types import DatetimeOptions


class DatetimeReader(DayReader):
    """Reads the cells of a `datetime` column."""

    def __init__(self, options: DatetimeOptions, forms: DateForms, days: DayCellReader) -> None:
        self._with_seconds = options.with_seconds
        super().__init__(forms, days, clock=3 if options.with_seconds else 2)

    def reading_of(self, found: DayReading) -> Reading:
        """The reading of a day and the time behind it."""
        if found.day is None:
            likely = None if found.likely is None else moment_of(found.likely, found.clock)
            suggestion = None if likely is None else self._result(likely)
            return Reading(None, f"datetime_{found.fault or 'unreadable'}", suggestion)
        moment = moment_of(found.day, found.clock)
        if moment is None:
            return Reading(None, "datetime_no_such_day")
        return Reading(self._result(moment), self._code(found))

    def _code(self, found: DayReading) -> str | None:
        code = day_autofix(found)
        if code not in ("serial", "column_order", "two_digit_year", "month_name"):
            code = _clock_autofix(found.clock, with_seconds=self._with_seconds) or code
        return None if code is None else f"datetime_{code}"

    def _result(self, moment: datetime) -> str:
        if self._forms.output is None:
            return moment.isoformat(timespec="seconds" if self._with_seconds else "minutes")
        return to_format(moment, self._forms.output, self._forms.locale)


class DatetimeType(DayType):
    """The type `datetime` with the options of one field."""

    name = "datetime"
    errors: ClassVar[dict[str, str]] = {
        "datetime_unreadable": "This is not a date with a time. Enter one such as {example} or 2022-03-27T15:20.",
        **{f"datetime_{fault}": text for fault, text in DAY_ERRORS.items()},
    }
    autofixes: ClassVar[dict[str, str]] = {
        **{f"datetime_{fix}": text for fix, text in DAY_AUTOFIXES.items()},
        "datetime_offset_dropped": "The time zone was left out; the time of day stays as it was written.",
        "datetime_seconds_dropped": "The seconds were left out.",
        "datetime_midnight_assumed": "A date without a time was read as midnight.",
        "datetime_next_day": "24:00 was read as midnight of the next day.",
    }

    def __init__(self, field: Field, context: TypeContext) -> None:
        options = field.type
        if not isinstance(options, DatetimeOptions):
            raise TypeError(f"field {field.key!r} is no datetime")
        super().__init__(field, context, options, "F" if options.with_seconds else "f")
        self._options = options

    def reader(self, evidence: dict[str, Any] | None = None) -> CellReader:
        """The reader of a column with that evidence."""
        return DatetimeReader(self._options, self.forms, self.cell_reader(evidence))


def _clock_autofix(clock: Clock | None, *, with_seconds: bool) -> str | None:
    """What was changed of the time of day."""
    if clock is None:
        return "midnight_assumed"
    if clock.hour == 24:
        return "next_day"
    if clock.offset:
        return "offset_dropped"
    return "seconds_dropped" if clock.second and not with_seconds else None
