"""The field type `country`: ISO 3166-1 codes; names are looked up in CLDR and ISO (rules.md)."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal, cast

import polars as pl

from headgate.engine.types.base import CellReader, FastReading, FieldType, Reading
from headgate.engine.types.place_names import NameTable
from headgate.engine.types.public_lists import LISTS
from headgate.schema.types import CountryOptions

Format = Literal["2-letter", "3-letter"]


@cache
def _lists() -> dict[str, Any]:
    found: dict[str, Any] = LISTS.load("countries")
    return found


@cache
def _codes() -> dict[Format, dict[str, str]]:
    """Per format: code → the one of the other format."""
    longer: dict[str, str] = _lists()["codes"]
    return {"2-letter": longer, "3-letter": {long: short for short, long in longer.items()}}


@cache
def country_names(language: str) -> NameTable:
    """Country names in English and `language` → alpha-2 code."""
    table = NameTable(_lists()["names"], _lists()["short_forms"])
    for locale in _locale(language) if language != "en" else []:
        for code in _codes()["2-letter"].keys() & locale.territories.keys():
            table.add((locale.territories[code],), code)
    return table


def _locale(language: str) -> list[Any]:
    # English names stand in the list: most schemas need no other language.
    from babel import Locale, UnknownLocaleError

    try:
        return [Locale.parse(language.replace("-", "_"))]
    except (UnknownLocaleError, ValueError):
        return []


@cache
def _codes_like_names(form: Format, language: str) -> frozenset[str]:
    """The codes that are names of other countries to somebody."""
    codes, names = _codes()[form], country_names(language)
    return frozenset(code for code in codes if names.claims(code) - {code if form == "2-letter" else codes[code]})


class CountryReader(CellReader):
    """Codes of the field's format in any case; names and codes of the other format are auto-fixed."""

    def __init__(self, form: Format, language: str) -> None:
        super().__init__()
        self._codes = _codes()[form]
        self._other_codes = _codes()["3-letter" if form == "2-letter" else "2-letter"]
        self._names = country_names(language)
        self._is_short = form == "2-letter"
        self._language = language

    @property
    def _codes_like_names(self) -> frozenset[str]:
        return _codes_like_names("2-letter" if self._is_short else "3-letter", self._language)

    def read_cell(self, text: str) -> Reading:
        """The code of the country."""
        if text.isascii() and text.isalpha():
            upper = text.upper()
            if upper in self._codes:
                is_name = text != upper and upper in self._codes_like_names
                return Reading(None, "ambiguous_country") if is_name else Reading(upper)
            if upper in self._other_codes:
                return self._converted(text)
            if upper == "UK":
                return Reading("GB" if self._is_short else "GBR", "code_converted")
            if len(upper) == 2:
                return Reading(None, "not_a_country")
        claims = self._names.claims(text)
        if len(claims) > 1:
            return Reading(None, "ambiguous_country")
        if not claims:
            return Reading(None, "not_a_country")
        code = next(iter(claims))
        return Reading(code if self._is_short else self._other_codes[code], "name_to_code")

    def suggest(self, text: str) -> str | None:
        """The country whose name is written with a slip: `Germny`."""
        code = None if self._names.claims(text) else self._names.nearest(text)
        return code if code is None or self._is_short else self._other_codes[code]

    def _converted(self, text: str) -> Reading:
        code = self._other_codes[text.upper()]
        # "Nga" is Russia to Vietnamese readers and the code of Nigeria to all others.
        if not text.isupper() and self._names.claims(text) - {code if self._is_short else text.upper()}:
            return Reading(None, "ambiguous_country")
        return Reading(code, "code_converted")

    def read_fast(self, cells: pl.Series) -> FastReading:
        """Decides the codes of the field's own format."""
        code = cells.str.to_uppercase()
        decided = cells.str.contains("^[A-Za-z]{2,3}$") & code.is_in(sorted(self._codes))
        if like_names := self._codes_like_names:
            decided &= ~code.is_in(sorted(like_names)) | (cells == code)
        return FastReading(code, None, decided.fill_null(value=False))


class CountryType(FieldType):
    """A country as its ISO 3166-1 code of two or three letters."""

    name = "country"
    errors = {  # noqa: RUF012 - a ClassVar by FieldType
        "not_a_country": "This is not a country. Enter its name or its ISO 3166 code, such as {example}.",
        "ambiguous_country": "Several countries have this name. Enter the full name or the ISO 3166 code, such as "
        "{example}.",
    }
    autofixes = {  # noqa: RUF012 - a ClassVar by FieldType
        "name_to_code": "The name was replaced by its code.",
        "code_converted": "The code was replaced by the one of this field's format.",
    }

    def reader(self, evidence: dict[str, Any] | None = None) -> CellReader:
        """The reader, the same for every column."""
        return CountryReader(cast(CountryOptions, self.field.type).format, self.context.language)

    def message_parameters(self) -> dict[str, str]:
        """`example`: a code of the field's format."""
        return {"example": "US" if cast(CountryOptions, self.field.type).format == "2-letter" else "USA"}
