"""The field type `number` (schema.md, "Types"; rules.md, "Numbers")."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, cast

import polars as pl

from headgate.engine.types.base import CellReader, EvidenceGatherer, FieldType, TypeContext
from headgate.engine.types.late_columns import number_columns
from headgate.engine.types.number_evidence import NumberGatherer
from headgate.engine.types.number_format import format_number
from headgate.engine.types.number_presets import rules_of
from headgate.engine.types.number_reader import NumberReader, result_text
from headgate.schema import Field
from headgate.schema.types import NumberOptions


class NumberType(FieldType):
    """An exact decimal. Its result text is a JSON number, or with `outputFormat` the formatted text."""

    name = "number"
    errors = {  # noqa: RUF012 - a ClassVar by FieldType
        "not_a_number": "This is not a number. Enter digits such as 1234.5, 1,234.50 or -12%.",
        "wrong_grouping": "The thousands separators stand in the wrong places, so it is not clear which number is "
        "meant. Enter it without separators, such as 1234.5.",
        "against_decimal_mark": "Comma and point are used the other way round than in the rest of this column. "
        "Enter the number as the other cells write it.",
        "ambiguous_decimal_mark": "This can be read in two ways, and the other cells of this column use both comma "
        "and point as decimal mark. Enter the number without thousands separators, such as 1234 or 1.25.",
        "wrong_currency": "This amount is not in {currency}. Enter it in {currency}.",
        "mixed_currencies": "The cells of this column carry different currencies. Bring them to one currency, or "
        "remove the signs.",
        "below_min": "The number is too small. Enter {min} or more.",
        "above_max": "The number is too large. Enter {max} or less.",
        "too_large": "The number is beyond what computers count with (about 1.8e308). Check its exponent.",
        "too_small": "The number is nearer to zero than can be written out. Check its exponent.",
    }
    autofixes = {  # noqa: RUF012 - a ClassVar by FieldType
        "rounded": "Rounded.",
        "currency_removed": "The currency was left out.",
        "currency_removed_and_rounded": "The currency was left out and the number was rounded.",
    }

    def __init__(self, field: Field, context: TypeContext) -> None:
        super().__init__(field, context)
        self.rules = rules_of(cast(NumberOptions, field.type))
        self.json_kind = "raw" if self.rules.output_format is None else "string"

    def reader(self, evidence: dict[str, Any] | None = None) -> CellReader:
        """The reader of a column with the evidence of `gatherer`."""
        return NumberReader(self.rules, evidence)

    def gatherer(self) -> EvidenceGatherer:
        """Proofs of the decimal mark, and the currencies that occur."""
        return NumberGatherer(self.rules.currency, self.context.kind)

    def display(self, value: str) -> str:
        """The number by `displayFormat`. A text that `outputFormat` made is shown as it is."""
        if self.rules.output_format is not None:
            return value
        return format_number(Decimal(value), self.rules.display_format)

    def display_fast(self, values: pl.Series) -> pl.Series | None:
        """Numbers in the usual formats that need no rounding."""
        if self.rules.output_format is not None:
            return None
        return number_columns.formatted(values, self.rules.display_format)

    @property
    def only_groups(self) -> bool:
        """Whether nothing but the thousands is formatted."""
        form = self.rules.display_format.model_dump(exclude_none=True)
        return self.rules.output_format is None and form == {"thousand_separated": True}

    def message_parameters(self) -> dict[str, str]:
        """`min`, `max`, `currency` of the field."""
        rules = self.rules
        parameters = {"min": rules.minimum, "max": rules.maximum}
        texts = {name: result_text(number) for name, number in parameters.items() if number is not None}
        return texts | ({"currency": rules.currency} if rules.currency is not None else {})
