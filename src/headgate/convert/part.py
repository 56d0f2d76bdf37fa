"""An object of the source that knows which of its keys were read, so that no key is passed over in silence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from headgate.convert.conversion import Notes, quoted
from headgate.schema.problems import join_path

MAX_NAMED = 200
"""Keys of one object that are named in notes, each by itself; the others are counted."""


class Part:
    """One object of the source; whatever nobody has asked for is noted by `close`.

    A key whose value is null counts as not there. A value of another kind than asked for is noted as dropped.
    """

    def __init__(self, raw: Mapping[str, Any], path: str, notes: Notes) -> None:
        self.path = path
        self.notes = notes
        self._raw = {key: value for key, value in raw.items() if value is not None}
        self._read: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return key in self._raw

    def at(self, *steps: str | int) -> str:
        """The path of something inside of the object."""
        return join_path(self.path, *steps)

    def take(self, key: str) -> Any:
        """The value of a key, whatever it is, or None."""
        self._read.add(key)
        return self._raw.get(key)

    def text(self, *keys: str) -> str | None:
        """The text of the first of the keys that has one."""
        found = [value for key in keys if (value := self._taken(key, str, "a text")) is not None]
        return next((value for value in found if value), None)

    def flag(self, key: str) -> bool:
        """Whether the key is true."""
        return self._taken(key, bool, "true or false") is True

    def number(self, key: str) -> Decimal | None:
        """An exact number."""
        self._read.add(key)
        value = self._raw.get(key)
        if value is None:
            return None
        if not isinstance(value, bool) and isinstance(value, int | float | Decimal):
            number = Decimal(str(value))
            if number.is_finite():
                return number
        self._wrong(key, "a number")
        return None

    def count(self, key: str) -> int | None:
        """A whole number, zero or more."""
        number = self.number(key)
        if number is None:
            return None
        if number < 0 or number != number.to_integral_value() or number > 2**53:
            self._wrong(key, "a whole number, zero or more")
            return None
        return int(number)

    def mapping(self, key: str) -> dict[str, Any] | None:
        """An object."""
        found: dict[str, Any] | None = self._taken(key, dict, "an object")
        return found

    def entries(self, key: str) -> list[Any]:
        """A list; an absent one is empty."""
        return self._taken(key, list, "a list") or []

    def texts(self, key: str) -> list[str]:
        """The texts of a list of texts, each once; anything else in it is noted."""
        found: dict[str, None] = {}
        for position, entry in enumerate(self.entries(key)):
            if isinstance(entry, str) and entry:
                found[entry] = None
            else:
                self.notes.dropped(self.at(key, position), "Expected a text.")
        return list(found)

    def drop(self, message: str, *keys: str) -> None:
        """Note each of the keys that is there as dropped, for that reason."""
        for key in keys:
            if key in self._raw:
                self._read.add(key)
                self.notes.dropped(self.at(key), message)

    def ignore(self, *keys: str) -> None:
        """Keys that say nothing about what rows hold, such as ids and colours of the editor."""
        self._read.update(keys)

    def close(self) -> None:
        """Note every key that nobody asked for."""
        left = [key for key in self._raw if key not in self._read]
        self.note_unknown(left[:MAX_NAMED])
        if len(left) > MAX_NAMED:
            self.notes.dropped(self.path, f"{len(left) - MAX_NAMED} more keys have no counterpart and were left out.")

    def note_unknown(self, keys: Iterable[str]) -> None:
        """Note keys without a counterpart in our schema."""
        for key in keys:
            self.notes.dropped(self.at(key), f"{quoted(key)} has no counterpart and was left out.")

    def _taken(self, key: str, kind: type[Any], expected: str) -> Any:
        self._read.add(key)
        value = self._raw.get(key)
        return value if value is None or isinstance(value, kind) else self._wrong(key, expected)

    def _wrong(self, key: str, expected: str) -> Any:
        self.notes.dropped(self.at(key), f"Expected {expected}; it was left out.")
        return None
