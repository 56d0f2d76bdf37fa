"""The text of a number by a numbro format object (numbro 2.5, its en-US language).

The text is numbro's, oddities included (`- $5.00` for a spaced sign in front, seconds that round up to `60`), but every
step works on the exact decimal where numbro works on doubles. What that changes:

- Ties round away from zero; numbro rounds negative ones up (`-2.5` without decimals: `-3`, numbro `-2`).
- No digits come from binary arithmetic: `0.07` in percent is `7%`, numbro `7.000000000000001%`.
- Digits are written out where JavaScript turns to `1e+21` or `1e-7`, texts that numbro groups and cuts like digits.

Combinations that numbro answers with "ERROR: invalid format" are formatted as if the offending key were harmless: bytes
without `base` count as binary, and `lowPrecision` without `average`, `prefixSymbol` without percent do nothing.
`abbreviations` replaces k, m, b, t (numbro reads them from its language only).
"""

from __future__ import annotations

from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal

from headgate.late_patterns import late_pattern
from headgate.schema.types import NumberFormat

EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN, rounding=ROUND_HALF_UP)
"""Arithmetic that loses no digit. Never divide in it: an endless quotient would fill the memory."""

CURRENCY_ALONE = NumberFormat.model_construct(
    output="currency", thousand_separated=True, mantissa=2, space_separated_currency=True
)
"""`output: "currency"` without any other key: two decimals and no average (rules.md, "Numbers")."""

_CURRENCY = NumberFormat.model_construct(output="currency")
_MAGNITUDES = {"trillion": 12, "billion": 9, "million": 6, "thousand": 3}
_ABBREVIATIONS = {"trillion": "t", "billion": "b", "million": "m", "thousand": "k"}
_BYTE_UNITS = {
    "binary": ("B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB"),
    "decimal": ("B", "KB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"),
}
_DIGITS_OF_A_DOUBLE = 17
_ZERO = late_pattern(r"\s*(?:[+-]?(?:0+\.?0*|\.0+)(?:[eE][+-]?[0-9]+)?)?\s*")


def format_number(value: Decimal, form: NumberFormat) -> str:
    """The text of a finite number by a numbro format object."""
    value = value if value else Decimal(0)
    match form.output:
        case "currency":
            text = _currency(value, CURRENCY_ALONE if form == _CURRENCY else form)
        case "percent":
            text = _percent(value, form)
        case "byte":
            text = _byte(value, form)
        case "time":
            text = _time(value)
        case "ordinal":
            text = _number(value, form) + _space(form) + _ordinal_suffix(value)
        case _:
            text = _number(value, form)
    return (form.prefix or "") + text + (form.postfix or "")


def plain_text(value: Decimal) -> str:
    """All digits without exponent, trailing zeros or a negative zero."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text if value else "0"


def _space(form: NumberFormat) -> str:
    return " " if form.space_separated else ""


def _percent(value: Decimal, form: NumberFormat) -> str:
    text = _number(value.scaleb(2, EXACT), form)
    return "%" + _space(form) + text if form.prefix_symbol else text + _space(form) + "%"


def _currency(value: Decimal, form: NumberFormat) -> str:
    symbol = form.currency_symbol or "$"
    position = form.currency_position or "prefix"
    spaced = form.space_separated if form.space_separated_currency is None else form.space_separated_currency
    space = " " if spaced else ""
    decimal_mark = space + symbol + space if position == "infix" else "."
    text = _number(value, form, decimal_mark, low_precision_default=False)
    if position == "infix":
        return text
    if position == "postfix":
        return text + ("" if _averages(form) and not form.space_separated_abbreviation else space) + symbol
    if value < 0 and form.negative != "parenthesis":
        return f"-{space}{symbol}{text[1:]}"
    if value > 0 and form.force_sign:
        return f"+{space}{symbol}{text[1:]}"
    return symbol + space + text


def _byte(value: Decimal, form: NumberFormat) -> str:
    units = _BYTE_UNITS["binary" if form.base in {None, "binary"} else "decimal"]
    scale = 1000 if form.base == "decimal" else 1024
    power = 0
    while power < len(units) - 1 and abs(value) >= scale ** (power + 1):
        power += 1
    if scale == 1000:
        value = value.scaleb(-3 * power, EXACT)
    else:
        # 1 / 2**n = 5**n / 10**n keeps every digit.
        value = EXACT.multiply(value, Decimal(5 ** (10 * power))).scaleb(-10 * power, EXACT)
        if len(value.normalize(EXACT).as_tuple().digits) > _DIGITS_OF_A_DOUBLE and form.mantissa is None:
            # Nobody asked for 30 digits of a quotient: it shows as the nearest double, like numbro's.
            value = Decimal(repr(float(value)))
    return _number(value, form) + _space(form) + units[power]


def _time(value: Decimal) -> str:
    seconds = value.to_integral_value(ROUND_FLOOR, EXACT)
    rest = value - seconds
    hours, in_hour = divmod(int(seconds), 3600)
    minutes, in_minute = divmod(in_hour, 60)
    return f"{hours}:{minutes:02}:{in_minute + (1 if rest >= Decimal('0.5') else 0):02}"


def _ordinal_suffix(value: Decimal) -> str:
    in_hundred = EXACT.remainder(value, Decimal(100))
    if int(in_hundred.scaleb(-1, EXACT)) == 1:
        return "th"
    last = EXACT.remainder(value, Decimal(10))
    return {Decimal(1): "st", Decimal(2): "nd", Decimal(3): "rd"}.get(last, "th")


def _averages(form: NumberFormat) -> bool:
    return bool(form.total_length or form.force_average or form.average)


def _number(value: Decimal, form: NumberFormat, decimal_mark: str = ".", *, low_precision_default: bool = True) -> str:
    averaged = _averages(form)
    mantissa = form.mantissa
    abbreviation = ""
    if averaged:
        low_precision = low_precision_default if form.low_precision is None else form.low_precision
        value, abbreviation = _average(value, form, low_precision=low_precision)
        mantissa = mantissa or 0
    if form.total_length:
        mantissa = max(form.total_length - len(plain_text(abs(value)).partition(".")[0]), 0)
    if form.exponential:
        value, exponent = _exponential(value, 0 if form.total_length else form.characteristic or 0)
        abbreviation = exponent + abbreviation
    whole, fraction = _digits(value, form, mantissa)
    whole = _whole(whole, form)
    text = whole + (decimal_mark + fraction if fraction else "") + abbreviation
    return _signed(text, value, form) if value < 0 or form.force_sign else text


def _average(value: Decimal, form: NumberFormat, *, low_precision: bool) -> tuple[Decimal, str]:
    name = form.force_average or _average_name(abs(value), low_precision=low_precision)
    if name is None:
        return value, ""
    own = getattr(form.abbreviations, name) if form.abbreviations else None
    abbreviation = _ABBREVIATIONS[name] if own is None else own
    return value.scaleb(-_MAGNITUDES[name], EXACT), _space(form) + abbreviation if abbreviation else ""


def _average_name(size: Decimal, *, low_precision: bool) -> str | None:
    for name, power in _MAGNITUDES.items():
        unit = Decimal(10) ** power
        if size >= unit or (low_precision and size >= unit / 2):
            return name
    return None


def _exponential(value: Decimal, characteristic: int) -> tuple[Decimal, str]:
    exponent = value.adjusted() if value else 0
    digits = value.scaleb(-exponent, EXACT)
    shift = max(characteristic - 1, 0)
    return digits.scaleb(shift, EXACT), f"e{exponent - shift:+}"


def _digits(value: Decimal, form: NumberFormat, mantissa: int | None) -> tuple[str, str]:
    if mantissa is None:
        whole, _, fraction = plain_text(value).partition(".")
        return whole, fraction
    fixed = value.quantize(Decimal(1).scaleb(-mantissa), context=EXACT)
    whole, _, fraction = format(fixed if fixed else abs(fixed), "f").partition(".")
    if form.trim_mantissa:
        fraction = fraction.rstrip("0")
    elif form.optional_mantissa and not form.total_length and not fraction.strip("0"):
        fraction = ""
    return whole, fraction


def _whole(whole: str, form: NumberFormat) -> str:
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    if form.optional_characteristic and digits == "0":
        return sign
    if not form.total_length:
        digits = digits.rjust(form.characteristic or 0, "0")
    if form.thousand_separated:
        head = len(digits) % 3 or min(3, len(digits))
        digits = ",".join([digits[:head], *(digits[at : at + 3] for at in range(head, len(digits), 3))])
    return sign + digits


def _signed(text: str, value: Decimal, form: NumberFormat) -> str:
    if not value:
        return text
    if _ZERO.fullmatch(text):
        return text.replace("-", "", 1)
    if value > 0:
        return "+" + text
    return f"({text.replace('-', '', 1)})" if form.negative == "parenthesis" else text
