"""How one locale writes dates and times: names, digits, calendar and the patterns of CLDR's default forms."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, cached_property
from typing import Any, Literal, NamedTuple

from headgate.engine.types.base import WHITE_SPACE
from headgate.engine.types.date_calendar import Calendar
from headgate.engine.types.date_locale_data import known_tag, locale_data, locale_entry, names_of, pattern_of
from headgate.records import dataclass

FieldKind = Literal["literal", "year", "month", "day", "weekday", "hour", "minute", "second", "period", "zone", "era"]

DATE_FORMS = ("D", "DD", "DDD", "DDDD")
TIME_FORMS = ("t", "tt", "ttt", "tttt", "T", "TT", "TTT", "TTTT")
DATETIME_FORMS = ("f", "ff", "fff", "ffff", "F", "FF", "FFF", "FFFF")

_KINDS: dict[str, FieldKind] = {
    "y": "year", "M": "month", "d": "day", "E": "weekday", "H": "hour", "h": "hour", "K": "hour", "k": "hour",
    "m": "minute", "s": "second", "a": "period", "z": "zone", "G": "era",
}  # fmt: skip
_EXTENDED_ARABIC = "۰۱۲۳۴۵۶۷۸۹"
_MARK = "\x01"
_SPACES = re.compile(f"[{re.escape(WHITE_SPACE)}\u2000-\u200b]+")
_BIDI_MARKS = (0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
UNMARKED: dict[int, str | None] = {**dict.fromkeys(_BIDI_MARKS), 0x202F: " "}
"""A `str.translate` table: no bidi marks, and U+202F as a space (rules.md, "Displayed forms")."""
_IGNORED = dict.fromkeys((*range(0x0300, 0x0370), 0x200C, 0x200D, *_BIDI_MARKS))
_SAME_SIGNS = {ord(c): "-" for c in "‐‑‒–—−"} | {
    ord("’"): "'",
    ord("ʼ"): "'",
    ord("،"): ",",
    ord("、"): ",",
    ord("ı"): "i",
}


class FormPart(NamedTuple):
    """One part of a pattern. `token` is CLDR's field (`dd`), or the text of a literal; `names` what a named field calls
    its values (months from January, weekdays from Monday, day periods by the hour: first those of the full hour)."""

    kind: FieldKind
    token: str
    names: tuple[tuple[str, ...], ...] = ()


@cache
def _digit_table() -> dict[int, str]:
    return {ord(digit): str(value) for digits in locale_data()["digits"].values() for value, digit in enumerate(digits)}


MAX_CHARACTERS = 300
"""Longer texts are no dates. Reading them would take a time that grows faster than they do."""


def fold(text: str) -> str:
    """`text` as it is compared when read: ASCII digits, one kind of space, dash and apostrophe, no case, no accents and
    no invisible marks."""
    if text.isascii():
        return _SPACES.sub(" ", text.lower()).strip()
    plain = "".join(_plain_character(c) if c > "\x7f" else c for c in text)
    decomposed = unicodedata.normalize("NFD", plain.casefold())
    return _SPACES.sub(" ", unicodedata.normalize("NFC", decomposed.translate(_IGNORED).translate(_SAME_SIGNS))).strip()


def _plain_character(character: str) -> str:
    code = ord(character)
    if 0xFF01 <= code <= 0xFF5E:
        return chr(code - 0xFEE0)
    digit = unicodedata.decimal(character, None)
    return character if digit is None else str(digit)


def ascii_digits(text: str) -> str:
    """`text` with the digits of every numbering system as ASCII digits."""
    return text if text.isascii() else text.translate(_digit_table())


@dataclass(frozen=True, eq=False)
class DateLocale:
    """One locale. `own_calendar`: its tag asks by `-u-` for another calendar than the Gregorian, so that Luxon's plain
    number tokens follow it as well. `entry`: what the data file says of it."""

    calendar: Calendar
    digits: str
    own_calendar: bool
    entry: dict[str, Any]

    def number(self, value: int, width: int = 1) -> str:
        """`value` in the locale's digits, padded with zeros to `width`."""
        if value < 0:
            return ("−" if self.digits == _EXTENDED_ARABIC else "-") + self.number(-value, width)
        text = str(value).zfill(width)
        return text if self.digits == "0123456789" else "".join([self.digits[int(c)] for c in text])

    def names(self, key: str) -> tuple[str, ...]:
        """A list of names: `Lshort` standalone months, `Mlong` months beside a day, `c`, `E` weekdays, `G` eras (before
        and after), `a` day periods of the 24 hours, `aPast` within the hour, `read…` Luxon's lists for reading."""
        return names_of(self.entry[key])

    def form(self, name: str) -> tuple[FormPart, ...]:
        """The pattern of a default form; `name` is Luxon's macro token (`D`, `tt`, `FFF`, …)."""
        return _form(self.entry[name])

    @cached_property
    def order(self) -> Literal["DMY", "MDY", "YMD"]:
        """The order of the short date."""
        kinds = [part.kind[0].upper() for part in self.form("D") if part.kind in ("day", "month", "year")]
        order = "".join(kinds)
        if order in ("DMY", "MDY"):
            return order  # type: ignore[return-value] # one of the two, as just tested
        return "YMD"

    @cached_property
    def year_last_order(self) -> Literal["DMY", "MDY"]:
        """Which of day and month comes first where the year does not: the locale's own order of the two."""
        if self.order == "YMD":
            return "DMY" if self.entry["dayMonth"] == "DM" else "MDY"
        return "DMY" if self.order == "DMY" else "MDY"

    @cached_property
    def week(self) -> tuple[int, int]:
        """First day of the week (1 is Monday) and the fewest days of a year's first week."""
        first, minimal = self.entry["week"]
        return first, minimal


@cache
def _form(index: int) -> tuple[FormPart, ...]:
    return tuple(_part(item) for item in pattern_of(index))


def _part(item: str) -> FormPart:
    if not item.startswith(_MARK):
        return FormPart("literal", item)
    token, *lists = item[1:].split(":")
    return FormPart(_KINDS[token[0]], token, tuple(names_of(int(index)) for index in lists))


@cache
def date_locale(tag: str) -> DateLocale:
    """The locale of a BCP 47 tag. The extensions `-u-nu-` (digits) and `-u-ca-gregory` are followed, others have no
    effect. An unknown locale falls back to its language, then to English, as `Intl` does."""
    base, *extension = re.split("-u-", tag.replace("_", "-").split("-x-")[0], maxsplit=1)
    asked = _extension_keys(extension[0]) if extension else {}
    known = known_tag(base)
    if asked.get("ca") in ("gregory", "iso8601"):
        known = known_tag(f"{known}-u-ca-gregory")
    entry = locale_entry(known)
    all_digits = locale_data()["digits"]
    digits = all_digits.get(asked.get("nu", ""), all_digits[entry["numbering"]])
    return DateLocale(entry["calendar"], digits, bool(extension) and entry["calendar"] != "gregory", entry)


def _extension_keys(extension: str) -> dict[str, str]:
    keys: dict[str, str] = {}
    key = ""
    for part in extension.lower().split("-"):
        if len(part) == 2:
            key = part
        elif key:
            keys[key] = f"{keys[key]}-{part}" if key in keys else part
    return keys
