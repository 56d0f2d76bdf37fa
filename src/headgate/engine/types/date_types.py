"""What the types `date` and `datetime` have in common: options, evidence, display and the texts of what may be wrong with a day."""

from __future__ import annotations

from abc import abstractmethod
from datetime import datetime, time
from functools import cached_property
from typing import Any, ClassVar

import polars as pl

from headgate.engine.types.base import CellReader, EvidenceGatherer, FastReading, FieldType, Reading, TypeContext
from headgate.engine.types.date_cells import DateForms, DayCellReader, DayReading
from headgate.engine.types.date_evidence import DateEvidence
from headgate.engine.types.date_format import to_format
from headgate.engine.types.date_locale import date_locale
from headgate.engine.types.late_columns import date_fast
from headgate.schema import Field
from headgate.schema.types import DateOptions, DatetimeOptions

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


class DayReader(CellReader):
    """Reads cells as days. `clock`: how many numbers of the time of day a result has."""

    few_texts: ClassVar[int] = 128

    def __init__(self, forms: DateForms, days: DayCellReader, clock: int = 0) -> None:
        super().__init__()
        self._forms = forms
        self._days = days
        self._clock = clock

    @cached_property
    def _columns(self) -> date_fast.DateColumnReader:
        return date_fast.DateColumnReader(self._days, self.reading_of, self._clock)

    @abstractmethod
    def reading_of(self, found: DayReading) -> Reading:
        """The reading of a cell whose day was looked for."""

    def read_cell(self, text: str) -> Reading:
        """The reading of one cell."""
        return self.reading_of(self._days.read(text))

    def read_fast(self, cells: pl.Series) -> FastReading:
        """The vectorized reading of dates in numbers or with a month's name."""
        return self._columns.read(cells)


class DayType(FieldType):
    """A type of days, with the options of one field. `default_form`: by which a day is shown when nothing else is said."""

    def __init__(
        self, field: Field, context: TypeContext, options: DateOptions | DatetimeOptions, default_form: str
    ) -> None:
        super().__init__(field, context)
        locale = date_locale(options.locale)
        self.forms = DateForms(locale, options.display_format, options.output_format, default_form)

    def cell_reader(self, evidence: dict[str, Any] | None) -> DayCellReader:
        """The reader of days in a column with that evidence."""
        return DayCellReader(self.forms, self.context.kind, evidence)

    def prepare(self) -> None:
        """The names and forms of dates in the field's locale."""
        super().prepare()
        self.gatherer()

    def gatherer(self) -> EvidenceGatherer | None:
        """A fresh counter of day and month order."""
        return DateEvidence(self.forms.locale, self.forms.form_order)

    def display(self, value: str) -> str:
        """The moment by `displayFormat`, else in the locale's short form. A text that is none stays as it is."""
        moment = _moment_of_result(value, self.forms)
        return value if moment is None else to_format(moment, self.forms.shown, self.forms.locale)

    def message_parameters(self) -> dict[str, str]:
        """`example`: a moment as the field shows it."""
        return {"example": to_format(_SAMPLE, self.forms.shown, self.forms.locale)}


def _moment_of_result(value: str, forms: DateForms) -> datetime | None:
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
