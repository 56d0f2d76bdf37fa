"""Reading what the engine says changed. It runs other people's code, so every number, type and size is checked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

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


def parse_changes(
    frame: dict[str, Any], slots: Sequence[str], count: int, cell_messages: int, *, first: int = 0
) -> RowChanges:
    """The changes in a message about `count` rows, the first of which gets the position `first`.

    `cell_messages`: how many messages a cell may have. Raises MalformedReplyError.
    """
    values: dict[str, CellChanges] = {}
    for entry in _list(frame.get("values"), "changed values"):
        expect(isinstance(entry, list) and len(entry) == 4, "a change has no known form")
        slot = _slot(entry[0], slots)
        expect(slot not in values, "a column is answered twice")
        values[slot] = _cell_changes(entry[1], entry[2], entry[3], count, first)
    infos = _infos(frame.get("infos"), slots, count, cell_messages, first)
    return RowChanges(values, infos, tuple(_options(frame.get("options"), slots, count, first)))


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
    return slots[int(value)]


def _position(value: Any, count: int) -> int:
    expect(type(value) is int and 0 <= value < count, "a row is unknown")
    return int(value)


def _cell_changes(at: Any, values: Any, typed: Any, count: int, first: int) -> CellChanges:
    positions = np.arange(count) if at is None else _positions(at, count)
    texts = _texts("value", values)
    expect(len(texts) == len(positions), "there are not as many values as rows")
    marks = np.zeros(len(texts), dtype=np.bool_)
    if _list(typed, "typed cells"):
        marks[_positions(typed, len(texts))] = True
    return CellChanges(
        pl.Series("at", (positions + first).astype(np.uint32)), texts, pl.Series("typed", marks, dtype=pl.Boolean)
    )


def _numbers(values: Any, end: int) -> NDArray[np.int64]:
    """Whole numbers from 0 below `end`."""
    try:
        numbers = np.array(_list(values, "positions"))
    except (ValueError, OverflowError):
        raise MalformedReplyError("The hook disturbed the engine: a position is no number.") from None
    expect(numbers.ndim == 1 and (numbers.dtype.kind == "i" or len(numbers) == 0), "a position is no number")
    expect(len(numbers) == 0 or bool(numbers.min() >= 0 and numbers.max() < end), "a position is unknown")
    return numbers.astype(np.int64)


def _positions(values: Any, count: int) -> NDArray[np.int64]:
    """Whole numbers from 0 below `count`, each larger than the one before."""
    numbers = _numbers(values, count)
    expect(len(numbers) > 0 and bool((np.diff(numbers) > 0).all()), "positions are not in order")
    return numbers


def _texts(name: str, values: Any) -> pl.Series:
    try:
        return pl.Series(name, _list(values, "texts"), dtype=pl.String, strict=True)
    except (TypeError, pl.exceptions.PolarsError):
        raise MalformedReplyError("The hook disturbed the engine: a value is no text.") from None


def _infos(value: Any, slots: Sequence[str], count: int, limit: int, first: int) -> pl.DataFrame:
    """The messages, which come in four columns; the messages of a cell follow one another."""
    expect(isinstance(value, list) and len(value) == 4, "the messages have no known form")
    slot, at = _numbers(value[0], len(slots)), _numbers(value[1], count)
    level, message = _texts("level", value[2]), _texts("message", value[3])
    expect(len(slot) == len(at) == len(level) == len(message), "the messages have no known form")
    if len(at) == 0:
        return pl.DataFrame(schema=INFO_SCHEMA)
    expect(set(value[2]) <= LEVELS | {None}, "a message has no known level")
    expect(all(text is None or len(text) <= MAX_MESSAGE_CHARACTERS for text in value[3]), "a message is too long")
    starts = np.flatnonzero(np.diff(slot * count + at, prepend=-1))
    lengths = np.diff(starts, append=len(at))
    expect(len(np.unique((slot * count + at)[starts])) == len(starts), "a cell is answered twice")
    expect(int(lengths.max()) <= limit, f"a cell has more than {limit} messages")
    cleared = level.is_null().to_numpy()
    expect(bool((cleared == message.is_null().to_numpy()).all()), "a message has no known form")
    expect(bool((np.repeat(lengths, lengths)[cleared] == 1).all()), "a message has no known form")
    columns = {
        "at": (at + first).astype(np.uint32),
        "slot": pl.Series(np.array(slots, dtype=object)[slot].tolist(), dtype=pl.String),
        "level": level,
        "message": message,
    }
    return pl.DataFrame(columns, schema=INFO_SCHEMA)


def _options(value: Any, slots: Sequence[str], count: int, first: int) -> Iterator[CellOptions]:
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
            first + _position(entry[1], count),
            _slot(entry[0], slots),
            tuple((label, text, tuple(others)) for label, text, others in options),
        )
