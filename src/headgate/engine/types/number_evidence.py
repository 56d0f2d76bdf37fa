"""What a whole column says about its decimal mark and its currency (rules.md, "Numbers")."""

from __future__ import annotations

from typing import Any

import polars as pl

from headgate.engine.table import SourceKind
from headgate.engine.types.base import WHITE_SPACE, EvidenceGatherer
from headgate.engine.types.currencies import currency_of
from headgate.engine.types.number_fast import SPACE, signs_once
from headgate.engine.types.number_marks import Mark, marks_of
from headgate.engine.types.number_reader import MIXED
from headgate.engine.types.number_text import NumberTextError, take_apart

_CODES = {
    Mark.COMMA.name: "decimal_comma_proven",
    Mark.POINT.name: "decimal_point_proven",
    Mark.EITHER.name: "either_mark_possible",
    Mark.LOOSE_COMMA.name: "comma_misplaced",
}
_SIGN = r"(?:\p{Sc}|[A-Za-z]{1,3}\p{Sc}?)"
_PLAIN = r"^[-+]?(?:[0-9]+|0\.[0-9]+|[0-9]+\.(?:[0-9]{1,2}|[0-9]{4,})|[0-9]{4,}\.[0-9]{3})$"
"""Numbers that no decimal comma could have written; they need no closer look."""
_USUAL_SHAPE = (
    rf"^(?P<open>[-−+(]?) ?(?P<before>{_SIGN})?[{SPACE}]?(?P<sign>[-−+(]?)"
    rf"(?P<core>[0-9][0-9.,'’{SPACE}]*|[.,][0-9]+)(?:[{SPACE}]?(?P<after>%|{_SIGN}))?(?P<close>[-−)]?)$"
)


class NumberGatherer(EvidenceGatherer):
    """Counts the proofs of either decimal mark and the currencies of a column.

    `own_currency`: the field's currency; cells in another are errors anyway and say nothing about the column.
    """

    def __init__(self, own_currency: str | None = None, kind: SourceKind = "text") -> None:
        self._own_currency = own_currency
        self._kind = kind
        self._counts: dict[tuple[str, str], int] = {}
        self._examples: dict[tuple[str, str], str] = {}

    def observe(self, cells: pl.Series) -> None:
        """Count what one batch says."""
        cells = cells.str.strip_chars(WHITE_SPACE)
        plain = cells.str.contains(_PLAIN)
        points = cells.filter(plain & cells.str.contains(".", literal=True))
        if len(points):
            self._count("mark", Mark.POINT.name, len(points), points[0])
        others = cells.filter(~plain & (cells != ""))
        if len(others):
            self._observe_shapes(others.alias("cell"))

    def evidence(self) -> dict[str, Any]:
        """`decimalMark` (",", ".", "mixed" or None) and `currency` (a code, "mixed" or None) with what they rest on."""
        comma, point = ("mark", Mark.COMMA.name) in self._counts, ("mark", Mark.POINT.name) in self._counts
        if self._kind != "text" and comma:
            # The numbers of a workbook or of JSON have a point, whatever people typed in the cells between them.
            point = point or self._examples.get(("mark", Mark.EITHER.name), "").count(".") == 1
        currencies = sorted(name for what, name in self._counts if what == "currency")
        return {
            "decimalMark": MIXED if comma and point else "," if comma else "." if point else None,
            "currency": None if not currencies else currencies[0] if len(currencies) == 1 else MIXED,
            "evidence": [
                {"code": _CODES[name], "count": self._counts["mark", name], "example": self._examples["mark", name]}
                for name in _CODES
                if ("mark", name) in self._counts
            ]
            + [
                {
                    "code": "currency",
                    "currency": name,
                    "count": self._counts["currency", name],
                    "example": self._examples["currency", name],
                }
                for name in currencies
            ],
        }

    def _count(self, what: str, name: str, count: int, example: str) -> None:
        self._counts[what, name] = self._counts.get((what, name), 0) + count
        self._examples.setdefault((what, name), example)

    def _observe_shapes(self, cells: pl.Series) -> None:
        """Usual digits with usual signs around them by regex; the other texts one by one."""
        parts = pl.DataFrame({"cell": cells}).select(
            "cell", pl.col("cell").str.extract_groups(_USUAL_SHAPE).struct.unnest()
        )
        sign = pl.coalesce("before", pl.when(pl.col("after") != "%").then(pl.col("after")))
        parts = parts.select(
            "cell", marks_of(parts["core"]), sign.alias("sign"), signs_once(pl.col("before").is_not_null())
        )
        signs = parts["sign"].drop_nulls().unique().to_list()
        currencies = pl.DataFrame(
            {"sign": signs, "currency": [self._currency_of(sign) for sign in signs]},
            schema={"sign": pl.String, "currency": pl.String},
        )
        parts = parts.join(currencies, on="sign", how="left", maintain_order="left")
        known = pl.col("mark").is_not_null() & pl.col("open").fill_null(value=False)
        known &= pl.col("sign").is_null() | pl.col("currency").is_not_null()
        found = parts.filter(known)
        for group in (
            found.group_by("mark", "currency", maintain_order=True).agg(pl.len(), pl.first("cell")).iter_rows()
        ):
            self._observe_group(*group)
        digits = parts.filter(~known & pl.col("cell").str.contains(r"\p{Nd}"))
        for text, count in digits.group_by("cell", maintain_order=True).len().iter_rows():
            self._observe_text(text, count)

    def _currency_of(self, sign: str) -> str | None:
        if self._own_currency is not None and sign.casefold() == self._own_currency.casefold():
            return self._own_currency
        return currency_of(sign)

    def _observe_text(self, text: str, count: int) -> None:
        try:
            parts = take_apart(text, self._own_currency)
        except NumberTextError:
            return
        self._observe_group(parts.mark.name, parts.currency, count, text)

    def _observe_group(self, mark: str, currency: str | None, count: int, example: str) -> None:
        if self._own_currency is not None and currency not in {None, self._own_currency}:
            return
        if mark in _CODES:
            self._count("mark", mark, count, example)
        if currency is not None and mark != Mark.NONE.name:
            self._count("currency", currency, count, example)
