from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headgate.engine.messages.english import in_english
from headgate.engine.types.base import Reading, TypeContext
from headgate.engine.types.select import SelectReader, SelectType
from headgate.schema import parse_schema

OPTIONS = [
    {"label": "Qualified", "value": "qualified", "alternateMatches": ["qualifying lead"]},
    {"label": "Demo", "value": "demo", "alternateMatches": ["demonstration"]},
]


def select(context: TypeContext | None = None, **options: Any) -> SelectType:
    raw = {"label": "Stage", "key": "stage", "type": ["select", options], "selectOptions": OPTIONS}
    return SelectType(parse_schema([raw], {}).fields[0], context or TypeContext())


def read(text: str | None, context: TypeContext | None = None, **options: Any) -> Reading:
    return select(context, **options).reader().read(text)


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("demo", Reading("demo")),
        (" Demo ", Reading("demo")),
        ("demonstration", Reading("demo", "option_from_alternate_match")),
        ("d emo", Reading("demo", "option_normalized")),
        ("Qualifed", Reading("qualified", "option_similar")),
        ("demoo", Reading(None, "not_an_option", "demo")),
        ("show product", Reading(None, "not_an_option")),
        ("", Reading(None)),
        ("\u00a0 ", Reading(None)),
        (None, Reading(None)),
    ],
)
def test_a_cell_becomes_the_value_of_its_option(text: str | None, reading: Reading) -> None:
    assert read(text) == reading


@given(
    st.lists(
        st.one_of(
            st.text(max_size=12),
            st.text(alphabet="demoDEMO -.+?é1", max_size=9),
            st.sampled_from(
                ["Qualified", "QUALIFYING-lead", "démo", "demo?", "d.e.m.o", "1-10", "110", "none", " Demo"]
            ),
        ),
        min_size=1,
        max_size=20,
    ),
    st.booleans(),
)
def test_a_column_with_custom_texts_reads_like_its_cells(cells: list[str], exact_only: bool) -> None:
    context = TypeContext(remembered={"D1": "demo"}, decided={"none": None, "d.e.m.o": "qualified"})
    reader = select(context, allowCustom=True, exactMatchOnly=exact_only).reader()
    column = reader.read_column(pl.Series(cells))
    expected = [reader.read(cell) for cell in cells]
    assert column.value.to_list() == [reading.value for reading in expected]
    assert column.code.to_list() == [reading.code for reading in expected]


def test_exact_match_only_refuses_variants() -> None:
    assert read("DEMO", exactMatchOnly=True).code == "not_an_option"
    assert read("demonstration", exactMatchOnly=True) == Reading("demo", "option_from_alternate_match")


def test_allow_custom_keeps_other_texts_and_takes_variants_but_no_likeness() -> None:
    assert read("live demo", allowCustom=True) == Reading("live demo")
    assert read("Qualifed", allowCustom=True) == Reading("Qualifed")
    assert read("DEMO", allowCustom=True) == Reading("demo", "option_normalized")


def test_what_people_chose_before_is_taken_again() -> None:
    context = TypeContext(remembered={"live demo": "demo"})
    assert read("live demo", context) == Reading("demo", "option_remembered")


def test_messages_name_some_options() -> None:
    template = select().errors["not_an_option"]
    assert in_english(template, select().message_parameters()).endswith("one of: Qualified, Demo.")
    many = [{"label": f"Option {'x' * 90}{number}", "value": str(number)} for number in range(12)]
    raw = {"label": "S", "key": "s", "type": "select", "selectOptions": many}
    named = in_english(template, SelectType(parse_schema([raw], {}).fields[0], TypeContext()).message_parameters())
    assert named.endswith(" and 2 more.")
    assert len(named) < 700


def test_people_see_labels() -> None:
    assert select().display("demo") == "Demo"
    assert select(allowCustom=True).display("other") == "other"


def test_every_code_has_a_text() -> None:
    codes = {read(text).code for text in ("demonstration", "DEMO", "Qualifed")}
    codes.add(read("x", TypeContext(remembered={"x": "demo"})).code)
    assert codes == set(SelectType.autofixes)
    assert {"not_an_option"} == set(SelectType.errors)


cells = st.lists(
    st.none()
    | st.sampled_from(["demo", "Demo", "DEMO", " demo", "demonstration", "x", "", "Qualifed"])
    | st.text(max_size=8)
)


@given(cells)
def test_a_column_reads_like_its_cells(texts: list[str | None]) -> None:
    reader = select().reader()
    assert isinstance(reader, SelectReader)
    column = reader.read_column(pl.Series(texts, dtype=pl.String))
    assert [(value, code) for value, code in zip(column.value, column.code, strict=True)] == [
        (one.value, one.code) for one in map(reader.read, texts)
    ]
