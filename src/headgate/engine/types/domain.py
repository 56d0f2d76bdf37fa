"""`domain`: a host name that somebody can have registered (rules.md, "Phone, URL, domain, codes")."""

from __future__ import annotations

import re
from typing import Any, ClassVar

import ada_url
import polars as pl

from headgate.engine.types.base import CellReader, FastReading, FieldType, Reading, TypeContext
from headgate.engine.types.late_columns import domain_columns
from headgate.engine.types.public_suffixes import has_sound_idn, split_host
from headgate.late_patterns import late_pattern
from headgate.schema import Field
from headgate.schema.types import DomainOptions

MAX_CHARACTERS = 253
"""RFC 1035's 255 octets on the wire, written as text without the final dot."""

_LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = late_pattern(rf"{_LABEL}(?:\.{_LABEL})*")
_FINAL_DOT = late_pattern("[.\u3002\uff0e\uff61]\\Z")
_NO_HOST_CHARACTER = late_pattern("[\\x00-\\x20_/?#:@%\\\\\\[\\]<>^|\\x7f\\s]")
_SCHEME = late_pattern("[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def normalized_host(text: str) -> str | None:
    """The host in lower case, as ASCII labels and without final dot; None when `text` is no host name."""
    if not text or _NO_HOST_CHARACTER.search(text):
        return None
    if _FINAL_DOT.search(text):
        text = text[:-1]
    host = text.lower()
    if not host.isascii() or "xn--" in host:
        try:
            host = ada_url.URL(f"http://{text}").hostname
        except ValueError:
            return None
        if not has_sound_idn(host):
            return None
    return host if len(host) <= MAX_CHARACTERS and _HOST.fullmatch(host) else None


class DomainReader(CellReader):
    """Reads host names; `allow_subdomains` false refuses all but the registrable domain itself."""

    def __init__(self, options: DomainOptions) -> None:
        super().__init__()
        self.options = options

    def read_cell(self, text: str) -> Reading:
        reading = self.read_without_suggestion(text)
        return Reading(None, reading.code, self._host_of_url(text)) if reading.code == "domain_invalid" else reading

    def read_without_suggestion(self, text: str) -> Reading:
        host = normalized_host(text)
        if host is None:
            return Reading(None, "domain_invalid")
        parts = split_host(host)
        if not parts.suffix:
            return Reading(None, "domain_suffix_unknown")
        if not parts.name:
            return Reading(None, "domain_is_suffix")
        if parts.subdomain and not self.options.allow_subdomains:
            return Reading(None, "domain_has_subdomain", _as_unicode(parts.registrable))
        value = _as_unicode(host)
        return Reading(value, None if value == text else "domain_normalized")

    def read_fast(self, cells: pl.Series) -> FastReading | None:
        return domain_columns.read_domains(cells, allow_subdomains=self.options.allow_subdomains)

    def _host_of_url(self, text: str) -> str | None:
        """What somebody who pasted a web address means, offered but not taken."""
        try:
            host = ada_url.URL(text if _SCHEME.match(text) else f"http://{text}").hostname
        except ValueError:
            return None
        reading = self.read_cell(host) if normalized_host(host) else Reading(None)
        return reading.value or reading.suggestion


def _as_unicode(host: str) -> str:
    return ada_url.idna_to_unicode(host) if "xn--" in host else host


class DomainType(FieldType):
    """A host name below a public suffix of the ICANN part. Result: lower case, IDN as Unicode, no final dot."""

    name: ClassVar[str] = "domain"
    errors: ClassVar[dict[str, str]] = {
        "domain_invalid": "Not a domain name. Enter a name like example.com, without https://, path or port.",
        "domain_suffix_unknown": "The ending of this domain does not exist. Enter a name like example.com.",
        "domain_is_suffix": "This is only the ending of a domain. Enter a name like example.com.",
        "domain_has_subdomain": "Subdomains are not accepted. Enter the domain alone, like example.com.",
    }
    autofixes: ClassVar[dict[str, str]] = {
        "domain_normalized": "The domain was written in lower case, without a final dot."
    }

    def __init__(self, field: Field, context: TypeContext) -> None:
        super().__init__(field, context)
        if not isinstance(field.type, DomainOptions):
            raise TypeError(f"{field.key} is no domain field")
        self.options = field.type

    def reader(self, evidence: dict[str, Any] | None = None) -> DomainReader:
        return DomainReader(self.options)
