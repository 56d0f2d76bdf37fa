"""Values that tell what they are, whatever their header says: an IBAN, an EAN with its check digit, a currency code.

They back suggestions only: a column of IBANs is no proof of *whose* account a field asks for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from headgate.engine.match.closed_answers import class_texts
from headgate.engine.match.words import option_key
from headgate.engine.types.currencies import currency_of
from headgate.late_patterns import late_pattern

ENOUGH = 0.8
_CURRENCY_CODE = 3
_IBAN = late_pattern(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")
_VAT = late_pattern(
    r"(?:AT|BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|GB|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK|XI)[A-Z0-9]{8,12}"
)
_PATTERNS: dict[str, re.Pattern[str]] = {
    "uuid": late_pattern(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"),
    "percent": late_pattern(r"[-+]?\d{1,3}(?:[.,]\d+)?\s?%"),
    "time": late_pattern(r"(?:[01]?\d|2[0-3])[:.][0-5]\d(?::[0-5]\d)?(?:\s?[ap]\.?m\.?)?", re.IGNORECASE),
    "year": late_pattern(r"(?:19|20)\d\d"),
    "gender": late_pattern(
        r"m|f|w|d|x|h|k|male|female|männlich|weiblich|divers|homme|femme|hombre|mujer|男|女|남|여", re.IGNORECASE
    ),
    "ip_address": late_pattern(r"\d{1,3}(?:\.\d{1,3}){3}"),
}
_UNITS = frozenset(
    {"kg", "g", "t", "lb", "lbs", "oz", "l", "ml", "cl", "m", "cm", "mm", "km", "m2", "m3", "ft", "kwh", "pc", "pcs", "piece", "pieces",
     "ea", "each", "box", "pack", "pair", "set", "roll", "carton", "bag", "bottle", "stk", "st", "stck", "stuck",
     "paar", "karton", "packung",
     "u", "ud", "uds", "unid", "caja", "pza", "pieza", "pz", "pezzo", "pezzi", "scatola", "un", "cx", "peca", "stuks", "doos", "szt", "kpl",
     "op", "opak", "kus", "ks", "bal", "db", "kappale", "buc", "cutie", "flacon", "adet", "kutu", "koli", "шт", "кг", "л", "м", "уп",
     "пачка", "компл", "個", "本", "枚", "箱", "台", "个", "件", "套", "米", "公斤", "瓶", "包", "개", "박스", "병", "unite", "boite"}
)  # fmt: skip
_CONCEPTS: dict[str, frozenset[str]] = {
    "currency": frozenset({"currency"}),
    "unit": frozenset({"unit", "base_unit"}),
    "iban": frozenset({"iban", "bank_account", "own_account"}),
    "vat_id": frozenset({"vat_id", "tax_id", "nif", "cif"}),
    "ean": frozenset({"ean", "gtin", "barcode", "upc", "isbn"}),
    "percent": frozenset({"percent", "rate", "vat", "tax", "discount", "ctr", "probability"}),
    "year": frozenset({"year"}),
    "gender": frozenset({"gender", "salutation"}),
    "time": frozenset({"time"}),
    "status": frozenset({"status"}),
}


def signature(texts: Sequence[str]) -> frozenset[str]:
    """The concepts that texts can only be of; empty when they tell nothing."""
    if not texts:
        return frozenset()
    for name, found in (
        ("iban", _is_iban),
        ("ean", _is_ean),
        ("vat_id", _is_vat),
        ("currency", _is_currency),
        ("unit", _is_unit),
        ("status", _is_status),
    ):
        if sum(found(text) for text in texts) >= ENOUGH * len(texts):
            return _CONCEPTS[name]
    for name, pattern in _PATTERNS.items():
        if sum(pattern.fullmatch(text) is not None for text in texts) >= ENOUGH * len(texts):
            return _CONCEPTS.get(name, frozenset({name}))
    return frozenset()


def _is_iban(text: str) -> bool:
    """By the check digits of ISO 13616: the rearranged number leaves 1 when divided by 97."""
    compact = text.replace(" ", "").upper()
    if _IBAN.fullmatch(compact) is None:
        return False
    return int("".join(str(int(char, 36)) for char in compact[4:] + compact[:4])) % 97 == 1


def _is_currency(text: str) -> bool:
    return len(text) == _CURRENCY_CODE and currency_of(text) is not None


def _is_unit(text: str) -> bool:
    return option_key(text) in _UNITS


def _is_status(text: str) -> bool:
    return option_key(text) in class_texts("state")


def _is_ean(text: str) -> bool:
    """By the check digit of GS1 numbers of 8, 12, 13 or 14 digits."""
    if len(text) not in (8, 12, 13, 14) or not (text.isascii() and text.isdigit()):
        return False
    weighted = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(text)))
    return weighted % 10 == 0


def _is_vat(text: str) -> bool:
    compact = text.replace(" ", "").replace(".", "")
    return _VAT.fullmatch(compact) is not None and any(char.isdigit() for char in compact[2:])
