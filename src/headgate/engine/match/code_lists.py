"""Options that are the members of a public list: countries, states of the US, currencies.

Where the options are countries, "Deutschland", "Allemagne" and "DEU" mean "Germany", "Iceland" is no slip of "Ireland", and "GA"
is Gabon and not Georgia. Names are CLDR's in the languages of the vocabulary, codes are those of ISO 3166, ISO 4217 and the US
postal service.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Protocol

from headgate.engine.match.compiling import TABLES
from headgate.engine.types.country import CountryReader, country_names
from headgate.engine.types.currencies import currency_of
from headgate.engine.types.place_names import NameTable
from headgate.engine.types.us_state_territory import UsStateTerritoryReader, state_names
from headgate.schema import SelectOption

FEWEST_OPTIONS = 3
"""Two options may be words that happen to be names: Jordan and Georgia are people too."""
MOSTLY = 0.8
"""The share of options that must be members, since "Other" and "EU" often stand among them."""
SLIPS = 2
"""Letters by which a text may differ from another member before it may be that one."""
_LETTERS_OF_A_CODE = 3
_NO_ANSWER = frozenset({"NA"})
"""Namibia, and what people write where there is no answer."""
_SIGNS_OF_MANY = frozenset({"$", "¥", "kr", "Fr", "Rs"})
"""Signs of several currencies: which one is meant, nobody knows."""
_CURRENCIES_BY_CUSTOM = {
    "euro": "EUR", "euros": "EUR", "yen": "JPY", "yuan": "CNY", "renminbi": "CNY", "rmb": "CNY", "pound sterling": "GBP",
    "sterling": "GBP", "us dollars": "USD", "u.s. dollar": "USD", "u.s. dollars": "USD", "american dollar": "USD", "a$": "AUD",
    "c$": "CAD", "sfr": "CHF", "swiss francs": "CHF", "zloty": "PLN",
}  # fmt: skip
"""What currencies are called beside their names in CLDR, where only one is called so."""


class CodeList(Protocol):
    """A public list: what texts mean in it, and how its members are called in a language."""

    def code_of(self, text: str, language: str) -> str | None:
        """The member that `text` names by its code, or in English or `language`."""

    def code_of_foreign(self, text: str) -> str | None:
        """The member that `text` names in any language that there is a vocabulary of."""

    def near(self, text: str, language: str) -> frozenset[str]:
        """The members whose names are at most `SLIPS` letters away."""


class Countries:
    """ISO 3166-1: codes in capitals, names in any case."""

    def code_of(self, text: str, language: str) -> str | None:
        """The alpha-2 code."""
        if _is_code(text) and (not text.isupper() or text in _NO_ANSWER):
            return None
        return _country_reader(language).read_cell(text).value

    def code_of_foreign(self, text: str) -> str | None:
        """The alpha-2 code; none where languages differ."""
        return _single(_foreign_countries().claims(text)) if not _is_code(text) else None

    def near(self, text: str, language: str) -> frozenset[str]:
        """The countries of similar names."""
        return country_names(language).within(text, SLIPS)


class States:
    """States and territories of the US."""

    def code_of(self, text: str, language: str) -> str | None:
        """The postal code."""
        del language  # States are written in English.
        if _is_code(text) and not text.isupper():
            return None
        return UsStateTerritoryReader().read_cell(text).value

    def code_of_foreign(self, text: str) -> str | None:
        """None: states are written in English."""
        del text
        return None

    def near(self, text: str, language: str) -> frozenset[str]:
        """The states of similar names."""
        del language
        return state_names().within(text, SLIPS)


class Currencies:
    """ISO 4217: codes in capitals, signs of one currency only, names in any case."""

    def code_of(self, text: str, language: str) -> str | None:
        """The code."""
        del language
        return _currency_by_sign(text) or (_single(_currency_names().claims(text)) if not _is_code(text) else None)

    def code_of_foreign(self, text: str) -> str | None:
        """None: the names of all languages are looked at anyway."""
        del text
        return None

    def near(self, text: str, language: str) -> frozenset[str]:
        """The currencies of similar names."""
        del language
        return _currency_names().within(text, SLIPS)


class ListedOptions:
    """The options of a select field whose options are members of one list."""

    def __init__(self, members: CodeList, values: dict[str, str], language: str) -> None:
        self._members, self._values, self._language = members, values, language

    def code_of(self, text: str) -> str | None:
        """The member of the list that `text` names, whether it is an option or not."""
        return self._members.code_of(text, self._language) or self._members.code_of_foreign(text)

    def value_of(self, code: str) -> str | None:
        """The option that is this member; None when none is."""
        return self._values.get(code)

    def may_be_another(self, text: str, value: str) -> bool:
        """Whether a misspelt text is as near to a member that is not the option `value`."""
        return any(self._values.get(code) != value for code in self._members.near(text, self._language))


def _currency_by_sign(text: str) -> str | None:
    bare = text.strip().rstrip(".")
    custom = _CURRENCIES_BY_CUSTOM.get(bare.casefold())
    if custom is not None or bare in _SIGNS_OF_MANY or (bare.isascii() and bare.isalpha() and not bare.isupper()):
        return custom
    return currency_of(bare)


def listed_options(options: Sequence[SelectOption], language: str) -> ListedOptions | None:
    """The list that nearly all options are members of, each another one; None where there is none, or more than one."""
    if len(options) < FEWEST_OPTIONS:
        return None
    countries = _values(options, partial(Countries().code_of, language=language))
    if countries and not all(_is_code(option.label) for option in options):
        # Only codes may be those of another list too.
        return ListedOptions(Countries(), countries, language)
    others: list[CodeList] = [States()]
    if any(_currency_by_sign(text) for option in options for text in (option.label, option.value)):
        # The names of all currencies take long to read, and hardly any list of them has neither a code nor "Euro".
        others.append(Currencies())
    found = [(members, _values(options, partial(members.code_of, language=language))) for members in others]
    fitting = [(members, values) for members, values in ((Countries(), countries), *found) if values]
    if len(fitting) != 1:
        return None
    return ListedOptions(*fitting[0], language)


def _values(options: Sequence[SelectOption], code_of: Callable[[str], str | None]) -> dict[str, str]:
    values: dict[str, str] = {}
    for option in options:
        code = code_of(option.label) or code_of(option.value)
        if code is None:
            continue
        if values.setdefault(code, option.value) != option.value:
            return {}
    return values if len(values) >= max(FEWEST_OPTIONS, MOSTLY * len(options)) else {}


def _is_code(text: str) -> bool:
    return text.isascii() and text.isalpha() and len(text) <= _LETTERS_OF_A_CODE


def _single(codes: frozenset[str]) -> str | None:
    return next(iter(codes)) if len(codes) == 1 else None


@cache
def _country_reader(language: str) -> CountryReader:
    return CountryReader("2-letter", language)


@cache
def _foreign_countries() -> NameTable:
    return NameTable(TABLES.load("countries"))


@cache
def _currency_names() -> NameTable:
    return NameTable(TABLES.load("currencies"))
