r"""JavaScript patterns as Polars' (Rust's) patterns, where both certainly find the same: linear time, whole columns.

Only a subset is translated: characters, classes, groups, alternatives, repetitions, `^`, `$` and `\b`. What differs is
written out (`\d` is `[0-9]`, `.` leaves out four line ends). Everything else, and every reading that only JavaScript's
appendix B allows, is left to a JavaScript engine. Rules: ECMA-262, "Text Processing".
"""

from __future__ import annotations

import re
from functools import lru_cache

import polars as pl

from headgate.records import dataclass
from headgate.schema.validators import RegexOptions

_DIGIT = "0-9"
_WORD = "0-9A-Za-z_"
# ECMA-262's WhiteSpace and LineTerminator.
_SPACE = r"\x09-\x0d\x20\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}"
_CLASSES = {
    "d": f"[{_DIGIT}]", "D": f"[^{_DIGIT}]", "w": f"[{_WORD}]", "W": f"[^{_WORD}]",
    "s": f"[{_SPACE}]", "S": f"[^{_SPACE}]",
}  # fmt: skip
_CONTROLS = {"t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r"}
_SYNTAX = frozenset("^$\\.*+?()[]{}|/")
_REPETITION = re.compile(r"(?:[*+?]|\{(\d+)(?:(,)(\d*))?\})(\??)")
_GROUP = re.compile(r"\((?:\?:|\?<[A-Za-z_$][\w$]*>|(?!\?))", re.ASCII)

MAX_SIZE = 20_000
"""Length of a pattern times its counted repetitions: an upper bound of what it unfolds to, and so of the time that one
character of a text may take."""


@dataclass(frozen=True)
class Translation:
    """`pattern` decides all texts; with `ascii_only` those in ASCII, with `bmp_only` those below U+10000. `literal`: the text that
    it looks for, where it looks for nothing else."""

    pattern: str
    ascii_only: bool
    bmp_only: bool
    literal: str | None = None


class _UntranslatableError(Exception):
    """Something whose meaning is not certainly the same."""


@lru_cache(maxsize=256)
def translate(pattern: str, options: RegexOptions) -> Translation | None:
    """The pattern for Polars, None when a JavaScript engine must decide.

    Without the flag `u` JavaScript sees halves of characters beyond U+FFFF, so such texts are not decided. Ignoring
    case follows Unicode tables that differ between the flags and the engines, so then only ASCII is.
    """
    try:
        translated = _Translator(pattern, options).translate()
    except _UntranslatableError:
        return None
    if options.ignore_case:
        translated = f"(?i:{translated})"
    try:
        pl.Series([""]).str.contains(translated)
    except pl.exceptions.ComputeError:
        return None
    literal = None if options.ignore_case or not _SYNTAX.isdisjoint(pattern) else pattern
    return Translation(translated, ascii_only=options.ignore_case, bmp_only=not options.unicode, literal=literal)


class _Translator:
    """Reads the pattern once from left to right."""

    def __init__(self, pattern: str, options: RegexOptions) -> None:
        self.pattern = pattern
        self.options = options
        self.at = 0
        self.size = len(pattern)

    def translate(self) -> str:
        parts: list[str] = []
        depth = 0
        while self.at < len(self.pattern):
            character = self.pattern[self.at]
            if character == "(":
                parts.append(self._group())
                depth += 1
                continue
            if character == "|":
                self.at += 1
                parts.append("|")
                continue
            if character == ")":
                if depth == 0:
                    raise _UntranslatableError
                depth -= 1
                self.at += 1
                parts.append(")" + self._repetition())
                continue
            parts.append(self._atom(character))
        if depth:
            raise _UntranslatableError
        return "".join(parts)

    def _group(self) -> str:
        """Groups only group: without back-references nobody asks what they caught. Lookarounds are not translated."""
        match = _GROUP.match(self.pattern, self.at)
        if match is None:
            raise _UntranslatableError
        self.at = match.end()
        return "(?:"

    def _atom(self, character: str) -> str:
        if character in "*+?{}]":
            raise _UntranslatableError
        if character in "^$":
            self.at += 1
            if self.options.multiline:
                raise _UntranslatableError
            return r"\A" if character == "^" else r"\z"
        if character == ".":
            self.at += 1
            return (r"(?s:.)" if self.options.dot_all else r"[^\n\r\x{2028}\x{2029}]") + self._repetition()
        if character == "[":
            return self._class() + self._repetition()
        if character == "\\":
            return self._escape()
        self.at += 1
        return self._literal(ord(character)) + self._repetition()

    def _escape(self) -> str:
        name = self.pattern[self.at + 1 : self.at + 2]
        if name == "b":
            self.at += 2
            # With i and u, JavaScript counts U+017F and U+212A as word characters; ASCII texts have neither.
            return r"(?-u:\b)"
        if name in _CLASSES:
            self.at += 2
            if name == "W" and self.options.ignore_case:
                raise _UntranslatableError
            return _CLASSES[name] + self._repetition()
        return self._literal(self._escaped_character()) + self._repetition()

    def _escaped_character(self) -> int:
        """The character that an escape stands for, beginning at its backslash."""
        name = self.pattern[self.at + 1 : self.at + 2]
        rest = self.pattern[self.at + 2 :]
        if name in _CONTROLS:
            self.at += 2
            return ord(_CONTROLS[name])
        if name == "0" and not rest[:1].isdigit():
            self.at += 2
            return 0
        for prefix, digits in (("x", "[0-9A-Fa-f]{2}"), ("u", "[0-9A-Fa-f]{4}")):
            match = re.match(digits, rest) if name == prefix else None
            if match is not None:
                self.at += 2 + match.end()
                return int(match[0], 16)
        if name == "u" and self.options.unicode and (match := re.match(r"\{([0-9A-Fa-f]{1,6})\}", rest)):
            self.at += 2 + match.end()
            return int(match[1], 16)
        if name in _SYNTAX or (
            not self.options.unicode and name.isascii() and name and not name.isalnum() and name != "_"
        ):
            self.at += 2
            return ord(name)
        raise _UntranslatableError

    def _class(self) -> str:
        self.at += 1
        negated = self.pattern[self.at : self.at + 1] == "^"
        self.at += negated
        items: list[str] = []
        while True:
            character = self.pattern[self.at : self.at + 1]
            if not character:
                raise _UntranslatableError
            if character == "]":
                self.at += 1
                break
            items.append(self._class_item())
        if not items:
            raise _UntranslatableError
        return f"[{'^' if negated else ''}{''.join(items)}]"

    def _class_item(self) -> str:
        name = self.pattern[self.at + 1 : self.at + 2] if self.pattern[self.at] == "\\" else ""
        if name and name in _CLASSES:
            self.at += 2
            if self._begins_range() or (name == "W" and self.options.ignore_case):
                raise _UntranslatableError
            return _CLASSES[name]
        first = self._class_character()
        if not self._begins_range():
            return self._literal(first)
        self.at += 1
        if self.pattern[self.at] == "\\" and self.pattern[self.at + 1 : self.at + 2] in _CLASSES:
            raise _UntranslatableError
        last = self._class_character()
        if last < first or 0xD7FF < last < 0xE000 or 0xD7FF < first < 0xE000:
            raise _UntranslatableError
        return f"{self._literal(first)}-{self._literal(last)}"

    def _begins_range(self) -> bool:
        """Whether a hyphen follows that is neither the last character of the class nor its own."""
        return self.pattern[self.at : self.at + 1] == "-" and self.pattern[self.at + 1 : self.at + 2] not in {"]", ""}

    def _class_character(self) -> int:
        character = self.pattern[self.at]
        if character != "\\":
            self.at += 1
            return ord(character)
        name = self.pattern[self.at + 1 : self.at + 2]
        if name in {"b", "-"}:
            self.at += 2
            return ord("\b" if name == "b" else "-")
        return self._escaped_character()

    def _literal(self, code: int) -> str:
        """One character. Without `u`, one beyond U+FFFF is two, of which repetitions and classes take one."""
        surrogate = 0xD800 <= code <= 0xDFFF
        if surrogate or code > 0x10FFFF or (code > 0xFFFF and not self.options.unicode):
            raise _UntranslatableError
        if code > 0x7F and self.options.ignore_case:
            raise _UntranslatableError
        return f"\\x{{{code:x}}}"

    def _repetition(self) -> str:
        """What repeats the atom before, greedy or not: that a text is found does not depend on it."""
        match = _REPETITION.match(self.pattern, self.at)
        if match is None:
            return ""
        low, high = match[1], match[3]
        if low is not None:
            self.size *= max(1, int(low), int(high or 0))
        if self.size > MAX_SIZE or (high and int(low) > int(high)):
            raise _UntranslatableError
        self.at = match.end()
        return match[0].removesuffix("?") if match[4] else match[0]
