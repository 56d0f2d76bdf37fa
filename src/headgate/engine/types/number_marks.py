"""Commas and points within a number: which of them can be the decimal mark (rules.md, "Numbers")."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from typing import Literal

from headgate.late_patterns import late_pattern

DecimalMark = Literal[".", ","]

_MANTISSA_GROUPS = r" [1-9][0-9]{0,2}(?:\ [0-9]{3})+ | [1-9][0-9]{0,2}(?:'[0-9]{3})+ | [1-9][0-9]{0,2}(?:٬[0-9]{3})+"
_GROUPED_BY_COMMA = r" [1-9][0-9]{0,2}(?:,[0-9]{3})+ | [1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}"
_GROUPED_BY_POINT = r" [1-9][0-9]{0,2}(?:\.[0-9]{3})+"


def _shape(groups: str, mark: str) -> re.Pattern[str]:
    return late_pattern(rf"(?P<whole> [0-9]* | {groups} ) (?: [{mark}] (?P<fraction>[0-9]*) )?", re.VERBOSE)


_SHAPES: dict[DecimalMark, re.Pattern[str]] = {
    ".": _shape(f"{_GROUPED_BY_COMMA} | {_MANTISSA_GROUPS}", "."),
    ",": _shape(f"{_GROUPED_BY_POINT} | {_MANTISSA_GROUPS}", ","),
}
# The Arabic decimal mark leaves no doubt: everything else groups.
_ARABIC_SHAPE = _shape(f"{_GROUPED_BY_COMMA} | {_GROUPED_BY_POINT} | {_MANTISSA_GROUPS}", "٫")
_POWER_SHAPES: dict[DecimalMark, re.Pattern[str]] = {".": _shape("[0-9]", ".٫"), ",": _shape("[0-9]", ",٫")}
_NO_GROUP_MARK = late_pattern(r"[^0-9]")


class Mark(Enum):
    """What the commas and points of one number say about the decimal mark."""

    NEUTRAL = "neutral"
    """One reading: there is no comma or point that matters."""
    POINT = "point"
    """Readable with a decimal point only: `1,234.5`, `12.50`, `1,234,567`."""
    COMMA = "comma"
    """A proof of the decimal comma: `0,5`, `12,50`, `1.234,5`, `1.234.567`."""
    LOOSE_COMMA = "loose comma"
    """Readable with a decimal comma only, but as likely a misplaced separator: `1,2345`. No proof of anything."""
    EITHER = "either"
    """Two readings: `1,234`, `1.234`."""
    NONE = "none"
    """No reading: wrong grouping."""


def digits_by(core: str, mark: DecimalMark, *, power: bool = False) -> tuple[str, str] | None:
    """The digits before and after the decimal mark, or None when `core` has no reading with that mark.

    `core` consists of ASCII digits, marks and group separators; with `power` an exponent follows it, so nothing groups.
    """
    if power:
        shape = _POWER_SHAPES[mark]
    elif "٫" in core:
        shape = _ARABIC_SHAPE
    else:
        shape = _SHAPES[mark]
    if mark == "," and core.endswith(".") and core[:-1].isdigit():
        core = core[:-1]
    found = shape.fullmatch(core)
    if found is None:
        return None
    whole, fraction = _NO_GROUP_MARK.sub("", found["whole"]), found["fraction"] or ""
    return (whole, fraction) if whole or fraction else None


_NINES = str.maketrans(dict.fromkeys("12345678", "9"))
_REMEMBERED_SHAPES = 4_096
_LONGEST_SHAPE = 40
"""Longer cores are not remembered: each is of a shape of its own."""


def mark_of(core: str, *, power: bool = False) -> Mark:
    """What `core` says about the decimal mark. Which digits it has makes no difference, but for zeros."""
    if len(core) > _LONGEST_SHAPE:
        return _mark_of_shape(core, power)
    return _remembered_mark(core.translate(_NINES), power)


def _mark_of_shape(core: str, power: bool) -> Mark:
    by_point, by_comma = digits_by(core, ".", power=power), digits_by(core, ",", power=power)
    if by_point is not None and by_comma is not None:
        return Mark.NEUTRAL if by_point == by_comma else Mark.EITHER
    if by_point is not None:
        return Mark.POINT
    if by_comma is None:
        return Mark.NONE
    return Mark.LOOSE_COMMA if not power and _LOOSE_COMMA.fullmatch(core) else Mark.COMMA


_remembered_mark = lru_cache(_REMEMBERED_SHAPES)(_mark_of_shape)

_LOOSE_COMMA = late_pattern(r"(?!0,)[0-9]+,[0-9]{4,} | 0[0-9]+,[0-9]{3} | [0-9.]+,", re.VERBOSE)
