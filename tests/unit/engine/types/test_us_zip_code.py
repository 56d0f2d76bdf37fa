"""ZIP codes: padded and cut to five digits, or nine digits only (schema.md, "Types"; rules.md)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headgate.engine.types.us_zip_code import UsZipCodeType
from tests.unit.engine.types.column_readings import read, type_of

NO_ZIPS = [
    "123456", "1234567", "12345678", "1234567890", "12345-", "-12345", "1234-56789", "123-45", "12345-67",
    "12345--6789",
    "12345 6789", "12345–6789", "1234a", "01234.0", "٠١٢٣٤", "1,234", "K1A 0B1", "+1234", "12345-6789-",
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "value", "code"),
    [("02134", "02134", None), (" 02134 ", "02134", None), ("2134", "02134", "padded"), ("1", "00001", "padded"),
     ("0", "00000", "padded"), ("021341000", "02134", "cut"), ("02134-1000", "02134", "cut")],
)  # fmt: skip
def test_five_digits(text: str, value: str, code: str | None) -> None:
    assert read(type_of(UsZipCodeType), [text]) == [(value, code)]
    assert read(type_of(UsZipCodeType, {"outputDash": True}), [text]) == [(value, code)]


@pytest.mark.parametrize("text", ["021341000", "02134-1000"])
def test_nine_digits(text: str) -> None:
    assert read(type_of(UsZipCodeType, {"format": "9-digit"}), [text]) == [("021341000", None)]
    assert read(type_of(UsZipCodeType, {"format": "9-digit", "outputDash": True}), [text]) == [("02134-1000", None)]


@pytest.mark.parametrize("text", NO_ZIPS)
def test_everything_else_is_an_error(text: str) -> None:
    assert read(type_of(UsZipCodeType), [text]) == [(None, "not_a_zip_code")]
    assert read(type_of(UsZipCodeType, {"format": "9-digit"}), [text]) == [(None, "not_a_zip_plus_four")]


@pytest.mark.parametrize("text", ["02134", "2134", "1"])
def test_nothing_is_padded_to_nine_digits(text: str) -> None:
    assert read(type_of(UsZipCodeType, {"format": "9-digit"}), [text]) == [(None, "not_a_zip_plus_four")]


@settings(deadline=None)
@given(
    st.lists(st.one_of(st.text("0123456789-", max_size=11), st.text(max_size=6), st.none()), min_size=1),
    st.sampled_from(["5-digit", "9-digit"]),
    st.booleans(),
)
def test_columns_read_like_cells(cells: list[str | None], form: str, dash: bool) -> None:
    for value, _ in read(type_of(UsZipCodeType, {"format": form, "outputDash": dash}), cells):
        assert value is None or len(value.replace("-", "")) == int(form[0])
