"""Values that only the result may show: fields with `mask` (docs/privacy.md, "Masked fields").

Everything else that tells of cells (errors, decisions, examples of back-tests, the memory) gets what this makes of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Literal

import polars as pl

from headgate.schema import Field

Rule = Literal["all", "last4"]

DOTS = "•••"
SHOWN = 4
LEAST_SHOWN = 8
"""Characters that a text must have before its last four are shown: of a shorter one they would be most of it."""
QUOTING = ("example", "examples", "value")
"""Parameters of evidence that quote a cell."""


def masked_text(text: str, rule: Rule) -> str:
    """A text as it may be shown; what is empty stays so."""
    bare = text.strip()
    if rule == "last4" and len(bare) >= LEAST_SHOWN:
        return DOTS + bare[-SHOWN:]
    return DOTS if text else text


def masked_texts(texts: pl.Series, rule: Rule | None) -> pl.Series:
    """The same of a column (null: empty); without a rule the texts as they are."""
    if rule is None:
        return texts
    dots = pl.Series([DOTS], dtype=pl.String).new_from_index(0, len(texts))
    filled = texts.is_not_null() & (texts != "")
    if rule == "last4":
        bare = texts.str.strip_chars()
        dots = (DOTS + bare.str.tail(SHOWN)).zip_with(bare.str.len_chars() >= LEAST_SHOWN, dots)
    return dots.zip_with(filled, texts).alias(texts.name)


def is_masked_text(texts: pl.Series) -> pl.Series:
    """Which texts (Boolean, no nulls) are what this module made of a value, and so no value themselves."""
    return texts.str.contains(DOTS, literal=True).fill_null(value=False)


def hidden_in(told: str, values: Sequence[tuple[str | None, Rule]]) -> str:
    """A text for people in which none of the values stands; the longest goes first, as it may hold the others. A value of a few
    characters is looked for as a word only: as a part of others it tells nothing."""
    bare = {text.strip(): rule for text, rule in values if text is not None and text.strip()}
    for text in sorted(bare, key=len, reverse=True):
        pattern = re.escape(text) if len(text) >= SHOWN else rf"(?<!\w){re.escape(text)}(?!\w)"
        told = masked_text(text, bare[text]).join(re.split(pattern, told))
    return told


def hidden_evidence(entry: dict[str, Any]) -> dict[str, Any]:
    """An entry of evidence without the cells that it quotes."""
    return {name: DOTS if name in QUOTING else told for name, told in entry.items()}


class Masking:
    """What to hide of the values of some fields."""

    def __init__(self, fields: Iterable[Field]) -> None:
        self._rules: dict[str, Rule] = {field.key: field.mask for field in fields if field.mask is not None}

    def hides(self, field: str | None) -> bool:
        """Whether a field is masked."""
        return field in self._rules

    def value(self, field: str | None, value: Any) -> Any:
        """A value as it may be shown; what is empty stays so."""
        if value is None or value == "" or field not in self._rules:
            return value
        return masked_text(value, self._rules[field]) if isinstance(value, str) else DOTS

    def row(self, values: dict[str, Any]) -> dict[str, Any]:
        """The values of a row by field."""
        return {key: self.value(key, value) for key, value in values.items()} if self._rules else values

    def issue(self, entry: dict[str, Any]) -> dict[str, Any]:
        """An error, warning or note, with a message that does not quote the value either."""
        field, value = entry["fieldKey"], entry["value"]
        if not self.hides(field):
            return entry
        message = entry["message"]
        if isinstance(value, str) and value.strip() and isinstance(message, str):
            message = hidden_in(message, [(value, self._rules[str(field)])])
        return {**entry, "value": self.value(field, value), "message": message}

    def decisions(self, record: dict[str, Any]) -> dict[str, Any]:
        """The decisions without cells: samples are hidden, and texts that became an option are left out."""
        if not self._rules:
            return record
        return {
            **record,
            **{
                part: [self._decision(one) for one in record[part]] for part in ("columns", "types") if record.get(part)
            },
            **(
                {"values": [one for one in record["values"] if not self.hides(one["field"])]}
                if record.get("values")
                else {}
            ),
        }

    def cells(self, shown: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Cells of an example in a back-test, `{field, text, before, after, …}`."""
        return [
            {**cell, **{side: self.value(cell["field"], cell[side]) for side in ("text", "before", "after")}}
            for cell in shown
        ]

    def _decision(self, entry: dict[str, Any]) -> dict[str, Any]:
        field = entry.get("field")
        if not self.hides(field) or not isinstance(entry.get("evidence"), list):
            return entry
        hidden = [hidden_evidence(one) if isinstance(one, dict) else one for one in entry["evidence"]]
        return {**entry, "evidence": hidden}
