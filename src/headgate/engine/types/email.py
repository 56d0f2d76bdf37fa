"""`email`: HTML5's rule for one address, and a domain that can receive mail from the internet."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, ClassVar

import polars as pl

from headgate.engine.types.base import CellReader, FastReading, FieldType, Reading
from headgate.engine.types.masks import surely
from headgate.late_patterns import late_pattern

_LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
# https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address, with one dot at least in the domain.
_NAME = r"[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+"
EMAIL = rf"{_NAME}@{_LABEL}(?:\.{_LABEL})+"
NUMBERED_HOST = r"@[0-9.]+"
_USUAL = rf"^{_NAME}@(?:{_LABEL}\.)+(?:[a-zA-Z0-9][a-zA-Z0-9-]{{0,61}})?[a-zA-Z]$"
"""An address whose host ends with a letter, so that it is no number."""

_AROUND = " \t\n\r\xa0\u200b\u200e\u200f\ufeff\"'`‘’“”„«»()[]{}<>.,;:|"
_IN_BRACKETS = late_pattern(r"<([^<>@\s]+@[^<>@\s]+)>[\s,;.]*\Z")
_MAILTO = late_pattern(r"(?:mailto|e-?mail)\s*:\s*", re.IGNORECASE)
_QUERY = late_pattern(r"(?<=\w)\?\w+=.*\Z")
_SPELLED_OUT = (
    ("@", late_pattern(r"\s*[(\[{]\s*at\s*[)\]}]\s*", re.IGNORECASE)),
    (".", late_pattern(r"\s*[(\[{]\s*dot\s*[)\]}]\s*", re.IGNORECASE)),
)
_SPACE_AROUND_SIGNS = late_pattern(r"\s*([@.,])\s*")
_SEPARATORS = late_pattern(r"[.,]+")

_EMAIL = late_pattern(EMAIL)
_ENDS_WITH_NUMBERED_HOST = late_pattern(NUMBERED_HOST + r"\Z")


class EmailReader(CellReader):
    """Accepts or refuses; an address is never changed."""

    def read_cell(self, text: str) -> Reading:
        if _EMAIL.fullmatch(text) and not _ENDS_WITH_NUMBERED_HOST.search(text):
            return Reading(text)
        return Reading(None, "email_invalid")

    def suggest(self, text: str) -> str | None:
        """The one address that stands in `mailto:name@example.com`, `Name <name@example.com>`, `name@example,com.`"""
        bracketed = _IN_BRACKETS.search(text)
        address = bracketed[1] if bracketed else text
        address = _QUERY.sub("", _MAILTO.sub("", unicodedata.normalize("NFKC", address).strip(_AROUND)))
        for sign, written in _SPELLED_OUT:
            address = written.sub(sign, address)
        name, at, domain = _SPACE_AROUND_SIGNS.sub(r"\1", address).strip(_AROUND).partition("@")
        address = f"{name}{at}{_SEPARATORS.sub('.', domain.lstrip('@'))}"
        return address if address != text and self.read_cell(address).code is None else None

    def read_fast(self, cells: pl.Series) -> FastReading | None:
        valid = surely(cells.str.contains(_USUAL))
        if len(rest := (~valid).arg_true()):
            others = cells[rest]
            are_valid = others.str.contains(f"^(?:{EMAIL})$") & ~others.str.contains(f"{NUMBERED_HOST}$")
            valid = valid.scatter(rest, surely(are_valid))
        code = pl.Series("code", ["email_invalid"]).new_from_index(0, len(cells)).set(valid | cells.is_null(), None)
        return FastReading(cells.set(~valid, None), code, cells.is_not_null())


class EmailType(FieldType):
    """One address `name@example.com`: ASCII, a dot in the domain, no IP address as its host."""

    name: ClassVar[str] = "email"
    errors: ClassVar[dict[str, str]] = {
        "email_invalid": "Not an e-mail address. Enter one like name@example.com, without accents, name or brackets."
    }

    def reader(self, evidence: dict[str, Any] | None = None) -> EmailReader:
        return EmailReader()
