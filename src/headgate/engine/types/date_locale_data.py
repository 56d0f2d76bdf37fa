"""The generated locale data as it stands in `date_locale.json` (made by `tests/vectors/luxon/locale_data.mjs`).

Lists, patterns and locales are JSON texts in it, which are read when they are first asked for: a start needs a handful of thousands.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import orjson


@cache
def locale_data() -> dict[str, Any]:
    """The whole file: `digits`, `persianLateLeapYears`, and as JSON texts `lists`, `patterns` and `locales`."""
    data: dict[str, Any] = orjson.loads(Path(__file__).with_name("date_locale.json").read_bytes())
    return data


@cache
def names_of(index: int) -> tuple[str, ...]:
    """One of the lists of names; "" where the locale has none."""
    return tuple(name or "" for name in orjson.loads(locale_data()["lists"][index]))


def pattern_of(index: int) -> list[str]:
    """The parts of one of the patterns."""
    parts: list[str] = orjson.loads(locale_data()["patterns"][index])
    return parts


@cache
def persian_late_leap_years() -> frozenset[int]:
    """Years (anno Persico) that ICU makes leap though the arithmetic rule names the year before."""
    return frozenset(locale_data()["persianLateLeapYears"])


@cache
def locale_entry(tag: str) -> dict[str, Any]:
    """What the file says of a tag that it lists, with all that it takes from its parents."""
    locales = locale_data()["locales"]
    parts = tag.split("-")
    parents = ["-".join(parts[:length]) for length in range(1, len(parts))]
    merged: dict[str, Any] = {}
    for parent in [*parents, tag]:
        merged |= orjson.loads(locales.get(parent, "{}"))
    return merged


@cache
def _tags_by_lower_case() -> dict[str, str]:
    return {tag.lower(): tag for tag in locale_data()["locales"]}


def known_tag(tag: str) -> str:
    """The listed tag that a BCP 47 tag falls back to (its longest known beginning), `en` when there is none."""
    parts = tag.replace("_", "-").lower().split("-")
    for length in range(len(parts), 0, -1):
        found = _tags_by_lower_case().get("-".join(parts[:length]))
        if found is not None:
            return found
    return "en"
