"""What a whole column says about its decimal mark and its currency (rules.md, "Numbers")."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import polars as pl

from headgate.engine.explanations import because
from headgate.engine.table import SourceKind
from headgate.engine.types.base import FEW_CELLS, WHITE_SPACE, EvidenceGatherer, trimmed
from headgate.engine.types.late_columns import digit_templates
from headgate.engine.types.number_marks import Mark
from headgate.engine.types.number_reader import MIXED
from headgate.engine.types.number_shapes import (
    HOPELESS,
    LONGEST_SHAPE,
    NEVER,
    SHORT_SIGN,
    digits_may_decide,
    share_of_matches,
)
from headgate.engine.types.number_text import NumberTextError, take_apart
from headgate.late_patterns import late_pattern

if TYPE_CHECKING:
    from headgate.engine.types.text_shapes import Shapes

_CODES = {
    Mark.COMMA.name: "decimal_comma_proven",
    Mark.POINT.name: "decimal_point_proven",
    Mark.EITHER.name: "either_mark_possible",
    Mark.LOOSE_COMMA.name: "comma_misplaced",
}
_INTEGER = "^[-+]?[0-9]+$"
_NUMBER_OF_A_MACHINE = late_pattern(r"-?[1-9][0-9]{0,2}\.[0-9]{3}")
_REMEMBERED_SHAPES = 50_000


class _Said(NamedTuple):
    """What the texts of a shape say: the name of a Mark, and a currency."""

    mark: str
    currency: str | None


_UNCLEAR = _Said("", None)


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
        self._said: dict[str, _Said | None] = {}
        self._by_shape = own_currency is None or not any(map(str.isdigit, own_currency))
        self._hopeless = HOPELESS if own_currency is None or len(own_currency) <= SHORT_SIGN else NEVER

    def observe(self, cells: pl.Series) -> None:
        """Count what one batch says."""
        if len(cells) <= FEW_CELLS:
            self._observe_few(cells.to_list())
            return
        cells = trimmed(cells)
        if share_of_matches(cells, _INTEGER):
            # Whole numbers, which columns of numbers have most, say nothing.
            cells = cells.filter(~cells.str.contains(_INTEGER))
        if not len(cells):
            return
        shapes = digit_templates.shapes_of(cells)
        said = self._said_by(shapes.distinct)
        self._observe_shapes(said, shapes, cells)
        if self._kind != "text" and not self._machine_numbers:
            self._machine_numbers = any(map(_NUMBER_OF_A_MACHINE.fullmatch, shapes.distinct))
        if _UNCLEAR in said:
            texts = cells.filter(pl.Series([one is _UNCLEAR for one in said])[pl.Series(shapes.at)])
            for text, count in texts.alias("cell").to_frame().group_by("cell", maintain_order=True).len().iter_rows():
                self._observe_text(text, count)

    def _observe_few(self, cells: list[str | None]) -> None:
        """The same text by text: those whose shape does not tell what they say come last, as among many."""
        counts = Counter(text.strip(WHITE_SPACE) for text in cells if text)
        unclear = []
        for text, count in counts.items():
            if self._is_unclear(text):
                unclear.append((text, count))
            else:
                self._observe_text(text, count)
        for text, count in unclear:
            self._observe_text(text, count)
        if self._kind != "text" and not self._machine_numbers:
            self._machine_numbers = any(map(_NUMBER_OF_A_MACHINE.fullmatch, counts))

    def _observe_shapes(self, said: list[_Said | None], shapes: Shapes, cells: pl.Series) -> None:
        """Count what the shapes say, together where several say the same."""
        counts: dict[_Said, int] = {}
        places: dict[_Said, int] = {}
        for place, (one, count) in enumerate(zip(said, shapes.counts().tolist(), strict=True)):
            if one is not None and one is not _UNCLEAR:
                counts[one] = counts.get(one, 0) + count
                places.setdefault(one, place)
        for one, place in places.items():
            first = partial(_first_of, shapes, place, cells)
            self._observe_group(one.mark, one.currency, counts[one], first)

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

    def state(self) -> dict[str, Any]:
        """The proofs and currencies, each with its first cell."""
        counted = [[what, name, count, self._examples[what, name]] for (what, name), count in self._counts.items()]
        return {"counted": counted, "machineNumbers": self._machine_numbers}

    def resume(self, state: dict[str, Any]) -> None:
        """Go on from there."""
        for what, name, count, example in state["counted"]:
            self._counts[what, name], self._examples[what, name] = count, example
        self._machine_numbers = state["machineNumbers"]

    def _count(self, what: str, name: str, count: int, example: Callable[[], str]) -> None:
        self._counts[what, name] = self._counts.get((what, name), 0) + count
        if (what, name) not in self._examples:
            self._examples[what, name] = example()

    def _said_by(self, names: list[str]) -> list[_Said | None]:
        """What the texts of each shape say: None for nothing, _UNCLEAR where the shape does not tell it."""
        if len(self._said) > _REMEMBERED_SHAPES:
            self._said.clear()
        new = [shape for shape in names if shape not in self._said]
        hopeless = pl.Series(new, dtype=pl.String).str.contains(self._hopeless).to_list()
        judged = {shape: None if never else self._judged(shape) for shape, never in zip(new, hopeless, strict=True)}
        # Long texts are not remembered: each is of a shape of its own.
        self._said.update((shape, said) for shape, said in judged.items() if len(shape) <= LONGEST_SHAPE)
        return [judged[shape] if shape in judged else self._said[shape] for shape in names]

    def _judged(self, shape: str) -> _Said | None:
        return _UNCLEAR if self._is_unclear(shape) else self._said_by_text(shape)

    def _is_unclear(self, text: str) -> bool:
        """Whether the shape of a text does not tell what it says."""
        return not self._by_shape or len(text) > LONGEST_SHAPE or digits_may_decide(text)

    def _said_by_text(self, text: str) -> _Said | None:
        try:
            parts = take_apart(text, self._own_currency)
        except NumberTextError:
            return None
        return _Said(parts.mark.name, parts.currency)

    def _observe_text(self, text: str, count: int) -> None:
        said = self._said_by_text(text)
        if said is not None:
            self._observe_group(said.mark, said.currency, count, lambda: text)

    def _observe_group(self, mark: str, currency: str | None, count: int, example: Callable[[], str]) -> None:
        if self._own_currency is not None and currency not in {None, self._own_currency}:
            return
        if mark in _CODES:
            self._count("mark", mark, count, example)
        if currency is not None:
            self._count("currency", currency, count, example)


def _first_of(shapes: Shapes, place: int, cells: pl.Series) -> str:
    """The first cell of a shape."""
    text: str = cells.item(int((shapes.at == place).argmax()))
    return text
