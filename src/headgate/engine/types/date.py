"""The type `date`: a day, without time and zone. Result text `YYYY-MM-DD`, or by `outputFormat`."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, ClassVar

import polars as pl

from headgate.engine.types.base import CellReader, EvidenceGatherer, FastReading, FieldType, Reading, TypeContext
from headgate.engine.types.date_cells import DateForms, DayCellReader, DayReading, changes_meaning, day_autofix
from headgate.engine.types.date_evidence import DateEvidence
from headgate.engine.types.date_fast import DateFastPath
from headgate.engine.types.date_format import to_format
from headgate.engine.types.date_locale import date_locale
from headgate.schema import Field
from headgate.schema.types import DateOptions

_SAMPLE = datetime.fromisoformat("2022-03-27T15:20")

DAY_ERRORS: dict[str, str] = {
    "incomplete": "A date needs a day, a month and a year. Enter one such as {example} or 2022-03-27.",
    "no_such_day": "There is no such day. Check day and month, or enter a date such as {example} or 2022-03-27.",
    "year_day_month": "After the year the month comes second, and there is no such month. Enter it as 2022-03-27.",
    "bare_number": "A number alone is not read as a date. Enter a date such as {example} or 2022-03-27.",
    "weekday": "The day of the week does not fit the date. Correct one of them, or leave the weekday out.",
    "calendar": "The year may be meant in either of two calendars. Enter the date in the form 2022-03-27.",
    "ambiguous": "Day and month can be read in two orders, and the column has both. Enter it as 2022-03-27.",
    "against_column": "The other dates of this column have another order. Check this one, or enter it as 2022-03-27.",
}
"""Fault of a day → text; the codes have the prefix of the type."""

DAY_AUTOFIXES: dict[str, str] = {
    "serial": "Read from a spreadsheet's day number.",
    "two_digit_year": "The century was added to a year of two digits.",
    "month_name": "Read from a date with the month's name.",
    "column_order": "Day and month were read in the order that this column proves.",
    "reformatted": "Read from another way of writing dates.",
}


class DateReader(CellReader):
    """Reads the cells of a `date` column."""

    def __init__(self, options: DateOptions, forms: DateForms, days: DayCellReader) -> None:
        super().__init__()
        self._autofix = options.autofix
        self._forms = forms
        self._days = days
        self._fast = DateFastPath(days, autofix=options.autofix)

    def read_cell(self, text: str) -> Reading:
        """The reading of one cell."""
        found = self._days.read(text)
        if found.day is None:
            suggestion = None if found.likely is None else self._result(found.likely)
            return Reading(None, date_error(found.fault), suggestion)
        value = self._result(found.day)
        if not self._autofix and changes_meaning(found):
            return Reading(None, "date_needs_confirmation", value)
        return Reading(value, self._code(found))

    def read_fast(self, cells: pl.Series) -> FastReading | None:
        """The vectorized reading of ISO dates and of numbers with a four-digit year."""
        return self._fast.read(cells)

    def _code(self, found: DayReading) -> str | None:
        code = day_autofix(found)
        if code is None and found.clock is not None:
            code = "time_dropped"
        return None if code is None else f"date_{code}"

    def _result(self, day: date) -> str:
        if self._forms.output is None:
            return day.isoformat()
        return to_format(datetime.combine(day, time()), self._forms.output, self._forms.locale)


class DateType(FieldType):
    """The type `date` with the options of one field."""

    name = "date"
    errors: ClassVar[dict[str, str]] = {
        "date_unreadable": "This is not a date. Enter one such as {example} or 2022-03-27.",
        **{f"date_{fault}": text for fault, text in DAY_ERRORS.items()},
        "date_needs_confirmation": "It may be read otherwise than it was meant. Confirm it, or enter it as 2022-03-27.",
    }
    autofixes: ClassVar[dict[str, str]] = {
        **{f"date_{fix}": text for fix, text in DAY_AUTOFIXES.items()},
        "date_time_dropped": "The time of day was left out.",
    }

    def __init__(self, field: Field, context: TypeContext) -> None:
        super().__init__(field, context)
        options = field.type
        if not isinstance(options, DateOptions):
            raise TypeError(f"field {field.key!r} is no date")
        self._options = options
        self._forms = DateForms(date_locale(options.locale), options.display_format, options.output_format, "D")

    def reader(self, evidence: dict[str, Any] | None = None) -> CellReader:
        """The reader of a column with that evidence."""
        return DateReader(self._options, self._forms, DayCellReader(self._forms, self.context.kind, evidence))

    def gatherer(self) -> EvidenceGatherer | None:
        """A fresh counter of day and month order."""
        return DateEvidence(self._forms.locale, self._forms.form_order)

    def display(self, value: str) -> str:
        """The date by `displayFormat`, else in the locale's short form. A text that is no date stays as it is."""
        moment = moment_of_result(value, self._forms)
        return value if moment is None else to_format(moment, self._forms.shown, self._forms.locale)

    def message_parameters(self) -> dict[str, str]:
        """`example`: a date as the field shows it."""
        return {"example": to_format(_SAMPLE, self._forms.shown, self._forms.locale)}


def date_error(fault: str | None) -> str:
    """The error code of a fault."""
    return f"date_{fault or 'unreadable'}"


def moment_of_result(value: str, forms: DateForms) -> datetime | None:
    """The moment that a result text stands for, None when it stands for none."""
    if forms.output is None:
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            return None
    reader = forms.reader(forms.output)
    fields = reader.read(value) if reader is not None else None
    day = fields.day(reader.calendar) if reader is not None and fields is not None else None
    if day is None or fields is None:
        return None
    hour, minute, second = fields.clock() or (0, 0, 0)
    return datetime.combine(day, time(hour % 24, minute, second))
