"""The type `date`: a day, without time and zone. Result text `YYYY-MM-DD`, or by `outputFormat`."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, ClassVar

from headgate.engine.types.base import CellReader, Reading, TypeContext
from headgate.engine.types.date_cells import DateForms, DayCellReader, DayReading, changes_meaning, day_autofix
from headgate.engine.types.date_format import to_format
from headgate.engine.types.date_types import DAY_AUTOFIXES, DAY_ERRORS, DayReader, DayType
from headgate.schema import Field
from headgate.schema.types import DateOptions


class DateReader(DayReader):
    """Reads the cells of a `date` column."""

    def __init__(self, options: DateOptions, forms: DateForms, days: DayCellReader) -> None:
        self._autofix = options.autofix
        super().__init__(forms, days)

    def reading_of(self, found: DayReading) -> Reading:
        """The reading of a day."""
        if found.day is None:
            suggestion = None if found.likely is None else self._result(found.likely)
            return Reading(None, f"date_{found.fault or 'unreadable'}", suggestion)
        value = self._result(found.day)
        if not self._autofix and changes_meaning(found):
            return Reading(None, "date_needs_confirmation", value)
        return Reading(value, self._code(found))

    def _code(self, found: DayReading) -> str | None:
        code = day_autofix(found)
        if code is None and found.clock is not None:
            code = "time_dropped"
        return None if code is None else f"date_{code}"

    def _result(self, day: date) -> str:
        if self._forms.output is None:
            return day.isoformat()
        return to_format(datetime.combine(day, time()), self._forms.output, self._forms.locale)


class DateType(DayType):
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
        options = field.type
        if not isinstance(options, DateOptions):
            raise TypeError(f"field {field.key!r} is no date")
        super().__init__(field, context, options, "D")
        self._options = options

    def reader(self, evidence: dict[str, Any] | None = None) -> CellReader:
        """The reader of a column with that evidence."""
        return DateReader(self._options, self.forms, self.cell_reader(evidence))
