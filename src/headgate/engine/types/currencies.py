"""Which currency a sign or code beside a number means: `$`, `US$`, `USD` and `usd` are one, `CA$` is another."""

from __future__ import annotations

from functools import cache

from headgate.engine.types.public_lists import LISTS

DOTTED_SIGNS = ("kr.", "Rs.", "Fr.")
"""Signs of several currencies that are written with a full stop."""


@cache
def _codes() -> dict[str, str]:
    found: dict[str, str] = LISTS.load("currencies")
    return found


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
