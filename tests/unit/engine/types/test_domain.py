"""Domains: below a suffix of the ICANN part of the public suffix list, lower case, IDN as Unicode."""

from __future__ import annotations

import json
from pathlib import Path

import ada_url
import polars as pl
import pytest
import tldextract
from hypothesis import given
from hypothesis import strategies as st

from headgate.engine.types.base import Reading, TypeContext
from headgate.engine.types.domain import DomainReader, DomainType
from headgate.engine.types.public_suffixes import public_suffixes, split_host
from headgate.schema import parse_schema

VECTORS = Path(__file__).parents[3] / "vectors" / "tldts" / "vectors.json"


def reader(*, subdomains: bool = True) -> DomainReader:
    fields = [{"label": "Domain", "key": "domain", "type": ["domain", {"allowSubdomains": subdomains}]}]
    return DomainType(parse_schema(fields).fields[0], TypeContext()).reader()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("example.com", "example.com"),
        ("EXAMPLE.Com.", "example.com"),
        ("www.example.co.uk", "www.example.co.uk"),
        ("foo.github.io", "foo.github.io"),
        ("github.io", "github.io"),
        ("münchen.de", "münchen.de"),
        ("MÜNCHEN.de", "münchen.de"),
        ("xn--mnchen-3ya.de", "münchen.de"),
        ("XN--MNCHEN-3YA.de", "münchen.de"),
        ("пример.рф", "пример.рф"),
        ("xn--e1afmkfd.xn--p1ai", "пример.рф"),
        ("faß.de", "faß.de"),
        ("例。com", "例.com"),
        ("www.ck", "www.ck"),
        ("foo.bar.ck", "foo.bar.ck"),
        ("city.kawasaki.jp", "city.kawasaki.jp"),
        ("a-1.example.com", "a-1.example.com"),
    ],
)
def test_domains_are_written_in_lower_case_as_unicode_without_final_dot(text: str, value: str) -> None:
    expected = Reading(value, None if text == value else "domain_normalized")
    assert reader().read(text) == expected
    column = reader().read_column(pl.Series([text, None, text]))
    assert column.value.to_list() == [value, None, value]
    assert column.code.to_list() == [expected.code, None, expected.code]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("com", "domain_is_suffix"),
        ("co.uk", "domain_is_suffix"),
        ("x.ck", "domain_is_suffix"),
        ("公司.cn", "domain_is_suffix"),
        ("localhost", "domain_suffix_unknown"),
        ("example.invalid", "domain_suffix_unknown"),
        ("192.168.0.1", "domain_suffix_unknown"),
        ("a_b.com", "domain_invalid"),
        ("example.com:80", "domain_invalid"),
        ("https://example.com", "domain_invalid"),
        ("example.com/", "domain_invalid"),
        ("example.com?x", "domain_invalid"),
        ("a@example.com", "domain_invalid"),
        ("a b.com", "domain_invalid"),
        ("a..com", "domain_invalid"),
        (".example.com", "domain_invalid"),
        ("example.com..", "domain_invalid"),
        ("-a.com", "domain_invalid"),
        ("a-.com", "domain_invalid"),
        ("*.example.com", "domain_invalid"),
        ("xn--zz--.de", "domain_invalid"),
        ("a" * 64 + ".com", "domain_invalid"),
        (".".join(["a" * 60] * 5) + ".com", "domain_invalid"),
        ("[::1]", "domain_invalid"),
        ("a%41.com", "domain_invalid"),
    ],
)
def test_what_is_no_registrable_name_is_an_error(text: str, code: str) -> None:
    reading = reader().read(text)
    assert (reading.value, reading.code) == (None, code)
    assert reader().read_column(pl.Series([text])).code[0] == code


def test_a_pasted_web_address_is_an_error_that_offers_its_host() -> None:
    assert reader().read("https://www.example.com/x?y").suggestion == "www.example.com"
    assert reader(subdomains=False).read("https://www.example.com/x").suggestion == "example.com"
    assert reader().read("what is this?").suggestion is None


@pytest.mark.parametrize("text", ["www.example.com", "a.b.example.co.uk", "foo.github.io"])
def test_without_subdomains_only_the_registrable_domain_is_accepted(text: str) -> None:
    reading = reader(subdomains=False).read(text)
    assert reading.code == "domain_has_subdomain"
    assert reading.suggestion == split_host(text).registrable
    assert reader(subdomains=False).read(str(reading.suggestion)) == Reading(reading.suggestion)


def test_hosts_are_split_as_tldts_splits_them() -> None:
    for host, domain, subdomain, suffix in json.loads(VECTORS.read_text(encoding="utf-8")):
        parts = split_host(host)
        assert parts.suffix == (suffix or ""), host
        if domain is not None:
            assert (parts.registrable, parts.subdomain) == (domain, subdomain), host


@pytest.mark.parametrize("front", ["", "name.", "www.name."])
def test_every_rule_of_the_public_list_splits_a_host_as_tldextract_does(front: str) -> None:
    by_tldextract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=False)
    assert set(public_suffixes()) == set(by_tldextract.tlds)
    for rule in public_suffixes():
        host = front + rule.lstrip("!").replace("*", "any")
        for written in {host, ada_url.idna_to_ascii(host).decode()}:
            expected = by_tldextract(written)
            assert split_host(written) == (expected.subdomain, expected.domain, expected.suffix), written


@given(
    st.lists(st.sampled_from(["www", "a", "com", "uk", "co", "jp", "kobe", "city", "ck", "公司", "xn--55qx5d", "cn"]))
)
def test_any_host_is_split_as_tldextract_splits_it(labels: list[str]) -> None:
    host = ".".join(["name", *labels])
    by_tldextract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=False)
    expected = by_tldextract(host)
    assert split_host(host) == (expected.subdomain, expected.domain, expected.suffix)


def assert_read_like_its_cells(cells: list[str | None], *, subdomains: bool = True) -> None:
    one = reader(subdomains=subdomains)
    column = one.read_column(pl.Series(cells, dtype=pl.String))
    for cell, value, code in zip(cells, column.value.to_list(), column.code.to_list(), strict=True):
        assert (cell, value, code) == (cell, one.read(cell).value, one.read(cell).code)


@pytest.mark.parametrize("subdomains", [True, False])
def test_every_ending_of_the_public_list_is_read_in_a_column_as_it_is_alone(subdomains: bool) -> None:
    rules = [rule.lstrip("!").replace("*", "any") for rule in public_suffixes()]
    hosts = [f"{front}{rule}" for rule in rules[::7] for front in ("", "name.", "Www.name.")]
    assert len(hosts) > 1000
    assert_read_like_its_cells([*hosts, *(f"{host}.nowhere" for host in hosts[:50])], subdomains=subdomains)


def test_usual_hosts_are_read_without_looking_at_each() -> None:
    hosts = ["Host{}.example.com", "shop{}.co.uk", "firma{}.de", "host{}.local", "https://host{}.com/"]
    fast = reader().read_fast(pl.Series([host.format(number) for number in range(9) for host in hosts]))
    assert fast is not None
    assert fast.decided.all()


LABELS = st.sampled_from(
    ["a", "B", "ab-c", "-a", "xn--mnchen-3ya", "com", "uk", "co", "jp", "1", "é", "a_b", "", "ck", "x" * 63]
)


@given(text=st.lists(LABELS, min_size=1, max_size=5).map(".".join), subdomains=st.booleans())
def test_what_the_vectorized_path_decides_the_exact_path_reads_alike(text: str, *, subdomains: bool) -> None:
    fast = reader(subdomains=subdomains).read_fast(pl.Series([text]))
    assert fast is not None
    assert fast.code is not None
    if fast.decided[0]:
        assert Reading(fast.value[0], fast.code[0]) == reader(subdomains=subdomains).read_cell(text)


@given(st.text(max_size=30))
def test_any_text_gives_a_reading_whose_value_reads_as_itself(text: str) -> None:
    value = reader().read(text).value
    if value is not None:
        assert reader().read(value) == Reading(value)


def test_a_punycode_label_that_stands_for_no_characters_is_no_domain() -> None:
    assert reader().read("xn--a.com").code == "domain_invalid"
    assert reader().read("xn--mller-kva.com").value == "müller.com"
