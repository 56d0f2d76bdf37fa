"""Sample values for the cases of `data/columns.jsonl`, and plain readers that tell a type's values from others.

The readers stand in for the types' own, so that the score measures the matching alone.
"""

from __future__ import annotations

import re
from typing import Any

from headgate.engine.match.options import OptionMatcher
from headgate.engine.types.base import CellReader, Reading
from headgate.schema import Field

SAMPLES: dict[str, list[str]] = {
    "@email": [f"{name}@example.com" for name in ("ann", "bob", "cid", "dora", "eve", "fay", "gus", "hal")],
    "@phone": [f"(702) 555-01{number}" for number in range(10, 18)],
    "@date": ["2024-01-31", "2023-12-05", "2022-06-17", "2024-03-09", "2021-11-30", "2024-02-29"],
    "@int": ["3", "17", "42", "5", "12", "8"],
    "@number": ["12.50", "1,300.00", "7.25", "99.99", "45.00", "0.75"],
    "@bool": ["true", "false", "false", "true", "true", "false"],
    "@word": ["blue", "north", "summer", "apple", "river", "stone"],
    "@url": [f"https://www.example{number}.com/a" for number in range(6)],
    "@uuid": [f"27a3c461-4b92-4e7c-b171-bfd43e5cd4{number}c" for number in range(6)],
    "@zip5": ["92844", "27902", "46956", "56441", "96584", "23775"],
    "@ssn": ["123-45-6789", "234-56-7890", "345-67-8901", "456-78-9012"],
    "@state": ["CA", "NY", "TX", "WA", "OR", "NV"],
    "@sex": ["Male", "Female", "Female", "Male"],
}

_PATTERNS = {
    "email": r"[^@\s]+@[^@\s]+\.[a-z]{2,}",
    "phone-number": r"(?=(?:\D*\d){7})[+(]?[\d\s().-]{7,20}",
    "date": r"\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4}",
    "datetime": r"\d{4}-\d\d-\d\d.*|\d{1,2}[./]\d{1,2}[./]\d{2,4}.*",
    "time": r"\d{1,2}:\d\d.*",
    "number": r"[-+$€]?\s?\d[\d,.]*\s?%?",
    "url": r"https?://\S+",
    "uuid": r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    "us-zip-code": r"\d{3,5}(?:-?\d{4})?",
    "us-state-territory": r"[A-Z]{2}",
    "ssn": r"\d{3}-?\d\d-?\d{4}",
    "country": r"[A-Za-z]{2}",
}


class PatternReader(CellReader):
    """Takes texts of a pattern."""

    def __init__(self, pattern: str) -> None:
        super().__init__()
        self._pattern = re.compile(pattern)

    def read_cell(self, text: str) -> Reading:
        return Reading(text) if self._pattern.fullmatch(text) else Reading(None, "no_match")


class OptionReader(CellReader):
    """Takes texts that mean an option."""

    def __init__(self, field: Field) -> None:
        super().__init__()
        self._matcher = OptionMatcher(field.select_options)

    def read_cell(self, text: str) -> Reading:
        value = self._matcher.match(text).value
        return Reading(value, None if value else "not_an_option")


def reader_for(field: Field) -> CellReader:
    """A reader for the type of `field`."""
    if field.select_options:
        return OptionReader(field)
    return PatternReader(_PATTERNS.get(field.type_name, r"(?s).*"))


def field_json(text: str) -> dict[str, Any]:
    """The field that `label|key|type|many` stands for; a select's options stand after a colon."""
    label, key, *rest = text.split("|")
    type_name, _, options = (rest[0] if rest else "string").partition(":")
    written: dict[str, Any] = {"label": label, "key": key, "type": type_name, "manyToOne": "many" in rest}
    if options:
        written["selectOptions"] = [{"label": option, "value": option.lower()} for option in options.split(",")]
    return written
