"""Reading what the engine says changed. It runs other people's code, so every number, type and size is checked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import polars as pl

from headgate.engine.hooks.failures import MAX_MESSAGE_CHARACTERS
from headgate.engine.hooks.rows import INFO_SCHEMA, CellChanges, CellOptions, RowChanges

LEVELS = frozenset({"error", "warning", "info"})
_MAX_OPTIONS = 10_000


class MalformedReplyError(ValueError):
    """An answer of the engine that no correct run gives."""


def expect(truth: bool, what: str) -> None:
    """Raise MalformedReplyError unless `truth`."""
    if not truth:
        raise MalformedReplyError(f"The hook disturbed the engine: {what}.")


def parse_changes(frame: dict[str, Any], slots: Sequence[str], count: int, cell_messages: int) -> RowChanges:
    """The changes in a message about `count` rows. `cell_messages`: how many messages a cell may have.

    Raises MalformedReplyError.
    """
    values: dict[str, CellChanges] = {}
    for entry in _list(frame.get("values"), "changed values"):
        expect(isinstance(entry, list) and len(entry) == 4, "a change has no known form")
        slot = _slot(entry[0], slots)
        expect(slot not in values, "a column is answered twice")
        values[slot] = _cell_changes(entry[1], entry[2], entry[3], count)
    return RowChanges(
        values, _infos(frame.get("infos"), slots, count, cell_messages), tuple(_options(frame.get("options"), slots, count))
    )


def parse_times(frame: dict[str, Any], hooks: int) -> list[float]:
    """The milliseconds that each of the `hooks` took. Raises MalformedReplyError."""
    took = _list(frame.get("took"), "times")
    expect(len(took) == hooks, "the times do not fit the hooks")
    expect(all(type(t) in {int, float} and 0 <= t < 1e9 for t in took), "a time is no number")
    return [float(t) for t in took]


def _list(value: Any, what: str) -> list[Any]:
    if not isinstance(value, list):
        raise MalformedReplyError(f"The hook disturbed the engine: the {what} are no list.")
    return value


def _slot(value: Any, slots: Sequence[str]) -> str:
    expect(type(value) is int and 0 <= value < len(slots), "a column is unknown")
    return slots[value]


def _position(value: Any, count: int) -> int:
    expect(type(value) is int and 0 <= value < count, "a row is unknown")
    return int(value)


def _cell_changes(at: Any, values: Any, typed: Any, count: int) -> CellChanges:
    if at is None:
        positions = pl.int_range(0, count, dtype=pl.UInt32, eager=True)
    else:
        positions = _positions(at, count)
    try:
        texts = pl.Series("value", _list(values, "values"), dtype=pl.String, strict=True)
    except (TypeError, pl.exceptions.PolarsError):
        raise MalformedReplyError("The hook disturbed the engine: a value is no text.") from None
    expect(len(texts) == len(positions), "there are not as many values as rows")
    marks = pl.Series("typed", [False], dtype=pl.Boolean).new_from_index(0, len(texts))
    if _list(typed, "typed cells"):
        marks = marks.scatter(_positions(typed, len(texts)), True)
    return CellChanges(positions.alias("at"), texts.replace("", None).alias("value"), marks.alias("typed"))


def _positions(numbers: Any, count: int) -> pl.Series:
    _list(numbers, "positions")
    try:
        positions = pl.Series("at", numbers, strict=True)
    except (TypeError, OverflowError, pl.exceptions.PolarsError):
        raise MalformedReplyError("The hook disturbed the engine: a position is no number.") from None
    expect(len(positions) > 0 and positions.dtype == pl.Int64 and positions.null_count() == 0, "a position is no number")
    expect(int(positions[0]) >= 0 and int(positions[-1]) < count, "a position is not of this batch")
    expect(bool((positions.diff().drop_nulls() > 0).all()), "positions are not in order")
    return positions.cast(pl.UInt32)


def parse_messages(value: Any, limit: int) -> list[tuple[str, str]]:
    """A list of `[level, message]`. Raises MalformedReplyError."""
    messages = _list(value, "messages")
    expect(len(messages) <= limit, f"a cell has more than {limit} messages")
    found: list[tuple[str, str]] = []
    for entry in messages:
        expect(isinstance(entry, list) and len(entry) == 2 and all(type(part) is str for part in entry), "a message is no text")
        expect(entry[0] in LEVELS and len(entry[1]) <= MAX_MESSAGE_CHARACTERS, "a message has no known form")
        found.append((entry[0], entry[1]))
    return found


def _infos(value: Any, slots: Sequence[str], count: int, limit: int) -> pl.DataFrame:
    columns: dict[str, list[Any]] = {name: [] for name in INFO_SCHEMA}
    seen: set[tuple[str, int]] = set()
    for entry in _list(value, "messages"):
        expect(isinstance(entry, list) and len(entry) == 3, "a message has no known form")
        slot, at = _slot(entry[0], slots), _position(entry[1], count)
        expect((slot, at) not in seen, "a cell is answered twice")
        seen.add((slot, at))
        for level, message in parse_messages(entry[2], limit) or [(None, None)]:
            for name, part in zip(INFO_SCHEMA, (at, slot, level, message), strict=True):
                columns[name].append(part)
    return pl.DataFrame(columns, schema=INFO_SCHEMA)


def _options(value: Any, slots: Sequence[str], count: int) -> Iterator[CellOptions]:
    for entry in _list(value, "options"):
        expect(isinstance(entry, list) and len(entry) == 3, "options have no known form")
        options = _list(entry[2], "options")
        expect(len(options) <= _MAX_OPTIONS, f"a cell has more than {_MAX_OPTIONS} options")
        for option in options:
            expect(isinstance(option, list) and len(option) == 3, "an option has no known form")
            label, text, others = option
            expect(type(label) is str and type(text) is str and isinstance(others, list), "an option has no known form")
            expect(all(type(other) is str for other in others), "an option has no known form")
        yield CellOptions(
            _position(entry[1], count),
            _slot(entry[0], slots),
            tuple((label, text, tuple(others)) for label, text, others in options),
        )
