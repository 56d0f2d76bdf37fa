"""Which currency a sign or code beside a number means: `$`, `US$`, `USD` and `usd` are one, `CA$` is another."""

from __future__ import annotations

from functools import cache

import pycountry
from babel.numbers import get_currency_symbol

_NO_CURRENCIES = frozenset({"XXX", "XTS"})
"""Codes of ISO 4217 that stand for no currency and for tests."""

_NATIONAL_SIGNS = {
    "US$": "USD", "$US": "USD", "$CA": "CAD", "AU$": "AUD", "$AU": "AUD", "S$": "SGD",
    "zł": "PLN", "Kč": "CZK", "Ft": "HUF", "₺": "TRY", "₽": "RUB",
    "₴": "UAH", "₦": "NGN", "₡": "CRC", "₲": "PYG", "₵": "GHS", "₸": "KZT", "₭": "LAK", "₮": "MNT", "₾": "GEL",
    "₼": "AZN", "฿": "THB", "៛": "KHR", "৳": "BDT", "֏": "AMD", "؋": "AFN",
}  # fmt: skip
"""Signs of one currency that CLDR gives in the currency's own language only."""

DOTTED_SIGNS = ("kr.", "Rs.", "Fr.")
_SHARED_SIGNS = ("kr", "Rs", "Fr", "₨", "﷼", *DOTTED_SIGNS)
"""Signs of several currencies: each is a currency of its own here and agrees with no code."""


@cache
def _codes() -> dict[str, str]:
    codes = [currency.alpha_3 for currency in pycountry.currencies if currency.alpha_3 not in _NO_CURRENCIES]
    known = {sign.casefold(): sign.rstrip(".") for sign in _SHARED_SIGNS}
    known |= {get_currency_symbol(code, "en").casefold(): code for code in codes}
    known |= {sign.casefold(): code for sign, code in _NATIONAL_SIGNS.items()}
    return known | {code.casefold(): code for code in codes}


def currency_of(text: str) -> str | None:
    """The ISO 4217 code (of a shared sign: the sign) that a text means, in any case; None when it means none."""
    return _codes().get(text.casefold())


def own_currency(symbol: str) -> str:
    """The currency that a format's `currencySymbol` means: a code or, for a symbol nobody knows, the symbol itself."""
    return currency_of(symbol.strip()) or symbol.strip().casefold()


@cache
def texts_of(currency: str) -> tuple[str, ...]:
    """Every sign and code (casefolded) that means `currency`."""
    return tuple(text for text, code in _codes().items() if code == currency) or (currency,)
