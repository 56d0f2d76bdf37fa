"""Which field of a schema is which field of another one, and which of them stand elsewhere."""

from __future__ import annotations

import json
from bisect import bisect_left
from typing import Any

from headgate.records import dataclass
from headgate.schema.description import label_of
from headgate.schema.types import NumberOptions

Pairs = list[tuple["WrittenField", "WrittenField"]]


@dataclass(frozen=True)
class WrittenField:
    """A field as it stands in a schema at `position`."""

    position: int
    raw: dict[str, Any]

    @property
    def path(self) -> str:
        """Where it stands."""
        return f"fields[{self.position}]"

    @property
    def key(self) -> str:
        """Its key as text."""
        return str(self.raw.get("key", ""))

    @property
    def shown(self) -> str:
        """What people call it."""
        label = str(self.raw.get("label") or self.key)
        return f"“{label}”" if label == self.key else f"“{label}” ({self.key})"

    @property
    def type(self) -> tuple[str, dict[str, Any]]:
        """The name of its type and the options, whatever way they are written in."""
        written = self.raw.get("type") or "string"
        name, *rest = written if isinstance(written, list) and written else [written]
        options = rest[0] if rest and rest[0] is not None else {}
        if name == NumberOptions.type_name and isinstance(options, str):
            options = {"preset": options}
        return str(name), options if isinstance(options, dict) else {}

    @property
    def type_label(self) -> str:
        """What people call the type."""
        return label_of("type", self.type[0])


def written_fields(fields: Any) -> list[WrittenField]:
    """The fields of a schema; entries that are no objects count as empty ones."""
    entries = fields if isinstance(fields, list) else []
    return [WrittenField(at, entry if isinstance(entry, dict) else {}) for at, entry in enumerate(entries)]


def paired(old: list[WrittenField], new: list[WrittenField]) -> Pairs:
    """The fields that are the same: by key; of the others those that differ in the key alone, then those with the same
    label. Each field is in one pair at most; in the order of `new`."""
    left_old, left_new, pairs = list(old), list(new), []
    for signature in (_by_key, _by_all_else, _by_label):
        waiting: dict[str, list[WrittenField]] = {}
        for one in reversed(left_old):
            waiting.setdefault(signature(one), []).append(one)
        for other in left_new:
            found = waiting.get(signature(other))
            if found:
                pairs.append((found.pop(), other))
        taken_old = {one.position for one, _ in pairs}
        taken_new = {other.position for _, other in pairs}
        left_old = [one for one in left_old if one.position not in taken_old]
        left_new = [other for other in left_new if other.position not in taken_new]
    return sorted(pairs, key=lambda pair: pair[1].position)


def moved(pairs: Pairs) -> set[int]:
    """The new positions of the fewest fields whose moving explains the new order."""
    ends: list[int] = []
    at: list[int] = []
    before: list[int | None] = []
    for number, (one, _) in enumerate(pairs):
        length = bisect_left(ends, one.position)
        before.append(at[length - 1] if length else None)
        if length == len(ends):
            ends.append(one.position)
            at.append(number)
        else:
            ends[length], at[length] = one.position, number
    staying: set[int] = set()
    walk = at[-1] if at else None
    while walk is not None:
        staying.add(walk)
        walk = before[walk]
    return {other.position for number, (_, other) in enumerate(pairs) if number not in staying}


def _by_key(field: WrittenField) -> str:
    return json.dumps(field.raw.get("key"), default=str)


def _by_all_else(field: WrittenField) -> str:
    return json.dumps({key: value for key, value in field.raw.items() if key != "key"}, sort_keys=True, default=str)


def _by_label(field: WrittenField) -> str:
    return json.dumps(field.raw.get("label"), default=str)
