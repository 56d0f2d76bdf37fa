"""What is offered for texts that no type may read by itself: plausible, readable, and nothing where two things can be meant."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headgate.engine.types.base import CellReader, TypeContext
from headgate.engine.types.registry import FIELD_TYPES, build_type
from tests.unit.engine.types.column_readings import field_of

GUID = "0190d2a4-7b5e-7c3a-9f10-2b6d8e4c1a55"


def reader_of(name: str, options: Any = None) -> CellReader:
    return build_type(field_of(name, options), TypeContext()).reader()


@pytest.mark.parametrize(
    ("name", "options", "text", "suggestion"),
    [
        ("email", None, "mailto:anna@example.com", "anna@example.com"),
        ("email", None, "Anna Schmidt <anna@example.com>", "anna@example.com"),
        ("email", None, "anna@example.com.", "anna@example.com"),
        ("email", None, "<anna@example.com>;", "anna@example.com"),
        ("email", None, "anna @ example . com", "anna@example.com"),
        ("email", None, "anna(at)example[dot]com", "anna@example.com"),
        ("email", None, "anna@example,com", "anna@example.com"),
        ("email", None, "anna@@example..com", "anna@example.com"),
        ("email", None, "anna＠example．com", "anna@example.com"),
        ("email", None, "anna schmidt@example.com", None),
        ("email", None, "a@example.com; b@example.com", None),
        ("email", None, "anna at example.com", None),
        ("email", None, "anna@example", None),
        ("email", None, "n/a", None),
        ("url", None, "www.example.com.", "https://www.example.com/"),
        ("url", None, "https//example.com/a", "https://example.com/a"),
        ("url", None, "http;//example.com", "http://example.com/"),
        ("url", None, "<www.example.com/a>", "https://www.example.com/a"),
        ("url", None, "http:// www. example.com", "http://www.example.com/"),
        ("url", None, "not a url", None),
        ("url", {"acceptedProtocols": ["https"]}, "http://example.com/a", "https://example.com/a"),
        ("url", {"acceptedProtocols": ["https"]}, "ftp://example.com/a", None),
        ("phone-number", None, "tel:+12128675309", "+12128675309"),
        ("phone-number", None, "Tel.: +49 (0)30 12345678", "+493012345678"),
        ("phone-number", None, "+1 212 867 5309 ext. 12", None),
        ("phone-number", None, "+1 212 867 5309 / +1 212 867 5310", None),
        ("us-zip-code", None, "2134-1000", "02134"),
        ("us-zip-code", None, "21341000", "02134"),
        ("us-zip-code", None, "02134 1000", "02134"),
        ("us-zip-code", None, "1234567", None),
        ("us-zip-code", {"format": "9-digit"}, "2134-1000", "021341000"),
        ("us-zip-code", {"format": "9-digit"}, "02134", None),
        ("ssn", None, "123 45 6789", "123456789"),
        ("ssn", None, "12345678", "012345678"),
        ("ssn", {"outputDash": True}, "123.45.6789", "123-45-6789"),
        ("ssn", None, "12-345-6789", None),
        ("ssn", None, "***-**-6789", None),
        ("uuid", None, "{" + GUID.upper() + "}", GUID),
        ("uuid", None, "urn:uuid:" + GUID, GUID),
        ("uuid", None, GUID.replace("-", ""), GUID),
        ("uuid", {"version": 4}, GUID.replace("-", ""), None),
        ("uuid", None, GUID[:-1], None),
        ("number", None, "12,-", "12"),
        ("number", None, "1200.–", "1200"),
        ("number", None, "*12.50*", "12.5"),
        ("number", None, "12 kg", None),
        ("number", None, "about 12", None),
        ("number", None, "-", None),
        ("country", None, "Germny", "DE"),
        ("country", {"format": "3-letter"}, "Swizerland", "CHE"),
        ("country", None, "Gurmania-Land", None),
        ("country", None, "XX", None),
        ("us-state-territory", None, "Califronia", "CA"),
        ("us-state-territory", None, "Calif.", "CA"),
        ("us-state-territory", None, "N. Mex.", "NM"),
        ("us-state-territory", None, "Nowhere", None),
        ("domain", None, "https://www.example.com/page", "www.example.com"),
        ("time", None, "930", "09:30"),
        ("date", None, "45378", "2024-03-27"),
        ("date", None, "20240327", "2024-03-27"),
    ],
)  # fmt: skip
def test_what_a_careful_person_would_write(name: str, options: Any, text: str, suggestion: str | None) -> None:
    reading = reader_of(name, options).read(text)
    assert reading.suggestion == suggestion
    assert reading.value is None, "a suggestion is never taken"


@pytest.mark.parametrize("name", ["number", "us-zip-code", "ssn", "uuid", "email", "url", "phone-number", "country"])
def test_a_column_is_read_without_suggestions_and_to_the_same_end(name: str) -> None:
    texts = ["mailto:a@b.c", "www.example.com.", "12,-", "2134-1000", "123 45 6789", "Germny", "tel:+12128675309"]
    column = reader_of(name).read_column(pl.Series(texts))
    readings = [reader_of(name).read(text) for text in texts]
    assert [(r.value, r.code) for r in readings] == list(zip(column.value, column.code, strict=True))


_NAMES = sorted(set(FIELD_TYPES) - {"select", "multi-select", "checkbox", "string"})
_READERS = {name: reader_of(name) for name in _NAMES}


@given(
    st.sampled_from(_NAMES),
    st.text(max_size=30) | st.from_regex(r"[<( ]?[a-z0-9 .,@:/+()-]{1,25}[>). ]?", fullmatch=True),
)
def test_whatever_is_suggested_can_be_read_as_it_is(name: str, text: str) -> None:
    reading = _READERS[name].read(text)
    if reading.suggestion is not None:
        assert reading.value is None
        assert _READERS[name].read(reading.suggestion).value == reading.suggestion
