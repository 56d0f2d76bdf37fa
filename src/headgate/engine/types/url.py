"""`url`: absolute URLs, parsed and written by the WHATWG URL standard (rules.md, "Phone, URL, domain, codes")."""

from __future__ import annotations

import re
from typing import Any, ClassVar

import ada_url
import polars as pl

from headgate.engine.types.base import CellReader, FastReading, FieldType, Reading, TypeContext
from headgate.engine.types.public_suffixes import split_host
from headgate.late_patterns import late_pattern
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
# Ports of more digits may be none, and the usual one is left out.
_PLAIN_WITH_PORT = _PLAIN.replace(_PLAIN_HOST, rf"{_PLAIN_HOST}(?::[1-9][0-9]{{0,3}})?")
_NOT_PLAIN_WITH_PORT = rf"{_NOT_PLAIN}|^http://[^/]*:80(?:/|$)|^https://[^/]*:443(?:/|$)"
_SCHEME_AND_HOST = r"^([A-Za-z]+://[A-Za-z0-9.-]*)((?s:.*[^ ])?)$"
_SCHEME = len("https://")
_PROGRAMS = frozenset({"javascript", "vbscript"})
_NO_URL = late_pattern(r"(?:[\w-]+(?:\.[\w-]*)+|localhost):[0-9]+(?:[/?#]|\Z)|[A-Za-z]:", re.IGNORECASE)
_AROUND = " \t\n\r\xa0\u200b\ufeff\"'`‘’“”„«»()[]{}<>.,;|"
_SPACE_AROUND_SIGNS = late_pattern(r"\s*([:/.])\s*")
_BROKEN_SCHEME = late_pattern(r"\A(https?)(?:[:;.,]?(?:/|\\)+|[:;])(?=[\w-]+\.)", re.IGNORECASE)
_WITHOUT_SCHEME = late_pattern(r"[\w-]+(?:\.[\w-]+)+(?:[:/?#]|\Z)")


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
        plain = self._is_plain(cells, _PLAIN, _NOT_PLAIN)
        if plain.all():
            return self._finished(cells, cells, plain, ~plain)
        rest = (~plain & cells.is_not_null()).arg_true()
        others = cells.gather(rest)
        # There is no base, so a text without a scheme is no URL.
        relative = (
            (~plain).clone().scatter(rest, ~others.str.contains(":", literal=True)) & ~plain & cells.is_not_null()
        )
        written = _with_usual_writing(others)
        usual = self._is_plain(written, _PLAIN_WITH_PORT, _NOT_PLAIN_WITH_PORT)
        value = cells.clone().scatter(rest.filter(usual), written.filter(usual))
        return self._finished(cells, value, plain.clone().scatter(rest, usual), relative)

    @staticmethod
    def _finished(cells: pl.Series, value: pl.Series, plain: pl.Series, relative: pl.Series) -> FastReading:
        """The reading where `value` is `plain`, with the path that a host alone lacks, and where a cell is `relative`."""
        # Behind `http://h` or `https://` a plain URL has no slash but that of its path.
        host_only = (~value.str.slice(_SCHEME).str.contains("/", literal=True)).fill_null(value=False) & plain
        value = value.zip_with(~host_only, value + "/") if host_only.any() else value
        changed = (plain & (value != cells)).fill_null(value=False)
        code = pl.Series([None], dtype=pl.String).new_from_index(0, len(cells))
        if changed.any():
            code = code.zip_with(~changed, pl.Series(["url_normalized"]))
        if relative.any():
            code = code.zip_with(~relative, pl.Series(["url_invalid"]))
        return FastReading(value if plain.all() else value.set(~plain, None), code, plain | relative)

    def _is_plain(self, cells: pl.Series, pattern: str, but_for: str) -> pl.Series:
        """Where a URL of accepted protocol and domain is written as the standard writes it, but for a missing path."""
        plain = cells.str.contains(pattern) & ~cells.str.contains(but_for)
        if self.protocols is not None:
            plain &= cells.str.extract("^(https?):").is_in(list(self.protocols))
        if self.domains is not None:
            host = cells.str.extract("^https?://([^/:]*)")
            accepted = host.is_in(list(self.domains))
            for domain in sorted(self.domains):
                accepted |= host.str.ends_with(f".{domain}")
            plain &= accepted
        return plain.fill_null(value=False)


def _with_usual_writing(cells: pl.Series) -> pl.Series:
    """The texts with scheme and host in lower case, and with spaces behind the host as the standard writes them; null where they do
    not begin with a scheme and a host."""
    parts = cells.str.extract_groups(_SCHEME_AND_HOST).struct.unnest()
    return parts.to_series(0).str.to_lowercase() + parts.to_series(1).str.replace_all(" ", "%20", literal=True)


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
