"""Values that only the result may show: fields with `mask` (docs/privacy.md, "Masked fields").

Everything else that tells of cells (errors, decisions, examples of back-tests, the memory) gets what this makes of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from headgate.schema import Field

DOTS = "•••"
SHOWN = 4
LEAST_SHOWN = 8
"""Characters that a text must have before its last four are shown: of a shorter one they would be most of it."""
QUOTING = ("example", "examples", "value")
"""Parameters of evidence that quote a cell."""


class Masking:
    """What to hide of the values of some fields."""

    def __init__(self, fields: Iterable[Field]) -> None:
        self._rules = {field.key: field.mask for field in fields if field.mask is not None}

    def hides(self, field: str | None) -> bool:
        """Whether a field is masked."""
        return field in self._rules

    def value(self, field: str | None, value: Any) -> Any:
        """A value as it may be shown; what is empty stays so."""
        if value is None or value == "" or field not in self._rules:
            return value
        text = value.strip() if isinstance(value, str) else ""
        if self._rules[field] == "last4" and len(text) >= LEAST_SHOWN:
            return DOTS + text[-SHOWN:]
        return DOTS

    def issue(self, entry: dict[str, Any]) -> dict[str, Any]:
        """An error, warning or note, with a message that does not quote the value either."""
        field, value = entry["fieldKey"], entry["value"]
        if not self.hides(field):
            return entry
        message = entry["message"]
        if isinstance(value, str) and value.strip() and isinstance(message, str):
            message = message.replace(value, self.value(field, value)).replace(value.strip(), self.value(field, value))
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
        hidden = [
            {name: DOTS if name in QUOTING else told for name, told in one.items()} if isinstance(one, dict) else one
            for one in entry["evidence"]
        ]
        return {**entry, "evidence": hidden}
