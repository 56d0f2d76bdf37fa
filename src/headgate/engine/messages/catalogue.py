"""The texts of one language by key: English from the code, any other from its file beside this module."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from headgate.engine.messages.english import english_texts
from headgate.engine.messages.phrasing import Text
from headgate.schema.settings import LANGUAGES

_SAME_LANGUAGE = {"nb": "no", "nn": "no", "zh": "zh_CN"}
_TRADITIONAL_CHINESE = {"hant", "tw", "hk", "mo"}


def supported_language(tag: str) -> str:
    """The language of `settings.locale` that a language tag means: `de-AT` is `de`, `zh` is `zh_CN`, `zh-HK` `zh_TW`.

    Raises LookupError for a language that has no texts; nobody gets English who did not ask for it.
    """
    base, *rest = tag.replace("-", "_").split("_")
    base = base.lower()
    if base == "zh":
        return "zh_TW" if _TRADITIONAL_CHINESE & {part.lower() for part in rest} else "zh_CN"
    language = _SAME_LANGUAGE.get(base, base)
    if language not in LANGUAGES:
        raise LookupError(f"there are no texts in the language {tag!r}")
    return language


@cache
def catalogue(language: str) -> Mapping[str, Text]:
    """The texts of one of `LANGUAGES`, read when first asked for."""
    if language == "en":
        return english_texts()
    document = files("headgate.engine.messages") / f"{language}.toml"
    import tomllib  # English needs none

    return dict(_flat("", tomllib.loads(document.read_text("utf-8"))))


def _flat(prefix: str, table: dict[str, Any]) -> Iterator[tuple[str, Text]]:
    for name, value in table.items():
        key = f"{prefix}{name}"
        if isinstance(value, str) or prefix == "unit.":
            yield key, value
        else:
            yield from _flat(f"{key}.", value)
