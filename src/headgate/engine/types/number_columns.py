"""The texts of a whole column of numbers by the formats that are used most: grouped or not, with or without a fixed number of
decimals, as an amount of money or not. `number_format.py` says what is right; here is only what it says of numbers that need no rounding.
"""

from __future__ import annotations

import polars as pl

from headgate.engine.types.number_format import CURRENCY_ALONE
from headgate.schema.types import NumberFormat

_KEYS = {
    "average",
    "currency_position",
    "currency_symbol",
    "mantissa",
    "negative",
    "output",
    "postfix",
    "prefix",
    "space_separated_currency",
    "thousand_separated",
}
_PARTS = r"^-?(0|[1-9][0-9]*)(?:\.([0-9]*[1-9]))?$"
"""Of the result text of a number: without exponent, and without zeros that say nothing."""


def formatted(values: pl.Series, form: NumberFormat) -> pl.Series | None:
    """The texts of result texts of numbers; null where only the exact formatter can tell, None where it is so for every number."""
    given = form.model_dump(exclude_none=True)
    if given == {"output": "currency"}:
        form, given = CURRENCY_ALONE, CURRENCY_ALONE.model_dump(exclude_none=True)
    money = form.output == "currency"
    if not given.keys() <= _KEYS or form.average or form.output not in {None, "number", "currency"}:
        return None
    if form.currency_position == "infix" and money:
        return None
    number = pl.col("number")
    text = pl.concat_str(_whole(number, form), _decimals(number, form))
    negative = number.str.starts_with("-")
    text = _amount(text, negative, form) if money else _signed(text, negative, form)
    text = pl.concat_str(pl.lit(form.prefix or ""), text, pl.lit(form.postfix or ""))
    return values.alias("number").to_frame().select(text).to_series()


def _whole(number: pl.Expr, form: NumberFormat) -> pl.Expr:
    """The digits before the point; null for what is no plain number."""
    whole = pl.when(number != "-0").then(number.str.extract(_PARTS, 1))
    if not form.thousand_separated:
        return whole
    return whole.str.reverse().str.replace_all("([0-9]{3})", "${1},").str.strip_suffix(",").str.reverse()


def _decimals(number: pl.Expr, form: NumberFormat) -> pl.Expr:
    """The point and the digits behind it; null where some would have to be rounded away."""
    fraction = number.str.extract(_PARTS, 2).fill_null("")
    if form.mantissa is None:
        return pl.when(fraction == "").then(pl.lit("")).otherwise(pl.concat_str(pl.lit("."), fraction))
    if form.mantissa == 0:
        return pl.when(fraction == "").then(pl.lit(""))
    filled = pl.concat_str(pl.lit("."), fraction, pl.lit("0" * form.mantissa)).str.slice(0, form.mantissa + 1)
    return pl.when(fraction.str.len_bytes() <= form.mantissa).then(filled)


def _signed(text: pl.Expr, negative: pl.Expr, form: NumberFormat) -> pl.Expr:
    if form.negative == "parenthesis":
        return pl.when(~negative).then(text)
    return pl.when(negative).then(pl.concat_str(pl.lit("-"), text)).otherwise(text)


def _amount(text: pl.Expr, negative: pl.Expr, form: NumberFormat) -> pl.Expr:
    symbol, space = pl.lit(form.currency_symbol or "$"), pl.lit(" " if form.space_separated_currency else "")
    if form.currency_position == "postfix":
        return pl.concat_str(_signed(text, negative, form), space, symbol)
    positive = pl.when(~negative).then(pl.concat_str(symbol, space, text))
    if form.negative == "parenthesis":
        return positive
    return pl.when(negative).then(pl.concat_str(pl.lit("-"), space, symbol, text)).otherwise(positive)
