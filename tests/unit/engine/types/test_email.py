"""E-mail addresses: HTML5's rule, a dot in the domain, no IP host, never changed."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headgate.engine.types.base import Reading, TypeContext
from headgate.engine.types.email import EmailType
from headgate.schema import parse_schema

READER = EmailType(parse_schema([{"label": "E", "key": "e", "type": "email"}]).fields[0], TypeContext()).reader()


@pytest.mark.parametrize(
    "text",
    [
        "name@example.com",
        "Name.Surname+tag@Sub.Example.COM",
        "a@b.c",
        "!#$%&'*+/=?^_`{|}~-@example.com",
        ".a..b.@example.com",
        "a@1.com",
        "a@xn--mnchen-3ya.de",
        "a@" + "x" * 63 + ".com",
    ],
)
def test_addresses_by_html5_s_rule_are_kept_as_they_are(text: str) -> None:
    assert READER.read(f" {text}\u00a0") == Reading(text)
    assert READER.read_column(pl.Series([f" {text} "])).value.to_list() == [text]


@pytest.mark.parametrize(
    "text",
    [
        "name",
        "name@localhost",
        "@example.com",
        "a@",
        "a@@example.com",
        "a b@example.com",
        '"a b"@example.com',
        "a@[127.0.0.1]",
        "a@127.0.0.1",
        "a@example..com",
        "a@.example.com",
        "a@example.com.",
        "a@-example.com",
        "a@example-.com",
        "a@exa_mple.com",
        "a@" + "x" * 64 + ".com",
        "ä@example.com",
        "a@münchen.de",
        "a@example.com\nb@example.com",
        "a@example.com, b@example.com",
        "Name <a@example.com>",
        "mailto:a@example.com",
    ],
)
def test_other_texts_are_errors(text: str) -> None:
    reading = READER.read(text)
    assert (reading.value, reading.code) == (None, "email_invalid")
    column = READER.read_column(pl.Series([text, None, ""]))
    assert column.value.to_list() == [None, None, None]
    assert column.code.to_list() == ["email_invalid", None, None]


@given(st.text(alphabet="aZ0.@-_+é \n\r[]", max_size=16))
def test_the_vectorized_path_reads_as_the_exact_one(text: str) -> None:
    column = READER.read_column(pl.Series([text]))
    reading = READER.read(text)
    assert (column.value[0], column.code[0]) == (reading.value, reading.code)
