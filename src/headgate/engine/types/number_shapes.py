"""The usual shapes of number cells as regular expressions, and the canonical text of the parts that they find."""

from __future__ import annotations

import re

import polars as pl

LONGEST_TEXT = 20
"""Bytes. No text so short has the padding zeros that the exact reader writes as an exponent."""

SPACE = r" \x{a0}\x{2009}\x{202f}"
NEVER = "[a&&b]"
CANONICAL = r"^(?:0|-?[1-9][0-9]*|-?(?:0|[1-9][0-9]*)\.[0-9]*[1-9])$"
CANONICAL_INTEGER = r"^(?:0|-?[1-9][0-9]*)$"

HOPELESS = (
    r"^[^\p{Nd}]*$"
    r"|\p{L}{5}"
    r"|[0-9][^0-9]*[\p{L}:/_@#&*=;<>|&&[^eE]][^0-9]*[0-9]"
    r"|[0-9]\s*[-−+()][^0-9]*[0-9]"
    r"|^[^0-9]*\p{L}[^0-9]*[0-9](?:.*[0-9])?[^0-9]*\p{L}[^0-9]*$"
)
"""No numbers: no digit, a word longer than any currency sign, something between digits, words on both sides."""

SHORT_SIGN = 4
"""Currency signs have no more letters; a field's own symbol may, and then HOPELESS does not hold."""

_GROUPS = rf"[1-9][0-9]{{0,2}}(?:[{SPACE}][0-9]{{3}})+|[1-9][0-9]{{0,2}}(?:['’][0-9]{{3}})+"
_WHOLE = {
    ".": rf"[0-9]*|[1-9][0-9]{{0,2}}(?:,[0-9]{{3}})+|{_GROUPS}",
    ",": rf"[0-9]*|[1-9][0-9]{{0,2}}(?:\.[0-9]{{3}})+|{_GROUPS}",
}
_SIMPLE_WHOLE = {
    ".": r"0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:,[0-9]{3})+",
    ",": r"0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:\.[0-9]{3})+",
}


def simple_shape(mark: str) -> str:
    """A regex of numbers whose text is canonical once the group marks and the zeros at its end are gone."""
    return rf"^-?(?:{_SIMPLE_WHOLE[mark]})(?:{re.escape(mark)}[0-9]+)?$"


def number_shape(mark: str | None, currencies: str) -> str:
    """A regex of sign, currency, digits, percent or currency, sign; that each comes once is checked by `signs_once`.

    `mark`: the decimal mark, None: whole numbers only. `currencies`: a regex of the signs that may stand there.
    """
    fraction = f"(?:{re.escape(mark)}(?P<fraction>[0-9]+))?" if mark else "(?P<fraction>)"
    return core_shape(f"(?P<whole>{_WHOLE[mark] if mark else '[0-9]+'}){fraction}", currencies)


def core_shape(core: str, currencies: str) -> str:
    """A regex of `core` with the signs that may stand around it."""
    return (
        rf"^(?P<open>[-−+(]?) ?(?P<before>{currencies})?[{SPACE}]?(?P<sign>[-−+(]?)"
        rf"{core}(?:[{SPACE}]?(?P<after>%|{currencies}))?(?P<close>[-−)]?)$"
    )


def signs_once() -> pl.Expr:
    """Whether a text has one sign, and one currency or percent sign, at most, and closes its bracket."""
    both = pl.col("before").is_not_null() & pl.col("after").is_not_null()
    brackets = (pl.col("open") == "(").cast(pl.UInt8) + (pl.col("sign") == "(").cast(pl.UInt8)
    signs = sum((pl.col(part).is_in([*"-−+"]).cast(pl.UInt8) for part in ("open", "sign", "close")), brackets)
    return (signs <= 1) & (brackets == (pl.col("close") == ")").cast(pl.UInt8)) & ~both


def is_negative() -> pl.Expr:
    """Whether a text of which `signs_once` holds is negative."""
    return pl.any_horizontal(*(pl.col(part).is_in([*"-−("]) for part in ("open", "sign", "close")))


def canonical_text(negative: pl.Expr, whole: pl.Expr, fraction: pl.Expr) -> pl.Expr:
    """The result text of digits before and after the point."""
    whole, fraction = whole.str.strip_chars_start("0"), fraction.str.strip_chars_end("0")
    is_zero = (whole == "") & (fraction == "")
    return (
        pl.when(negative & ~is_zero).then(pl.lit("-")).otherwise(pl.lit(""))
        + pl.when(whole == "").then(pl.lit("0")).otherwise(whole)
        + pl.when(fraction == "").then(pl.lit("")).otherwise(pl.lit(".") + fraction)
    )


def without_trailing_zeros(text: pl.Expr) -> pl.Expr:
    """A plain decimal text without the zeros that end its fraction, and `0` for `-0`."""
    short = text.str.strip_chars_end("0").str.strip_chars_end(".")
    return pl.when(text.str.contains(".", literal=True)).then(short).otherwise(text).replace("-0", "0")
