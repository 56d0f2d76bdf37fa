"""Reads the usual shapes of a number column without a Python object per cell.

Must agree with NumberReader on every cell that it decides; the unusual ones it leaves alone.
"""

from __future__ import annotations

import re
from decimal import Decimal

import polars as pl

from headgate.engine.types.base import FastReading
from headgate.engine.types.currencies import texts_of
from headgate.engine.types.number_presets import NumberRules

_CANONICAL = r"^(?:0|-?[1-9][0-9]*|-?(?:0|[1-9][0-9]*)\.[0-9]*[1-9])$"
_CANONICAL_INTEGER = r"^(?:0|-?[1-9][0-9]*)$"
_EITHER_MARK = r"^-?[1-9][0-9]{0,2}\.[0-9]{3}$"
_LONGEST_TEXT = 20
"""No text so short has the padding zeros that the exact reader writes as an exponent."""
_DIGITS_OF_DOUBLES = 15
"""Decimals of so many digits are told apart by their doubles."""
_DIGITS_OF_INT64 = 18

SPACE = r" \x{a0}\x{2009}\x{202f}"
_GROUPS = rf"[1-9][0-9]{{0,2}}(?:[{SPACE}][0-9]{{3}})+|[1-9][0-9]{{0,2}}(?:['’][0-9]{{3}})+"
_WHOLE = {
    ".": rf"[0-9]*|[1-9][0-9]{{0,2}}(?:,[0-9]{{3}})+|{_GROUPS}",
    ",": rf"[0-9]*|[1-9][0-9]{{0,2}}(?:\.[0-9]{{3}})+|{_GROUPS}",
}
_GROUP_MARKS = {mark: [*",.'’ \xa0\u2009\u202f".replace(mark, "")] for mark in ".,"}
_PLAIN_SIGN = re.compile(r"[^0-9.,٫٬+()%'’\s\-−]+")
NEVER = "[a&&b]"


def number_shape(mark: str | None, currencies: str) -> str:
    """A regex of sign, currency, digits, percent or currency, sign; that each comes once is checked afterwards.

    `mark`: the decimal mark, None: whole numbers only. `currencies`: a regex of the signs that may stand there.
    """
    digits = (
        rf"(?P<whole>{_WHOLE[mark]})(?:{re.escape(mark)}(?P<fraction>[0-9]+))?"
        if mark
        else "(?P<whole>[0-9]+)(?P<fraction>)"
    )
    return (
        rf"^(?P<open>[-−+(]?) ?(?P<before>{currencies})?[{SPACE}]?(?P<sign>[-−+(]?)"
        rf"{digits}(?:[{SPACE}]?(?P<after>%|{currencies}))?(?P<close>[-−)]?)$"
    )


def signs_once(before: pl.Expr) -> pl.Expr:
    """Whether a text of `number_shape` has one sign and one currency or percent sign at most, and closes its bracket."""
    after, close = pl.col("after").is_not_null(), pl.col("close")
    brackets = (pl.col("open") == "(").cast(pl.UInt8) + (pl.col("sign") == "(").cast(pl.UInt8)
    signs = sum((pl.col(part).is_in([*"-−+"]).cast(pl.UInt8) for part in ("open", "sign", "close")), brackets)
    return (signs <= 1) & (brackets == (close == ")").cast(pl.UInt8)) & ~(before & after)


class FastNumbers:
    """The vectorized rules of one column. `mark`: the decimal mark of its evidence; `currency`: the one it may carry."""

    def __init__(self, rules: NumberRules, *, mark: str | None, currency: str | None) -> None:
        self._rules = rules
        self._mark = mark
        self._decimal_mark = {".": ".", ",": ",", None: "."}.get(mark)
        texts = [text for text in texts_of(currency) if _PLAIN_SIGN.fullmatch(text)] if currency else []
        signs = f"(?i:{'|'.join(map(re.escape, texts))})" if texts else NEVER
        self._shape = number_shape(self._decimal_mark, signs)
        self._currency_code = None if rules.currency is not None else "currency_removed"

    def read(self, cells: pl.Series) -> FastReading:
        """The readings of trimmed cells."""
        decided = self._is_canonical(cells)
        value, code = cells, pl.Series("code", [None], dtype=pl.String).new_from_index(0, len(cells))
        rest = (~decided).arg_true()
        if len(rest):
            others = self._read_shapes(cells.gather(rest))
            value = value.clone().scatter(rest, others["value"])
            code = code.scatter(rest, others["code"])
            decided = decided.clone().scatter(rest, others["decided"])
        value, code, decided = self._round(value, code, decided)
        return self._check_limits(value, code, decided)

    def _is_canonical(self, cells: pl.Series) -> pl.Series:
        shape = _CANONICAL_INTEGER if self._mark not in {".", None} else _CANONICAL
        return (cells.str.contains(shape) & (cells.str.len_bytes() <= _LONGEST_TEXT)).fill_null(value=False)

    def _read_shapes(self, cells: pl.Series) -> pl.DataFrame:
        """Signs, leading and trailing zeros, groups, percent, currency: the canonical text of each."""
        parts = pl.DataFrame({"cell": cells}).select(
            pl.col("cell").str.len_bytes() <= _LONGEST_TEXT,
            pl.col("cell").str.extract_groups(self._shape).struct.unnest(),
        )
        before = pl.col("before").is_not_null()
        is_currency = before | (pl.col("after").is_not_null() & (pl.col("after") != "%"))
        negative = pl.any_horizontal(*(pl.col(part).is_in([*"-−("]) for part in ("open", "sign", "close")))
        has_digits = (pl.col("whole") != "") | (pl.col("fraction").is_not_null() & ~before)
        decided = pl.col("whole").is_not_null() & pl.col("cell") & has_digits & signs_once(before)
        percent = pl.col("after") == "%"
        whole = pl.col("whole")
        if self._decimal_mark is not None:
            whole = whole.str.replace_many(_GROUP_MARKS[self._decimal_mark], [""])
        padded = whole.str.zfill(3)
        cents = pl.when(percent).then(padded.str.slice(padded.str.len_bytes() - 2)).otherwise(pl.lit(""))
        whole = pl.when(percent).then(padded.str.slice(0, padded.str.len_bytes() - 2)).otherwise(whole)
        columns = parts.select(
            decided.fill_null(value=False).alias("decided"),
            negative.alias("negative"),
            whole.str.strip_chars_start("0").alias("whole"),
            (cents + pl.col("fraction").fill_null("")).str.strip_chars_end("0").alias("fraction"),
            is_currency.alias("is_currency"),
        )
        return columns.select(
            pl.when("decided").then(_joined(pl.col("negative"), pl.col("whole"), pl.col("fraction"))).alias("value"),
            pl.when(pl.col("decided") & pl.col("is_currency"))
            .then(pl.lit(self._currency_code))
            .cast(pl.String)
            .alias("code"),
            "decided",
        )

    def _round(self, value: pl.Series, code: pl.Series, decided: pl.Series) -> tuple[pl.Series, pl.Series, pl.Series]:
        """Round canonical texts. Digits before the point are left to the exact reader: nearly no column needs it."""
        digits = self._rules.round
        if digits is None:
            return value, code, decided
        if digits < 0:
            return value, code, decided & (value == "0").fill_null(value=False)
        long = (decided & value.str.contains(rf"\.[0-9]{{{digits + 1}}}")).fill_null(value=False).arg_true()
        if not len(long):
            return value, code, decided
        parts = pl.DataFrame({"value": value.gather(long)}).select(
            pl.col("value")
            .str.extract_groups(rf"^(?P<sign>-?)(?P<whole>[0-9]+)\.(?P<kept>[0-9]{{{digits}}})(?P<next>[0-9])")
            .struct.unnest()
        )
        kept = pl.col("whole") + pl.col("kept")
        text = (kept.cast(pl.Int64, strict=False) + (pl.col("next") >= "5").cast(pl.Int64)).cast(pl.String)
        text = text.str.zfill(digits + 1)
        rounded = parts.select(
            _joined(
                pl.col("sign") == "-",
                text.str.slice(0, text.str.len_bytes() - digits).str.strip_chars_start("0"),
                text.str.slice(text.str.len_bytes() - digits).str.strip_chars_end("0"),
            ).alias("value"),
            (kept.str.len_bytes() <= _DIGITS_OF_INT64).alias("decided"),
        )
        before = code.gather(long)
        after = before.is_null().replace_strict([True, False], ["rounded", "currency_removed_and_rounded"])
        return (
            value.clone().scatter(long, rounded["value"]),
            code.clone().scatter(long, after),
            decided.clone().scatter(long, rounded["decided"]),
        )

    def _check_limits(self, value: pl.Series, code: pl.Series, decided: pl.Series) -> FastReading:
        minimum, maximum = self._rules.minimum, self._rules.maximum
        if minimum is None and maximum is None:
            return FastReading(value, code, decided)
        number = value.cast(pl.Float64, strict=False)
        short = value.str.len_bytes() <= _DIGITS_OF_DOUBLES
        for limit, error, beyond in ((minimum, "below_min", pl.Series.lt), (maximum, "above_max", pl.Series.gt)):
            if limit is None:
                continue
            nearest = float(limit)
            # Nearest doubles keep the order of decimals, so only equal doubles leave a doubt.
            sure = short if _is_short(limit) else pl.Series([False]).new_from_index(0, len(value))
            decided = decided & ((number != nearest) | sure).fill_null(value=True)
            outside = beyond(number, nearest).fill_null(value=False)
            code = code.zip_with(~outside, pl.Series([error]))
            value = value.zip_with(~outside, pl.Series([None], dtype=pl.String))
        return FastReading(value, code, decided)


def _joined(negative: pl.Expr, whole: pl.Expr, fraction: pl.Expr) -> pl.Expr:
    """The canonical text of stripped digits."""
    is_zero = (whole == "") & (fraction == "")
    return (
        pl.when(negative & ~is_zero).then(pl.lit("-")).otherwise(pl.lit(""))
        + pl.when(whole == "").then(pl.lit("0")).otherwise(whole)
        + pl.when(fraction == "").then(pl.lit("")).otherwise(pl.lit(".") + fraction)
    )


def _is_short(number: Decimal) -> bool:
    return len(number.as_tuple().digits) <= _DIGITS_OF_DOUBLES
