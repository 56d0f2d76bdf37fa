"""Countries, states of the US and currencies: what their codes are, and which names and signs mean them in English.

The lists are those of ISO 3166 and ISO 4217 (pycountry) and CLDR (Babel), compiled (`engine/compiled.py`): to read them from the
libraries takes a tenth of a second. pycountry's licence (LGPL) is another than ours, so that no wheel has them compiled: it is done
where pycountry is installed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from headgate.engine.compiled import CompiledTables, library_folder
from headgate.engine.types import place_folding

_OTHER_NAMES = {
    "AE": ("UAE", "Emirates"), "AX": ("Åland",), "BA": ("Bosnia",),
    "BN": ("Brunei Darussalam",), "CD": ("DR Congo", "DRC", "Zaire"),
    "CG": ("Republic of the Congo", "Congo Republic"), "CI": ("Ivory Coast",), "CV": ("Cape Verde",),
    "CZ": ("Czechia", "Czech Republic"), "FK": ("Falklands",), "FM": ("Micronesia",),
    "GB": ("Great Britain", "Britain", "U.K."),
    "HK": ("Hong Kong SAR",), "KN": ("St Kitts",), "KP": ("DPRK",), "MK": ("Macedonia", "FYROM"), "MM": ("Burma",),
    "MO": ("Macau", "Macau SAR"), "NL": ("Holland",), "PS": ("Palestinian Territory", "State of Palestine"),
    "RU": ("Russian Federation",), "ST": ("Sao Tome",), "SZ": ("Swaziland",), "TL": ("East Timor",), "TR": ("Turkey",),
    "TT": ("Trinidad",), "TW": ("Republic of China", "Chinese Taipei"),
    "US": ("U.S.", "U.S.A.", "U.S. of America"),
    "VA": ("Vatican", "The Vatican"), "VC": ("St Vincent",), "VI": ("US Virgin Islands",), "VN": ("Viet Nam",),
}  # fmt: skip
"""Common English names that are in neither CLDR nor ISO 3166-1, or no longer."""

_ARMED_FORCES = {
    "AA": ("Armed Forces Americas", "Armed Forces the Americas"),
    "AE": ("Armed Forces Europe", "Armed Forces Europe, the Middle East, and Canada"),
    "AP": ("Armed Forces Pacific", "Armed Forces the Pacific"),
}
"""Codes of the postal service that ISO 3166-2 does not have."""

_OTHER_NAMES_OF_STATES = {
    "DC": ("Washington DC", "Washington, District of Columbia", "D.C."),
    "VI": (
        "U.S. Virgin Islands",
        "United States Virgin Islands",
        "Virgin Islands",
        "Virgin Islands of the United States",
    ),
    "UM": ("US Minor Outlying Islands", "Minor Outlying Islands"),
    "MP": ("Commonwealth of the Northern Mariana Islands",),
    "PR": ("Commonwealth of Puerto Rico",),
}

_NO_CURRENCIES = frozenset({"XXX", "XTS"})
"""Codes of ISO 4217 that stand for no currency and for tests."""

_NATIONAL_SIGNS = {
    "US$": "USD", "$US": "USD", "$CA": "CAD", "AU$": "AUD", "$AU": "AUD", "S$": "SGD",
    "zł": "PLN", "Kč": "CZK", "Ft": "HUF", "₺": "TRY", "₽": "RUB",
    "₴": "UAH", "₦": "NGN", "₡": "CRC", "₲": "PYG", "₵": "GHS", "₸": "KZT", "₭": "LAK", "₮": "MNT", "₾": "GEL",
    "₼": "AZN", "฿": "THB", "៛": "KHR", "৳": "BDT", "֏": "AMD", "؋": "AFN",
}  # fmt: skip
"""Signs of one currency that CLDR gives in the currency's own language only."""

_SHARED_SIGNS = ("kr", "Rs", "Fr", "₨", "﷼", "kr.", "Rs.", "Fr.")
"""Signs of several currencies: each is a currency of its own here and agrees with no code."""


def countries() -> dict[str, Any]:
    """`codes`: alpha-2 → alpha-3. `names`: folded name → alpha-2 codes that claim it; `short_forms`: the same of parts of names."""
    import pycountry
    from babel import Locale

    english = Locale("en").territories
    names, short_forms = list[tuple[str, str]](), list[tuple[str, str]]()
    for country in pycountry.countries:
        code = country.alpha_2
        written = _iso_names(country)
        names += ((form, code) for name in written for form in _with_order_of_speech(name))
        short_forms += ((form, code) for name in written for form in _short_forms(name))
        names += ((name, code) for name in (*_OTHER_NAMES.get(code, ()), *filter(None, [english.get(code)])))
    return {
        "codes": {country.alpha_2: country.alpha_3 for country in pycountry.countries},
        "names": place_folding.claims(names),
        "short_forms": place_folding.claims(short_forms),
    }


def _iso_names(country: Any) -> list[str]:
    names = (country.name, getattr(country, "official_name", None), getattr(country, "common_name", None))
    return [name for name in names if name is not None]


def _with_order_of_speech(name: str) -> Iterator[str]:
    """`Korea, Republic of` is also Republic of Korea."""
    yield name
    main, comma, rest = name.partition(", ")
    if comma:
        yield f"{rest} {main}"


def _short_forms(name: str) -> Iterator[str]:
    """`Korea, Republic of` is Korea, which two countries claim; `Congo` is the whole name of one and so is that one."""
    main, comma, _ = name.partition(", ")
    if comma:
        yield main
    if name.endswith(")"):
        yield name[: name.rindex("(")]


def states() -> dict[str, Any]:
    """`codes`: the postal codes. `names`: folded name → codes that claim it."""
    import pycountry

    parts = (part for part in pycountry.subdivisions if part.country_code == "US")
    names = {part.code[3:]: (part.name,) for part in parts} | _ARMED_FORCES
    every = ((name, code) for code, own in names.items() for name in (*own, *_OTHER_NAMES_OF_STATES.get(code, ())))
    return {"codes": sorted(names), "names": place_folding.claims(every)}


def currencies() -> dict[str, str]:
    """Codes and signs in small letters → the code, or of a shared sign, the sign."""
    import pycountry
    from babel.numbers import get_currency_symbol

    codes = [currency.alpha_3 for currency in pycountry.currencies if currency.alpha_3 not in _NO_CURRENCIES]
    known = {sign.casefold(): sign.rstrip(".") for sign in _SHARED_SIGNS}
    known |= {get_currency_symbol(code, "en").casefold(): code for code in codes}
    known |= {sign.casefold(): code for sign, code in _NATIONAL_SIGNS.items()}
    return known | {code.casefold(): code for code in codes}


_USED = ("iso3166-1", "iso3166-2", "iso4217")
"""The files that the lists are made of."""


def _sources() -> list[Path]:
    # Babel's version stands in its first file.
    code: list[Any] = [__file__, place_folding.__file__, library_folder("babel") / "__init__.py"]
    return [*(library_folder("pycountry") / "databases" / f"{name}.json" for name in _USED), *map(Path, code)]


LISTS = CompiledTables(
    Path(__file__).parent,
    _sources,
    {"countries": countries, "states": states, "currencies": currencies},
)
