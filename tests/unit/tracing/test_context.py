"""What callers send as `traceparent` is taken where it is one, and otherwise as if nothing had come."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headgate.tracing import SILENT, current, tracer, valid_traceparent

TRACE, SPAN = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
GOOD = f"00-{TRACE}-{SPAN}-01"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (GOOD, GOOD),
        (f"00-{TRACE}-{SPAN}-00", f"00-{TRACE}-{SPAN}-00"),
        (f"cc-{TRACE}-{SPAN}-01-what-the-future-will-be-like", GOOD),
        (f"01-{TRACE}-{SPAN}-01", GOOD),
        (None, None),
        ("", None),
        (f"00-{TRACE}-{SPAN}-01-more", None),
        (f"ff-{TRACE}-{SPAN}-01", None),
        (f"00-{'0' * 32}-{SPAN}-01", None),
        (f"00-{TRACE}-{'0' * 16}-01", None),
        (GOOD.upper(), None),
        (f" {GOOD}", None),
        (f"cc-{TRACE}-{SPAN}-01.more", None),
        (f"cc-{TRACE}-{SPAN}-01-{'x' * 200}", None),
        (f"00-{TRACE}-{SPAN[:-1]}١-01", None),
    ],
)
def test_what_is_no_traceparent_counts_as_none(text: str | None, expected: str | None) -> None:
    assert valid_traceparent(text) == expected


@given(st.text() | st.text("0123456789abcdef-", min_size=50, max_size=60))
def test_whatever_comes_what_is_kept_fits_its_column(text: str) -> None:
    kept = valid_traceparent(text)
    assert kept is None or (len(kept) == 55 and valid_traceparent(kept) == kept)


def test_where_nobody_traces_a_callers_place_goes_through_unchanged() -> None:
    with tracer().span("import.create", GOOD, import_id="i") as span:
        assert current() == span.traceparent == GOOD
        span.set(rows_read=3)
        span.fail("x")
    assert current() is None
    with tracer().span("import.create", None) as span:
        assert current() is None is span.traceparent
    assert SILENT.traceparent is None
