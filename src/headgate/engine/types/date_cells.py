"""What `date` and `datetime` share: one cell → its day and clock, by the field's formats and the column's order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from headgate.engine.table import SourceKind
from headgate.engine.types.clock_reading import Clock
from headgate.engine.types.date_calendar import gregorian
from headgate.engine.types.date_format import to_format
from headgate.engine.types.date_locale import DateLocale, fold
from headgate.engine.types.date_order import OrderRules
from headgate.engine.types.date_parse_format import FormatFields, FormatReader, format_reader
from headgate.engine.types.date_reading import REMEMBERED_DATES, DateShape, date_reader
from headgate.late_patterns import late_pattern
from headgate.records import dataclass

_MEANINGLESS = late_pattern(r"(?<!\d)0+(?=\d)|[\s,]")
_SERIAL = late_pattern(r"\d{1,7}(?:\.\d+)?(?:[eE][+-]?\d{1,2})?")
_LAST_SERIAL = 2_958_465
_PLAUSIBLE_SERIALS = range(18_264, 73_051)
"""Serials of 1950 to 2099: what a bare number in a text file may be offered as."""
_YEAR_LOOKING_SERIALS = range(1900, 2101)
"""Whole numbers that are rather a year alone than a serial of 1905."""
_FALSE_LEAP_DAY = 60
_MILLISECONDS_PER_DAY = 86_400_000
REMEMBERED_DAYS = 50_000


@dataclass(frozen=True)
class DayReading:
    """The day of a cell and how it was found.

    `fault`: why there is none (`DateShape.fault`, `Decision.fault`), with the `likely` one. `own`: written as the field
    shows it. `open`: the cell alone could mean several days.
    """

    day: date | None = None
    clock: Clock | None = None
    fault: str | None = None
    likely: date | None = None
    iso: bool = False
    own: bool = False
    two_digit: bool = False
    month_name: bool = False
    by_column: bool = False
    open: bool = False
    serial: bool = False


@dataclass(frozen=True)
class DateForms:
    """The formats of a field: `display` and `output` (Luxon) or None; `default`: the default form (`D`, `f`, `F`)."""

    locale: DateLocale
    display: str | None
    output: str | None
    default: str

    @property
    def shown(self) -> str:
        """The format by which people see values."""
        return self.display or self.default

    def reader(self, text: str | None) -> FormatReader | None:
        """The reader of a format that names days and never year, day, month in this order; else None."""
        if text is None:
            return None
        reader = format_reader(text, self.locale)
        return reader if reader.has_date and reader.order != "YDM" else None

    @property
    def form_order(self) -> str | None:
        """The order of the display format's numbers, if it is numeric."""
        reader = self.reader(self.display)
        return None if reader is None else reader.order


class DayCellReader:
    """Reads cells as days by the settled order of their column."""

    def __init__(self, forms: DateForms, kind: SourceKind, evidence: dict[str, Any] | None) -> None:
        self.forms = forms
        self.rules = OrderRules.of(evidence, forms.locale, forms.form_order)
        self._sheet = kind == "sheet"
        self._reader = date_reader(forms.locale)
        self._display = forms.reader(forms.display)
        self._output = forms.reader(forms.output)

    def read(self, text: str) -> DayReading:
        """The day of a cell without white space around it."""
        if self._sheet and _SERIAL.fullmatch(text):
            return _read_serial(text)
        shape = self._reader.read(text)
        if shape.form == "iso" and shape.days:
            return self.decided(shape, lambda _: False)
        displayed = self._read_format(self._display, text, shape)
        if displayed is not None:
            return displayed
        if shape.days:
            return self._decided(text, shape)
        printed = self._read_format(self._output, text, shape)
        if printed is not None:
            return printed
        likely = shape.likely or (_offered_day(text) if shape.fault == "bare_number" else None)
        return DayReading(clock=shape.clock, fault=shape.fault, likely=likely)

    def _decided(self, text: str, shape: DateShape, shown: date | None = None) -> DayReading:
        """The day that the column's order gives; `shown`: the one that a format of the field gives."""
        return self.decided(shape, lambda day: day == shown or self._is_shown(text, day, shape.clock))

    def decided(self, shape: DateShape, is_own: Callable[[date], bool]) -> DayReading:
        """The day that the column's order gives. `is_own`: whether the field would show that day as it was written. The
        shape has at least one day."""
        if shape.form == "iso":
            return DayReading(shape.days[""], shape.clock, iso=True)
        decision = self.rules.decide(shape)
        if decision.day is None:
            return DayReading(None, shape.clock, decision.fault, decision.likely, open=decision.open)
        clock = shape.clock
        return DayReading(
            decision.day,
            clock,
            own=is_own(decision.day),
            two_digit=shape.two_digit,
            month_name=shape.form == "name",
            by_column=decision.by_column,
            open=decision.open,
        )

    def _read_format(self, reader: FormatReader | None, text: str, shape: DateShape) -> DayReading | None:
        """The reading by a format of the field. Where it is numeric, the column's order still decides."""
        fields = reader.read(text) if reader is not None else None
        if reader is None or fields is None:
            return None
        day = fields.day(reader.calendar)
        clock = fields.clock()
        if reader.has_time and clock is None:
            return None
        if reader.order is not None and shape.form == "numbers" and shape.days:
            return self._decided(text, shape, day)
        timed = None if clock is None else Clock(*clock, offset=fields.offset, twelve_hours="h" in fields.fields)
        if reader.order in ("DMY", "MDY"):
            other = _swapped(fields).day(reader.calendar)
            days = {reader.order: day, "MDY" if reader.order == "DMY" else "DMY": other}
            numbers = DateShape("numbers", {order: each for order, each in days.items() if each}, clock=timed)
            return self._decided(text, numbers, day) if numbers.days else None
        return None if day is None else DayReading(day, timed, own=True)

    def _is_shown(self, text: str, day: date, clock: Clock | None) -> bool:
        """Whether the text is what the field shows, zeros and spaces aside."""
        moment = moment_of(day, clock)
        if moment is None:
            return False
        written = canonical(text)
        if self.forms.default == "D":
            shown = _shown_day(day, self.forms.shown, self.forms.locale)
            return written == shown if clock is None else written.startswith(shown)
        form = self.forms.shown
        if self.forms.display is None:
            form = "D" if clock is None else "F" if clock.second else "f"
        return written == canonical(to_format(moment, form, self.forms.locale))


def day_autofix(found: DayReading) -> str | None:
    """What was changed about a day, by its weightiest code; None for ISO and for the field's own form."""
    if found.serial:
        return "serial"
    if found.iso:
        return None
    if found.by_column:
        return "column_order"
    if found.own:
        return None
    if found.two_digit:
        return "two_digit_year"
    return "month_name" if found.month_name else "reformatted"


def changes_meaning(found: DayReading) -> bool:
    """Whether `autofix: false` asks about a reading: open order, two-digit year, month name, day number of a sheet.
    ISO and the field's own form are read, unless the column's order overrides what they say."""
    if found.iso or (found.own and not found.by_column):
        return False
    return found.open or found.by_column or found.two_digit or found.month_name or found.serial


def moment_of(day: date, clock: Clock | None) -> datetime | None:
    """Day and clock as one moment (24:00 is midnight of the next day), None beyond the year 9999."""
    moment = datetime.combine(day, time())
    if clock is None:
        return moment
    try:
        return moment + timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second)
    except OverflowError:
        return None


def _swapped(fields: FormatFields) -> FormatFields:
    """The fields with day and month in each other's place."""
    return fields._replace(fields={**fields.fields, "M": fields.fields["d"], "d": fields.fields["M"]})


def canonical(text: str) -> str:
    """`text` as forms are compared: folded, without leading zeros, spaces and commas."""
    return _MEANINGLESS.sub("", fold(text))


@lru_cache(maxsize=REMEMBERED_DATES)
def _shown_day(day: date, form: str, locale: DateLocale) -> str:
    """A day in a form, as forms are compared."""
    return canonical(to_format(datetime.combine(day, time()), form, locale))


def _read_serial(text: str) -> DayReading:
    """A number of a sheet as days since 1900 (1900 system, with its 29 February 1900 that never was)."""
    number = Decimal(text)
    whole = int(number)
    if number == whole and whole in _YEAR_LOOKING_SERIALS:
        return DayReading(fault="incomplete")
    milliseconds = round((number - whole) * _MILLISECONDS_PER_DAY)
    if milliseconds == _MILLISECONDS_PER_DAY:
        whole, milliseconds = whole + 1, 0
    day = day_of_serial(whole)
    if day is None:
        return DayReading(fault="no_such_day" if whole == _FALSE_LEAP_DAY else "bare_number")
    minutes, second = divmod(milliseconds // 1000, 60)
    clock = Clock(minutes // 60, minutes % 60, second) if number != int(number) else None
    return DayReading(day, clock, serial=True)


def day_of_serial(serial: int) -> date | None:
    """The day of an Excel serial of the 1900 system; None for 60 (29 February 1900) and beyond 9999-12-31."""
    if not 1 <= serial <= _LAST_SERIAL or serial == _FALSE_LEAP_DAY:
        return None
    return date(1899, 12, 31 if serial < _FALSE_LEAP_DAY else 30) + timedelta(days=serial)


def _offered_day(text: str) -> date | None:
    """The day that a bare number of a text file may be meant as."""
    digits = fold(text).split(".")[0]
    if not digits.isdecimal():
        return None
    if len(digits) == 8:
        return gregorian(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    return day_of_serial(int(digits)) if len(digits) == 5 and int(digits) in _PLAUSIBLE_SERIALS else None
