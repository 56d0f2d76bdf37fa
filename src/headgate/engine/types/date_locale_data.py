"""The generated locale data as it stands in `date_locale.json` (made by `tests/vectors/luxon/locale_data.mjs`)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import orjson


@cache
def locale_data() -> dict[str, Any]:
    """The whole file: `digits`, `lists`, `patterns`, `locales` and `persianLateLeapYears`."""
    data: dict[str, Any] = orjson.loads((files(__package__) / "date_locale.json").read_bytes())
    return data


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
        merged |= locales.get(parent, {})
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
