"""`url`: absolute URLs, parsed and written by the WHATWG URL standard (rules.md, "Phone, URL, domain, codes")."""

from __future__ import annotations

import re
from typing import Any, ClassVar

import ada_url
import polars as pl

from headgate.engine.types.base import CellReader, FastReading, FieldType, Reading, TypeContext
from headgate.engine.types.public_suffixes import split_host
from headgate.schema import Field
from headgate.schema.types import UrlOptions

# An http(s) URL that the standard's serializer leaves as it is: a lower-case ASCII host with a name for its last label,
# no user, no port, nothing that is percent-encoded or resolved.
_PLAIN_HOST = r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z](?:[a-z0-9-]*[a-z0-9])?"
_PLAIN = (
    rf"^https?://{_PLAIN_HOST}"
    r"(?:/[A-Za-z0-9._~!$&'()*+,;=:@%/-]*(?:\?[A-Za-z0-9._~!$&()*+,;=:@%/?-]*)?(?:#[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*)?)?$"
)
_NOT_PLAIN = r"(?i)/\.|/%2e|[/.]xn--"
_HOST_ONLY = r"^https?://[^/]*$"
_PROGRAMS = frozenset({"javascript", "vbscript"})
_NO_URL = re.compile(r"(?:[\w-]+(?:\.[\w-]*)+|localhost):[0-9]+(?:[/?#]|\Z)|[A-Za-z]:", re.IGNORECASE)
_AROUND = " \t\n\r\xa0\u200b\ufeff\"'`‘’“”„«»()[]{}<>.,;|"
_SPACE_AROUND_SIGNS = re.compile(r"\s*([:/.])\s*")
_BROKEN_SCHEME = re.compile(r"\A(https?)(?:[:;.,]?(?:/|\\)+|[:;])(?=[\w-]+\.)", re.IGNORECASE)
_WITHOUT_SCHEME = re.compile(r"[\w-]+(?:\.[\w-]+)+(?:[:/?#]|\Z)")


class UrlReader(CellReader):
    """Reads URLs of the protocols and domains that a field accepts.

    Without `acceptedProtocols` every URL is accepted, but for those that run as a program and those that somebody wrote
    as something else: hosts with a port (`localhost:3000` has the scheme `localhost`) and paths of Windows (`C:\\x`).
    """

    def __init__(self, options: UrlOptions) -> None:
        super().__init__()
        self.protocols = _protocols(options.accepted_protocols)
        self.domains = _domains(options.accepted_domains)

    def read_cell(self, text: str) -> Reading:
        reading = self.read_without_suggestion(text)
        return Reading(None, reading.code, self._with_scheme(text)) if reading.code == "url_invalid" else reading

    def read_without_suggestion(self, text: str) -> Reading:
        try:
            url = ada_url.URL(text)
        except ValueError:
            return Reading(None, "url_invalid")
        scheme = url.protocol.removesuffix(":")
        if self.protocols is not None:
            if scheme not in self.protocols:
                return Reading(None, "url_protocol_not_accepted")
        elif scheme in _PROGRAMS or (not url.href.startswith(f"{scheme}://") and _NO_URL.match(text)):
            return Reading(None, "url_invalid")
        if self.domains is not None and not _accepts(self.domains, url.hostname):
            return Reading(None, "url_domain_not_accepted")
        return Reading(url.href, None if url.href == text else "url_normalized")

    def suggest(self, text: str) -> str | None:
        """`https//example.com`, `<https://example.com>.` and the like; `http` where the field accepts only `https`."""
        cleaned = _SPACE_AROUND_SIGNS.sub(r"\1", text.strip(_AROUND))
        cleaned = _BROKEN_SCHEME.sub(lambda found: f"{found[1]}://", cleaned)
        candidates = [cleaned, f"https://{cleaned}" if _WITHOUT_SCHEME.match(cleaned) else ""]
        if cleaned[:7].lower() == "http://":
            candidates.append(f"https://{cleaned[7:]}")
        values = (self.read_cell(candidate).value for candidate in candidates if candidate and candidate != text)
        return next((value for value in values if value is not None), None)

    def _with_scheme(self, text: str) -> str | None:
        """`www.example.com` with the scheme that its writer left out, offered but not taken."""
        return self.read_cell(f"https://{text}").value if _WITHOUT_SCHEME.match(text) else None

    def read_fast(self, cells: pl.Series) -> FastReading | None:
        plain = cells.str.contains(_PLAIN) & ~cells.str.contains(_NOT_PLAIN)
        if self.protocols is not None:
            plain &= cells.str.extract("^(https?):").is_in(list(self.protocols))
        if self.domains is not None:
            host = cells.str.extract("^https?://([^/]*)")
            accepted = host.is_in(list(self.domains))
            for domain in sorted(self.domains):
                accepted |= host.str.ends_with(f".{domain}")
            plain &= accepted
        decided = plain.fill_null(value=False)
        host_only = cells.str.contains(_HOST_ONLY).fill_null(value=False) & decided
        value = cells.zip_with(~host_only, cells + "/") if host_only.any() else cells
        # There is no base, so a text without a scheme is no URL.
        relative = (~cells.str.contains(":", literal=True)).fill_null(value=False) if not decided.all() else ~decided
        code = pl.select(
            pl.when(pl.lit(host_only)).then(pl.lit("url_normalized")).when(pl.lit(relative)).then(pl.lit("url_invalid"))
        ).to_series()
        return FastReading(value.set(~decided, None), code, decided | relative)


def _protocols(entries: tuple[str, ...] | None) -> frozenset[str] | None:
    """`https`, `https:` and `https://` mean the same."""
    return frozenset(entry.strip().lower().rstrip("/").removesuffix(":") for entry in entries) if entries else None


def _domains(entries: tuple[str, ...] | None) -> frozenset[str] | None:
    return frozenset(_as_host(entry.strip().strip(".")) for entry in entries) if entries else None


def _as_host(entry: str) -> str:
    """The entry as hosts of parsed URLs stand: lower case, IDN as Punycode."""
    try:
        return ada_url.idna_to_ascii(entry).decode().lower() or entry.lower()
    except ValueError:
        return entry.lower()


def _accepts(domains: frozenset[str], host: str) -> bool:
    host = host.removesuffix(".")
    if host in domains or any(host.endswith(f".{domain}") for domain in domains):
        return True
    names = {domain for domain in domains if "." not in domain}
    if not names:
        return False
    parts = split_host(host)
    return bool(parts.suffix) and parts.name in names


class UrlType(FieldType):
    """An absolute URL. Result: the standard's serialization, with extra slashes and `..` resolved."""

    name: ClassVar[str] = "url"
    errors: ClassVar[dict[str, str]] = {
        "url_invalid": "Not a complete web address. Enter one like https://www.example.com/page.",
        "url_protocol_not_accepted": "This kind of address is not accepted. It may start with: {protocols}.",
        "url_domain_not_accepted": "Addresses of this site are not accepted. Use one of: {domains}.",
    }
    autofixes: ClassVar[dict[str, str]] = {"url_normalized": "The address was written in its standard form."}

    def __init__(self, field: Field, context: TypeContext) -> None:
        super().__init__(field, context)
        if not isinstance(field.type, UrlOptions):
            raise TypeError(f"{field.key} is no url field")
        self.options = field.type

    def reader(self, evidence: dict[str, Any] | None = None) -> UrlReader:
        return UrlReader(self.options)

    def message_parameters(self) -> dict[str, Any]:
        protocols = self.options.accepted_protocols or ("https",)
        return {
            "protocols": [f"{entry.rstrip('/').removesuffix(':')}:" for entry in protocols],
            "domains": list(self.options.accepted_domains or ()),
        }
