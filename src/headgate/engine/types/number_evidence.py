"""What a whole column says about its decimal mark and its currency (rules.md, "Numbers")."""

from __future__ import annotations

from typing import Any

import polars as pl

from headgate.engine.explanations import because
from headgate.engine.table import SourceKind
from headgate.engine.types.base import WHITE_SPACE, EvidenceGatherer
from headgate.engine.types.currencies import currency_of
from headgate.engine.types.number_marks import Mark, marks_of
from headgate.engine.types.number_reader import MIXED
from headgate.engine.types.number_shapes import HOPELESS, SHORT_SIGN, SPACE, core_shape, signs_once
from headgate.engine.types.number_text import NumberTextError, take_apart

_CODES = {
    Mark.COMMA.name: "decimal_comma_proven",
    Mark.POINT.name: "decimal_point_proven",
    Mark.EITHER.name: "either_mark_possible",
    Mark.LOOSE_COMMA.name: "comma_misplaced",
}
_SIGN = r"(?:\p{Sc}|[A-Za-z]{1,3}\p{Sc}?)"
_COMMONEST = {
    Mark.NEUTRAL: r"^[-+]?[0-9]+$",
    Mark.POINT: r"^[-+]?(?:0?\.[0-9]+|[0-9]+\.(?:[0-9]{1,2}|[0-9]{4,})|[0-9]{4,}\.[0-9]{3}"
    r"|[1-9][0-9]{0,2}(?:,[0-9]{3})+\.[0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3}){2,})$",
    Mark.EITHER: r"^[-+]?[1-9][0-9]{0,2}[.,][0-9]{3}$",
    Mark.COMMA: r"^[-+]?(?:[0-9]*,[0-9]{1,2}|0,[0-9]+|[1-9][0-9]{3,},[0-9]{3}|[1-9][0-9]{0,2}(?:\.[0-9]{3})+,[0-9]+)$",
}
"""Shapes without currency, percent or space, so common that they are counted without taking the cells apart."""
_SIGN = r"(?:\p{Sc}|[A-Za-z]{1,3}\p{Sc}?)"
_USUAL_SHAPE = core_shape(rf"(?P<core>[0-9][0-9.,'’{SPACE}]*|[.,][0-9]+)", _SIGN)
_NUMBER_OF_A_MACHINE = r"^-?[1-9][0-9]{0,2}\.[0-9]{3}$"


class NumberGatherer(EvidenceGatherer):
    """Counts the proofs of either decimal mark and the currencies of a column.

    `own_currency`: the field's currency; cells in another are errors anyway and say nothing about the column.
    """

    def __init__(self, own_currency: str | None = None, kind: SourceKind = "text") -> None:
        self._own_currency = own_currency
        self._kind = kind
        self._counts: dict[tuple[str, str], int] = {}
        self._examples: dict[tuple[str, str], str] = {}
        self._machine_numbers = False

    def observe(self, cells: pl.Series) -> None:
        """Count what one batch says."""
        cells = cells.str.strip_chars(WHITE_SPACE)
        cells = cells.filter(cells != "")
        for mark, shape in _COMMONEST.items():
            is_mark = cells.str.contains(shape)
            if is_mark.any():
                found, cells = cells.filter(is_mark), cells.filter(~is_mark)
                self._observe_group(mark.name, None, len(found), found[0])
                if self._kind != "text" and mark is Mark.EITHER:
                    self._machine_numbers |= found.str.contains(_NUMBER_OF_A_MACHINE).any()
        if len(cells):
            self._observe_shapes(cells.alias("cell"))

    def evidence(self) -> dict[str, Any]:
        """`decimalMark` (",", ".", "mixed" or None) and `currency` (a code, "mixed" or None) with what they rest on."""
        comma, point = ("mark", Mark.COMMA.name) in self._counts, ("mark", Mark.POINT.name) in self._counts
        if self._kind != "text" and comma:
            # The numbers of a workbook or of JSON have a point, whatever people typed in the cells between them.
            point = point or self._machine_numbers
        currencies = sorted(name for what, name in self._counts if what == "currency")
        return {
            "decimalMark": MIXED if comma and point else "," if comma else "." if point else None,
            "currency": None if not currencies else currencies[0] if len(currencies) == 1 else MIXED,
            "evidence": [
                because(_CODES[name], count=self._counts["mark", name], example=self._examples["mark", name])
                for name in _CODES
                if ("mark", name) in self._counts
            ]
            + [
                because(
                    "currency",
                    currency=name,
                    count=self._counts["currency", name],
                    example=self._examples["currency", name],
                )
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
        parts = parts.select("cell", marks_of(parts["core"]), sign.alias("sign"), signs_once().alias("sound"))
        signs = parts["sign"].drop_nulls().unique().to_list()
        currencies = pl.DataFrame(
            {"sign": signs, "currency": [self._currency_of(sign) for sign in signs]},
            schema={"sign": pl.String, "currency": pl.String},
        )
        parts = parts.join(currencies, on="sign", how="left", maintain_order="left")
        known = pl.col("mark").is_not_null() & pl.col("sound").fill_null(value=False)
        known &= pl.col("sign").is_null() | pl.col("currency").is_not_null()
        found = parts.filter(known)
        for group in (
            found.group_by("mark", "currency", maintain_order=True).agg(pl.len(), pl.first("cell")).iter_rows()
        ):
            self._observe_group(*group)
        unknown = parts.filter(~known)
        if self._own_currency is None or len(self._own_currency) <= SHORT_SIGN:
            unknown = unknown.filter(~pl.col("cell").str.contains(HOPELESS))
        for text, count in unknown.group_by("cell", maintain_order=True).len().iter_rows():
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
        if currency is not None:
            self._count("currency", currency, count, example)
