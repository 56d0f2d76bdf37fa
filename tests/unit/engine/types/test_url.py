"""URLs: Node's parser is the rule for the result; the schema says which protocols and domains are accepted."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headgate.engine.types.base import Reading, TypeContext
from headgate.engine.types.url import UrlReader, UrlType
from headgate.schema import parse_schema

VECTORS = Path(__file__).parents[3] / "vectors" / "whatwg-url" / "vectors.json"


@cache
def vectors() -> list[tuple[str, str | None]]:
    return [(text, href) for text, href in json.loads(VECTORS.read_text(encoding="utf-8"))]


def url_type(**options: Any) -> UrlType:
    schema = parse_schema([{"label": "Site", "key": "site", "type": ["url", options]}])
    return UrlType(schema.fields[0], TypeContext())


def reader(**options: Any) -> UrlReader:
    return url_type(**options).reader()


def test_every_url_is_written_as_node_writes_it() -> None:
    protocols = sorted({href.split(":")[0] for _, href in vectors() if href})
    listed = reader(acceptedProtocols=protocols)
    for text, href in vectors():
        assert listed.read_cell(text).value == href, text


def test_without_accepted_protocols_every_url_with_two_slashes_is_accepted() -> None:
    unlisted = reader()
    for text, href in vectors():
        if href is None or href[href.index(":") :].startswith("://"):
            assert unlisted.read_cell(text).value == href, text


@pytest.mark.parametrize(
    "text", ["mailto:a@b.c", "tel:+1-212-867-5309", "tel:911", "urn:isbn:0451450523", "data:text/plain,x"]
)
def test_urls_without_a_host_are_urls(text: str) -> None:
    assert reader().read(text).value == text
    assert reader(acceptedProtocols=["https"]).read(text).code == "url_protocol_not_accepted"


@pytest.mark.parametrize("text", ["javascript:alert(1)", "localhost:3000", "example.com:80/x", "a.b:80?x", "C:\\x"])
def test_programs_and_what_was_not_meant_as_a_url_are_errors_unless_their_protocol_is_listed(text: str) -> None:
    assert reader().read(text).code == "url_invalid"
    assert reader(acceptedProtocols=[text.split(":")[0]]).read(text).value is not None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("https://a.b", "https://a.b/"),
        ("https:////a.b//c//d", "https://a.b//c//d"),
        ("https://a.b/x/../y/./z", "https://a.b/y/z"),
        ("HTTPS://A.B:443/%7Ex", "https://a.b/%7Ex"),
        ("http://münchen.de/ü", "http://xn--mnchen-3ya.de/%C3%BC"),
    ],
)
def test_a_url_in_another_than_its_standard_form_is_auto_fixed(text: str, value: str) -> None:
    assert reader().read(text) == Reading(value, "url_normalized")
    column = reader().read_column(pl.Series([text]))
    assert (column.value[0], column.code[0]) == (value, "url_normalized")


def test_an_address_without_scheme_is_an_error_that_offers_https() -> None:
    assert reader().read("www.example.com/x") == Reading(None, "url_invalid", "https://www.example.com/x")
    assert reader().read("hello world").suggestion is None


@pytest.mark.parametrize("entry", ["https", "https:", "HTTPS://"])
def test_accepted_protocols_are_written_with_or_without_colon(entry: str) -> None:
    listed = reader(acceptedProtocols=[entry])
    assert listed.read("https://a.b/").value == "https://a.b/"
    assert listed.read("http://a.b/").code == "url_protocol_not_accepted"


@pytest.mark.parametrize(
    ("entry", "text", "accepted"),
    [
        ("google.com", "https://google.com/", True),
        ("google.com", "https://www.google.com/", True),
        ("google.com", "https://notgoogle.com/", False),
        ("google.com", "https://google.com.evil.org/", False),
        ("google.com", "https://google.com@evil.org/", False),
        ("google.com", "https://google.com./", True),
        ("www.google.com", "https://google.com/", False),
        ("GOOGLE.com", "https://google.com/", True),
        ("google", "https://google.com/", True),
        ("google", "https://www.google.de/", True),
        ("google", "https://www.google.co.uk/", True),
        ("google", "https://google.evil.com/", False),
        ("google", "https://googles.com/", False),
        ("localhost", "http://localhost/", True),
        ("münchen.de", "https://www.xn--mnchen-3ya.de/", True),
        ("github", "https://x.github.io/", True),
    ],
)
def test_accepted_domains_match_host_subdomains_and_registrable_names(entry: str, text: str, *, accepted: bool) -> None:
    listed = reader(acceptedDomains=[entry])
    assert (listed.read(text).value is not None) is accepted
    assert (listed.read_column(pl.Series([text])).value[0] is not None) is accepted


def test_the_vectorized_path_decides_plain_urls_and_leaves_the_rest() -> None:
    plain = [f"https://www.example{number}.com/path/{number}?q={number}#top" for number in range(100)]
    fast = reader().read_fast(pl.Series(plain))
    assert fast is not None
    assert fast.decided.all()
    odd = [
        "https://a.b/../c",
        "https://a.b/%2E%2e",
        "https://a.1/",
        "https://xn--a.b/",
        "https://a.b?'",
        "https://a..b/",
        "https://a.b:80800/",
        "http://a.b:80/",
    ]
    left = reader().read_fast(pl.Series(odd))
    assert left is not None
    assert not left.decided.any()


def test_capitals_ports_and_spaces_are_read_without_looking_at_each_url() -> None:
    cells = ["HTTP://Www.Example.COM", "https://example.com:8443/a b?c d", "https://example.com/A", "example.com/a"]
    fast = reader().read_fast(pl.Series(cells))
    assert fast is not None
    assert fast.decided.all()
    assert fast.value[1] == "https://example.com:8443/a%20b?c%20d"


PARTS = st.sampled_from(
    [
        "https://",
        "http://",
        "HTTPS://",
        ":8443",
        ":443",
        ":080",
        "A",
        "a",
        "b.c",
        ".",
        "..",
        "/",
        "//",
        "?",
        "#",
        "%2e",
        "%",
        "'",
        "x=1",
        "-",
        "com",
        "1",
        "0x1",
        "xn--",
        "@",
        ":80",
        "~",
        "é",
        " ",
    ]
)


@given(
    st.tuples(
        st.sampled_from(["https://a", "HTTP://A.b", "hTTps://a.B:8080/", "ftp://a"]), st.lists(PARTS, max_size=8)
    ).map(lambda parts: parts[0] + "".join(parts[1]))
)
def test_what_the_vectorized_path_decides_the_exact_path_reads_alike(text: str) -> None:
    for options in ({}, {"acceptedDomains": ["b.c", "a"], "acceptedProtocols": ["https"]}):
        fast = reader(**options).read_fast(pl.Series([text]))
        assert fast is not None
        if fast.decided[0]:
            assert fast.code is not None
            assert Reading(fast.value[0], fast.code[0]) == reader(**options).read_cell(text)


def test_messages_name_what_is_accepted() -> None:
    listed = url_type(acceptedProtocols=["https"], acceptedDomains=["a.com", "b.com"])
    parameters = listed.message_parameters()
    assert listed.errors["url_protocol_not_accepted"].endswith("start with: {protocols}.")
    assert parameters == {"protocols": ["https:"], "domains": ["a.com", "b.com"]}
