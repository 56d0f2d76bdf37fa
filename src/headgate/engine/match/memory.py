"""What completed imports taught about headers and values (pipeline.md, "Memory")."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Any, TypeVar

from headgate.engine.match.words import header_key
from headgate.records import dataclass

if TYPE_CHECKING:
    from headgate.engine.match.decisions import ColumnDecision
    from headgate.engine.match.values import ValueDecision

MAX_REMEMBERED_HEADERS = 10_000
MAX_REMEMBERED_VALUES = 10_000
"""Per field; the oldest are forgotten."""

Target = TypeVar("Target", str, "str | None")


@dataclass(frozen=True)
class MatchMemory:
    """Header key → field key (None: the column is ignored), and field key → cell text → option value; newest first.

    Header keys are as `header_key` gives them. Counts tell how many imports in a row said the same.
    """

    headers: Mapping[str, str | None] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    header_counts: Mapping[str, int] = field(default_factory=dict)
    value_counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def knows(self, header: str) -> bool:
        """Whether an earlier import decided about this header."""
        return header_key(header) in self.headers

    def field_of(self, header: str) -> str | None:
        """The field that a known header belongs to; None when it was ignored."""
        return self.headers.get(header_key(header))

    def count_of(self, header: str) -> int:
        """How many imports decided about the header as `field_of` says."""
        return self.header_counts.get(header_key(header), 0)

    def merged(self, delta: MatchMemory) -> MatchMemory:
        """This memory with what a newer import taught; where they differ, the newer one counts."""
        headers, header_counts = _merged(
            self.headers, self.header_counts, delta.headers, delta.header_counts, MAX_REMEMBERED_HEADERS
        )
        values: dict[str, Mapping[str, str]] = {}
        value_counts: dict[str, Mapping[str, int]] = {}
        for key in dict.fromkeys((*delta.values, *self.values)):
            values[key], value_counts[key] = _merged(
                self.values.get(key, {}),
                self.value_counts.get(key, {}),
                delta.values.get(key, {}),
                delta.value_counts.get(key, {}),
                MAX_REMEMBERED_VALUES,
            )
        return MatchMemory(headers, values, header_counts, value_counts)

    def to_json(self) -> dict[str, Any]:
        """The form in which a memory is kept, exported and imported."""
        return {
            "headers": [
                {"header": header, "field": target, "count": self.header_counts.get(header, 1)}
                for header, target in self.headers.items()
            ],
            "values": [
                {"field": key, "value": text, "option": option, "count": self.value_counts.get(key, {}).get(text, 1)}
                for key, texts in self.values.items()
                for text, option in texts.items()
            ],
        }

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> MatchMemory:
        """The memory that `to_json` wrote. Raises KeyError or TypeError when it is of another form."""
        values: dict[str, dict[str, str]] = {}
        value_counts: dict[str, dict[str, int]] = {}
        for entry in document["values"]:
            values.setdefault(entry["field"], {})[entry["value"]] = entry["option"]
            value_counts.setdefault(entry["field"], {})[entry["value"]] = int(entry["count"])
        return cls(
            headers={header_key(entry["header"]): entry["field"] for entry in document["headers"]},
            values=values,
            header_counts={header_key(entry["header"]): int(entry["count"]) for entry in document["headers"]},
            value_counts=value_counts,
        )


def learn(columns: Sequence[ColumnDecision], values: Sequence[ValueDecision] = ()) -> MatchMemory:
    """What a completed import teaches: to be merged into the memory of its importIdentifier.

    Questions that stayed open teach nothing, and neither do headers that stood for different things in one file.
    """
    targets: dict[str, set[str | None]] = {}
    for column in columns:
        key = header_key(column.header)
        if key and column.status != "uncertain":
            targets.setdefault(key, set()).add(column.field)
        elif key:
            targets.setdefault(key, set()).update({None, ""})
    headers = {key: next(iter(found)) for key, found in targets.items() if len(found) == 1}
    options: dict[str, dict[str, str]] = {}
    for value in values:
        if value.status == "accepted" and value.option is not None and value.method != "exact":
            options.setdefault(value.field, {})[value.value] = value.option
    return MatchMemory(
        headers=headers,
        values=options,
        header_counts=dict.fromkeys(headers, 1),
        value_counts={key: dict.fromkeys(texts, 1) for key, texts in options.items()},
    )


@dataclass(frozen=True)
class LostField:
    """A field that earlier imports had a column for: its key, the header (as its key) that it stood under last, and how
    many imports in a row said so."""

    field: str
    header: str
    count: int


@dataclass(frozen=True)
class LayoutChanges:
    """How a file's columns differ from those of earlier imports of the same sender.

    `known`: headers that stood in earlier files; `new`: headers as written that stood in none; `missing`: fields that have no
    column any more.
    """

    known: int
    new: list[str]
    missing: list[LostField]

    def to_json(self) -> dict[str, Any]:
        """The `layout` part of the decisions."""
        return {
            "known": self.known,
            "new": self.new,
            "missing": [{"field": one.field, "header": one.header, "count": one.count} for one in self.missing],
        }


def layout_changes(
    memory: MatchMemory, columns: Sequence[ColumnDecision], fields: Collection[str]
) -> LayoutChanges | None:
    """What changed since earlier imports; None where none has taught anything. `fields`: the keys that the schema has now.

    A field is missing when no column belongs to it, surely or probably, whatever that column is called now. Of several
    headers that it had, the newest is named.
    """
    if not memory.headers:
        return None
    headers = [column.header for column in columns if header_key(column.header)]
    served = {column.field for column in columns if column.field is not None}
    lost: dict[str, LostField] = {}
    for header, target in memory.headers.items():
        if target is not None and target in fields and target not in served:
            lost.setdefault(target, LostField(target, header, memory.header_counts.get(header, 1)))
    new = list(dict.fromkeys(header for header in headers if not memory.knows(header)))
    return LayoutChanges(sum(memory.knows(header) for header in headers), new, list(lost.values()))


def _merged(
    old: Mapping[str, Target],
    old_counts: Mapping[str, int],
    new: Mapping[str, Target],
    new_counts: Mapping[str, int],
    limit: int,
) -> tuple[dict[str, Target], dict[str, int]]:
    merged: dict[str, Target] = {**new}
    for key, target in old.items():
        merged.setdefault(key, target)
    merged = dict(list(merged.items())[:limit])
    counts: dict[str, int] = {}
    for key, target in merged.items():
        counts[key] = new_counts.get(key, 1) if key in new else 0
        if key in old and old[key] == target:
            counts[key] += old_counts.get(key, 1)
    return merged, counts
