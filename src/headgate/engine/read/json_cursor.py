"""Walks through JSON text of any size value by value: strict, with numbers as written, in bounded memory.

The standard library's scanner does the work on a window of the file that grows only while one value does not fit.
"""

from __future__ import annotations

import json
import re
from json.encoder import encode_basestring
from typing import Any, NoReturn, TextIO

from headgate.engine.errors import ImportFailedError

_WINDOW = 1 << 18
MAX_VALUE_CHARACTERS = 64 << 20
"""The largest single record."""

_SPACE = re.compile(r"[ \t\n\r]*")
_NEAR_END = 16
_CONSTANTS = {None: "null", True: "true", False: "false"}


class Number(str):
    """The digits of a JSON number exactly as the file has them."""

    __slots__ = ()


class _RefusedError(ValueError):
    """Something that the scanner would accept and we do not."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise _RefusedError(f"the key {twice!r} stands twice in one object")
    return found


def _constant(name: str) -> None:
    raise _RefusedError(f"{name} is not a JSON value")


class JsonCursor:
    """A position in a JSON text. All methods raise ImportFailedError `json_invalid` with line and column."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._text = ""
        self._at = 0
        self._line = 1
        self._line_start = 0
        self._dropped = 0
        self._ended = False
        self._decoder = json.JSONDecoder(
            object_pairs_hook=_object, parse_int=Number, parse_float=Number, parse_constant=_constant
        )

    @property
    def position(self) -> int:
        """Characters stepped over so far."""
        return self._dropped + self._at

    def peek(self) -> str:
        """The next character that is no white space; empty at the end of the text."""
        while True:
            match = _SPACE.match(self._text, self._at)
            self._at = match.end() if match else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._grow():
                return ""

    def take(self, *expected: str) -> str:
        """Step over the next character, which must be one of those expected."""
        found = self.peek()
        if found not in expected or not found:
            wanted = " or ".join(f"`{character}`" for character in expected)
            what = f"`{found}`" if found else "the end of the file, which seems to be cut off"
            self.fail(
                f"expected {wanted}, found {what}",
                self._at,
            )
        self._at += 1
        return found

    def value(self) -> Any:
        """The next value, which may be of any kind."""
        self.peek()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                cut = error.msg.startswith("Unterminated string") or error.pos >= len(self._text) - _NEAR_END
                start = self._at
                if cut and self._grow():
                    continue
                at = error.pos - start + self._at
                ended = self._ended and cut and at >= len(self._text.rstrip()) - _NEAR_END
                hint = "; the file seems to be cut off" if ended else ""
                self.fail(_plainly(error.msg) + hint, at)
            except _RefusedError as error:
                self.fail(str(error), self._at, about=True)
            except RecursionError:
                self.fail("lists and objects are nested too deeply", self._at, about=True)
            # A number that the window's end cuts (`1.5e` before `+3`) would be read as a shorter one.
            if end > len(self._text) - _NEAR_END and not self._ended:
                self._grow()
                continue
            self._at = end
            return value

    def fail(self, problem: str, at: int | None = None, *, about: bool = False) -> NoReturn:
        """Raise `json_invalid` for the place `at`; `about` says that the place is the start of a value."""
        at = self._at if at is None else at
        line = self._line + self._text.count("\n", 0, at)
        newline = self._text.rfind("\n", 0, at)
        column = at - newline if newline >= 0 else at + 1 + self._line_start
        place = f"in the value that begins at line {line}" if about else f"line {line}, column {column}"
        raise ImportFailedError(
            "json_invalid",
            f"The JSON cannot be read: {problem} ({place}). "
            "Correct the file, or the program that writes it, and send it again.",
            line=line,
            column=column,
        )

    def _grow(self) -> bool:
        """Drop what is behind and read more; False at the end of the text."""
        if self._ended:
            return False
        if len(self._text) - self._at > MAX_VALUE_CHARACTERS:
            self.fail(f"one value is longer than {MAX_VALUE_CHARACTERS:,} characters", about=True)
        behind = self._text[: self._at]
        self._dropped += self._at
        newline = behind.rfind("\n")
        self._line += behind.count("\n")
        self._line_start = len(behind) - newline - 1 if newline >= 0 else self._line_start + len(behind)
        more = self._file.read(max(_WINDOW, len(self._text) - self._at))
        self._text = self._text[self._at :] + more
        self._at = 0
        self._ended = not more
        return bool(more)


def _plainly(message: str) -> str:
    return {
        "Expecting value": "expected a value",
        "Expecting ',' delimiter": "expected a comma or the end of the list or object",
        "Expecting ':' delimiter": "expected a colon",
        "Unterminated string starting at": "a text has no closing quote",
        "Expecting property name enclosed in double quotes": "expected a key in double quotes",
    }.get(message, message[:1].lower() + message[1:])


def compact(value: Any) -> str:
    """JSON text without white space, numbers as written."""
    kind = type(value)
    if kind is str:
        return encode_basestring(value)
    if kind is Number:
        return str(value)
    if kind is dict:
        return "{" + ",".join([f"{encode_basestring(key)}:{compact(item)}" for key, item in value.items()]) + "}"
    if kind is list:
        return "[" + ",".join([compact(item) for item in value]) + "]"
    return _CONSTANTS[value]
