"""The tables of `data/` and of CLDR's names, as the matching loads them (`engine/compiled.py` says when they are made).

A wheel's build imports this module, so it needs the standard library and Babel alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from headgate.engine.compiled import CompiledTables, library_folder
from headgate.engine.match import words
from headgate.engine.match.words import header_key, header_words, option_key
from headgate.engine.types import place_folding

FOLDER = Path(__file__).parent
DATA = FOLDER / "data"
COUNTRY_CODE = 2
"""Letters of a country's code: CLDR's territories have other codes, too."""

_PLAIN = re.compile("[a-z ]+")
"""Texts that are their words: most of them, and looking for words takes most of the time of reading a file."""
_WITH_MEANINGS = ("names", "alone", "ambiguous", "parts")
_OF_WORDS = {"fillers": "words", "links": "words", "never_alone": "words", "endings": "words"}


def language_codes() -> list[str]:
    """The languages that have a file."""
    return sorted(path.stem for path in (DATA / "columns").glob("*.toml"))


def vocabulary() -> dict[str, dict[str, Any]]:
    """Language → section → its texts as `header_key` gives them: words as a list; texts with meanings as two strings, a line for
    each text, because a string of thousands is loaded as quickly as one."""
    return {code: _language(_toml(DATA / "columns" / f"{code}.toml"), code) for code in language_codes()}


def options() -> dict[str, Any]:
    """The content of `options.toml`, the texts of its classes as `option_key` gives them."""
    data = _toml(DATA / "options.toml")
    return {**data, "classes": {name: _answers(languages) for name, languages in data["classes"].items()}}


def countries() -> dict[str, list[str]]:
    """Folded names of countries in the vocabulary's languages → the codes that they are of."""
    return place_folding.claims(
        (name, code) for locale in _locales() for code, name in locale.territories.items() if len(code) == COUNTRY_CODE
    )


def currencies() -> dict[str, list[str]]:
    """Folded names of currencies in the vocabulary's languages → the codes that they are of."""
    return place_folding.claims((name, code) for locale in _locales() for code, name in locale.currencies.items())


def _language(data: Mapping[str, Mapping[str, list[str]]], language: str) -> dict[str, Any]:
    meanings = {section: _in_lines(_by_text(data.get(section, {}), language)) for section in _WITH_MEANINGS}
    words = {
        section: sorted({header_key(word) for word in data.get(section, {}).get(key, [])})
        for section, key in _OF_WORDS.items()
    }
    return {**meanings, **words, "joints": data.get("joints", {}).get("letters", [])}


def _by_text(section: Mapping[str, list[str]], language: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for meaning, texts in section.items():
        for text in texts:
            plain = _PLAIN.fullmatch(text) is not None
            key = text.replace(" ", "") if plain else "".join(header_words(text))
            if found.setdefault(key, meaning) != meaning:
                raise ValueError(f'{language}: "{text}" means both {found[key]} and {meaning}.')
    return found


def _in_lines(found: Mapping[str, str]) -> tuple[str, str]:
    return "\n".join(found), "\n".join(found.values())


def _answers(languages: Mapping[str, Mapping[str, Iterable[str]]]) -> dict[str, dict[str, list[str]]]:
    return {
        code: {member: sorted(set(map(option_key, texts))) for member, texts in members.items()}
        for code, members in languages.items()
    }


def _locales() -> Iterator[Any]:
    from babel import Locale

    return (Locale.parse(code) for code in language_codes())


def _toml(path: Path) -> dict[str, Any]:
    import tomllib  # where the tables are made already, nothing is read

    return tomllib.loads(path.read_text("utf-8"))


def _sources() -> list[Path]:
    # Babel's version stands in its first file.
    code: list[Any] = [__file__, words.__file__, place_folding.__file__, library_folder("babel") / "__init__.py"]
    return [*DATA.rglob("*.toml"), *map(Path, code)]


TABLES = CompiledTables(
    FOLDER,
    _sources,
    {
        "vocabulary": vocabulary,
        "options": options,
        "meanings": lambda: _toml(DATA / "meanings.toml"),
        "confidence": lambda: _toml(DATA / "confidence.toml"),
        "countries": countries,
        "currencies": currencies,
    },
)
