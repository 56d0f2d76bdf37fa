from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headgate.engine.errors import ImportFailedError
from headgate.engine.header import HeaderDecision, choose_header, header_names
from headgate.schema import Field, parse_schema

Rows = list[list[str | None]]


def fields(*written: str) -> tuple[Field, ...]:
    raw: list[dict[str, Any]] = []
    for text in written:
        label, key, *rest = text.split("|")
        raw.append({"label": label, "key": key, "type": rest[0] if rest else "string"})
    return tuple(parse_schema(raw, {}).fields)


SCHEMA = fields("Name|name", "Email|email|email", "Phone|phone|phone-number", "City|city")
PEOPLE: Rows = [
    ["Ann", "ann@example.com", "7025550110", "Rome"],
    ["Bob", "bob@example.com", "7025550111", "Oslo"],
    ["Cid", "cid@example.com", "7025550112", "Rome"],
    ["Dora", "dora@example.com", "7025550113", "Bern"],
]
HEADER: list[str | None] = ["Name", "Email", "Phone", "City"]


def choose(rows: Rows, schema: tuple[Field, ...] = SCHEMA) -> HeaderDecision:
    return choose_header(rows, schema, override=None, total_rows=len(rows))


@pytest.mark.parametrize(
    "above",
    [
        [],
        [["Contacts 2024", None, None, None]],
        [["Contacts 2024", "", "", ""], ["", "", "", ""]],
        [["Exported", "2024-01-01", None, None], ["By", "Ann", None, None], [None] * 4],
        [[None] * 4, [None] * 4],
        [["All our people. This text goes on for quite a while to say what is in the file and who made it.", None]],
    ],
)
def test_the_row_with_the_fields_names_is_taken_wherever_it_stands(above: Rows) -> None:
    decision = choose([*above, HEADER, *PEOPLE])
    assert (decision.row, decision.status, decision.rows) == (len(above), "accepted", (len(above),))
    assert decision.confidence >= 0.99
    assert decision.data_start == len(above) + 1


@pytest.mark.parametrize(
    "header",
    [
        ["E-MAIL", "name", "phone", "City"],
        ["Given Name", "E-mail Address", "Telephone", "Town"],
        ["Nombre completo", "Correo electrónico", "Teléfono", "Ciudad"],
        ["Foo", "Bar", "Baz", "Qux"],
    ],
)
def test_other_names_are_taken_when_meaning_or_the_data_below_make_them_clear(header: list[str | None]) -> None:
    decision = choose([header, *PEOPLE])
    assert (decision.row, decision.status) == (0, "accepted")


def test_a_file_without_a_header_is_asked_about() -> None:
    decision = choose(PEOPLE)
    assert (decision.row, decision.status, decision.rows) == (None, "uncertain", ())
    assert decision.data_start == 0


@pytest.mark.parametrize(
    "rows",
    [
        [["Ann", "Rome"], ["Bob", "Oslo"], ["Cid", "Bern"]],
        [["1", "2"], ["3", "4"], ["5", "6"]],
        [["Ann"], ["Bob"], ["Cid"]],
        [["2020", "2021", "2022"], ["1", "2", "3"], ["4", "5", "6"]],
        [["foo", "bar"], ["Ann", "Rome"], ["Bob", "Oslo"]],
        [["N/A", "5", "x"], ["Ann", "6", "y"], ["Bob", "7", "z"]],
        [["Ann", "12"]],
        [["Filter", "Status = Open"], ["a@x.com", "12"], ["b@x.com", "13"], ["c@x.com", "13"]],
        [["Filter", "Open deals"], ["a@x.com", "12"], ["b@x.com", "13"], ["c@x.com", "13"]],
        [["Ann", "blue"], ["Bob", "7"], ["Cid", "8"]],
        [["Ann", "unknown", "pending"], ["Bob", "7", "3"], ["Cid", "8", "4"]],
        [[None, None], [None, None]],
        [],
    ],
)
def test_what_could_be_data_is_never_taken(rows: Rows) -> None:
    assert choose(rows).status == "uncertain"


def test_the_same_data_with_one_text_in_a_numeric_column_is_not_a_header() -> None:
    rows: Rows = [["Ann", "unknown", "n/a"], ["Bob", "7", "3"], ["Cid", "8", "4"], ["Ann", "9", "4"]]
    assert choose(rows).status == "uncertain"


def test_a_single_column_with_its_fields_name_is_taken() -> None:
    assert choose([["name"], ["Ann"], ["Bob"]], fields("Name|name")).status == "accepted"


def test_a_single_column_is_taken_by_a_like_name_above_other_values() -> None:
    emails: Rows = [[f"{name}@example.com"] for name in ("ann", "bob", "cid")]
    assert choose([["E-MAIL"], *emails]).status == "accepted"
    assert choose(emails).status == "uncertain"


def test_a_header_without_data_is_taken_by_its_names() -> None:
    assert choose([HEADER]).status == "accepted"


def test_a_summary_table_above_does_not_mislead() -> None:
    rows: Rows = [["Item", "Value", None], ["Total", "4", None], [None] * 3, *[row[:3] for row in [HEADER, *PEOPLE]]]
    assert choose(rows).row == 3


def test_a_header_that_comes_again_in_the_data_counts_where_it_stands_first() -> None:
    decision = choose([HEADER, *PEOPLE[:2], HEADER, *PEOPLE[2:]])
    assert (decision.row, decision.status) == (0, "accepted")


def test_a_row_of_units_is_part_of_the_header_and_gives_no_names() -> None:
    rows: Rows = [["Name", "Weight", "Height"], [None, "kg", "cm"], ["Ann", "60", "170"], ["Bob", "80", "181"]]
    decision = choose(rows, fields("Name|name", "Weight|weight|number", "Height|height|number"))
    assert (decision.row, decision.rows, decision.data_start) == (0, (0, 1), 2)
    assert header_names(rows, decision) == ["Name", "Weight", "Height"]


def test_group_rows_are_joined_where_names_repeat() -> None:
    rows: Rows = [
        [None, "Billing", None, "Shipping", None],
        ["Order", "City", "Zip", "City", "Zip"],
        ["1", "Rome", "00100", "Oslo", "0150"],
        ["2", "Bern", "30100", "Oslo", "0151"],
    ]
    decision = choose(rows, fields("Order|order", "Billing City|bc", "Shipping City|sc"))
    assert (decision.row, decision.rows, decision.status) == (1, (0, 1), "accepted")
    assert header_names(rows, decision) == ["Order", "Billing City", "Billing Zip", "Shipping City", "Shipping Zip"]


def test_a_group_row_only_fills_gaps_where_names_are_distinct() -> None:
    rows: Rows = [
        ["Person", None, None],
        [None, "Email", "City"],
        ["Ann", "a@b.com", "Rome"],
        ["Bob", "b@b.com", "Oslo"],
    ]
    decision = HeaderDecision(1, (0, 1), "accepted", 1.0)
    assert header_names(rows, decision) == ["Person", "Email", "City"]


def test_duplicate_and_empty_names_stay_apart_by_position() -> None:
    rows: Rows = [["Email", None, " Email ", ""], ["a", "b", "c", "d"]]
    assert header_names(rows, HeaderDecision(0, (0,), "override", 1.0)) == ["Email", "", "Email", ""]


def test_without_a_header_row_names_are_empty() -> None:
    assert header_names([["a", "b"], ["c"]], HeaderDecision(None, (), "uncertain", 0.1)) == ["", ""]


def test_the_override_is_taken_as_it_is() -> None:
    decision = choose_header(PEOPLE, SCHEMA, override=2, total_rows=4)
    assert (decision.row, decision.rows, decision.status, decision.confidence) == (2, (2,), "override", 1.0)


@pytest.mark.parametrize(("override", "total"), [(4, 4), (900, 4), (0, 0)])
def test_an_override_behind_the_last_record_fails_the_import(override: int, total: int) -> None:
    with pytest.raises(ImportFailedError) as failure:
        choose_header(PEOPLE, SCHEMA, override=override, total_rows=total)
    assert failure.value.code == "header_row_out_of_range"
    assert failure.value.context == {"row": override, "rows": total}


def test_an_override_may_lie_behind_the_records_that_were_looked_at() -> None:
    assert choose_header(PEOPLE, SCHEMA, override=5_000, total_rows=10_000).row == 5_000


def test_the_json_form() -> None:
    document = choose([HEADER, *PEOPLE]).to_json()
    assert set(document) == {"row", "rows", "status", "confidence", "evidence", "runnersUp"}
    assert document["rows"] == [0]
    assert {"code": "fields_named", "count": 4} in document["evidence"]
    assert len(document["runnersUp"]) == 3
    assert 0 not in {runner["row"] for runner in document["runnersUp"]}


def test_hidden_fields_are_no_evidence() -> None:
    hidden = tuple(
        parse_schema(
            [{"label": "foo", "key": "foo", "hidden": True}, {"label": "bar", "key": "bar", "hidden": True}], {}
        ).fields
    )
    assert choose([["foo", "bar"], ["Ann", "Rome"], ["Bob", "Oslo"]], hidden).status == "uncertain"


WORDS = ["Rome", "Oslo", "blue", "Ann Lee", "north", "apple", "x-ray", "Bern", "Tokyo", "stone", "river", "Maria"]


def data_cell(kind: str, source: random.Random) -> str:
    return {
        "word": source.choice(WORDS),
        "int": str(source.randint(0, 10_000)),
        "email": f"{source.choice(WORDS).lower().replace(' ', '')}{source.randint(0, 99)}@example.com",
        "date": f"20{source.randint(10, 24)}-0{source.randint(1, 9)}-1{source.randint(0, 9)}",
        "code": f"AB-{source.randint(100, 999)}",
    }[kind]


kinds = st.lists(st.sampled_from(["word", "int", "email", "date", "code"]), min_size=1, max_size=6)


preambles = st.lists(
    st.sampled_from(
        [[], ["Report of sales"], ["Filter", "Status = Open"], ["Created:", "2024-01-01"], ["Made by", "Ann"]]
    ),
    max_size=3,
)


@given(kinds, preambles, st.integers(1, 12), st.randoms(use_true_random=False))
def test_generated_files_without_a_header_are_never_taken(
    kinds: list[str], preamble: list[list[str]], rows: int, source: random.Random
) -> None:
    data: Rows = [[data_cell(kind, source) for kind in kinds] for _ in range(rows)]
    padded: Rows = [[*line, *[None] * (len(kinds) - len(line))] for line in preamble]
    decision = choose([*padded, *data])
    assert decision.status == "uncertain", decision


@given(kinds, preambles, st.integers(2, 12), st.randoms(use_true_random=False))
def test_generated_files_with_the_fields_names_are_taken_at_the_right_row(
    kinds: list[str], preamble: list[list[str]], rows: int, source: random.Random
) -> None:
    names = [f"Field {kind} {position}" for position, kind in enumerate(kinds)]
    data: Rows = [[data_cell(kind, source) for kind in kinds] for _ in range(rows)]
    padded: Rows = [[*line, *[None] * (len(kinds) - len(line))] for line in preamble]
    decision = choose([*padded, [*names], *data], fields(*[f"{name}|k{at}" for at, name in enumerate(names)]))
    wide_preamble = any(2 * len(line) > len(kinds) for line in preamble)
    assert decision.row == len(preamble)
    assert decision.status == "accepted" or (len(kinds) == 1 and wide_preamble)


@given(st.lists(st.lists(st.none() | st.text(max_size=12), max_size=8), max_size=15))
def test_any_grid_gives_a_decision_within_it(rows: Rows) -> None:
    decision = choose(rows)
    assert decision.row is None or decision.row in decision.rows
    assert all(0 <= row < len(rows) for row in decision.rows)
    assert 0 <= decision.confidence <= 1
    assert len(header_names(rows, decision)) >= (max(map(len, rows), default=0) if decision.row is None else 0)


def dated(below: list[str | None]) -> Rows:
    rows: Rows = [["Name", "Email", "Phone", "Birth"], below]
    return rows + [[*person[:3], f"1990-01-{day:02}"] for day, person in enumerate(PEOPLE * 5, 1)]


def test_names_whose_words_stand_in_two_rows_are_put_together() -> None:
    rows = dated([None, "address", "number", "date"])
    decision = choose_header(rows, SCHEMA)
    assert (decision.status, decision.row, decision.rows, decision.data_start) == ("accepted", 1, (0, 1), 2)
    assert header_names(rows, decision) == ["Name", "Email address", "Phone number", "Birth date"]


def test_the_first_words_of_names_in_the_row_above_are_put_before_them() -> None:
    schema = fields("Order date|ordered|date", "Order number|no", "Customer name|customer", "Net amount|net|number")
    rows: Rows = [["Order", "Order", "Customer", "Net"], ["date", "number", "name", "amount"]]
    rows += [[f"2024-01-{day:02}", str(1000 + day), "Ann", f"{day}.50"] for day in range(1, 20)]
    decision = choose_header(rows, schema)
    assert (decision.status, decision.data_start) == ("accepted", 2)
    assert header_names(rows, decision) == ["Order date", "Order number", "Customer name", "Net amount"]


@pytest.mark.parametrize(
    "below",
    [
        ["1", "2", "3", "4"],
        ["(1)", "(2)", "(3)", "(4)"],
        ["required", "required", "optional", "optional"],
        ["full_name", "e_mail", "phone_no", "birth_date"],
    ],
)
def test_a_row_between_names_and_data_that_is_no_data_belongs_to_the_header(below: list[str | None]) -> None:
    rows = dated(below)
    decision = choose_header(rows, SCHEMA)
    assert (decision.status, decision.row, decision.rows, decision.data_start) == ("accepted", 0, (0, 1), 2)
    assert {"code": "row_without_names", "row": 1} in decision.evidence
    assert header_names(rows, decision) == ["Name", "Email", "Phone", "Birth"]


def test_texts_of_unknown_purpose_where_data_belongs_are_asked_about() -> None:
    assert choose_header(dated(["see sheet two", "by hand", "as dialled", "at noon"]), SCHEMA).status == "uncertain"


def test_a_remark_in_brackets_below_one_name_is_a_part_of_it() -> None:
    rows = dated([None, None, "(mobile)", None])
    decision = choose_header(rows, SCHEMA)
    assert (decision.status, decision.data_start) == ("accepted", 2)
    assert header_names(rows, decision) == ["Name", "Email", "Phone (mobile)", "Birth"]


def test_column_letters_and_repeated_groups_above_a_header_do_not_count_as_rivals() -> None:
    body = dated(["Ann", "ann@example.com", "7025550110", "1990-02-01"])
    for above, row in ((["A", "B", "C", "D"], 1), (["Person", "Person", "Details", "Details"], 1)):
        decision = choose_header([above, *body], ())
        assert (decision.status, decision.row, decision.data_start) == ("accepted", row, 2)


def test_what_the_model_doubts_is_not_taken_by_its_shape() -> None:
    rows: Rows = [["north", "south", None], ["12", "13", "west"], ["14", "15", "east"], ["16", "17", "east"]]
    assert choose_header(rows, ()).status == "uncertain"


def test_names_that_nobody_knows_above_one_column_of_dates_are_asked_about() -> None:
    rows: Rows = [["alpha", "beta", "gamma"], ["Ann", "01/02/2024", "Sales"], ["Bob", "03/02/2024", "zzz"]]
    rows += [["Cy", "13/02/2024", "Engineering"]]
    assert choose_header(rows, SCHEMA).status == "uncertain"


REGIONS: Rows = [
    [name, *(str(at * 7 + place) for place in range(6))] for at, name in enumerate(["Oslo", "Rome", "Bern"])
]


@pytest.mark.parametrize(
    ("above", "header"),
    [
        ([], ["Region", "Total", "Men", "Women", "Total", "Men", "Women"]),
        ([[None, "2023", None, None, "2024", None, None]], ["Region", *["Total", "Men", "Women"] * 2]),
        ([["Region", "Paid", None, None, "Open", None, None]], [None, *["Sum", "Men", "Women"] * 2]),
        ([], [None, "2000", "2005", "2006", "2007", "2008", "2009"]),
    ],
)
def test_names_that_repeat_in_turn_and_years_with_gaps_are_a_header_above_data(
    above: Rows, header: list[str | None]
) -> None:
    decision = choose_header([*above, header, *REGIONS], ())
    assert (decision.row, decision.status) == (len(above), "accepted")
    assert decision.data_start == len(above) + 1


def test_the_name_of_a_group_between_header_and_data_is_no_doubt() -> None:
    header: list[str | None] = [None, "1st quarter", "2nd quarter", "3rd quarter", "4th quarter", "Year", "Change"]
    decision = choose_header([header, ["Canada"], *REGIONS], ())
    assert (decision.row, decision.status, decision.data_start) == (0, "accepted", 1)


@pytest.mark.parametrize(
    "first",
    [
        ["Lima", "open", "open", "open", "open", "open", "open"],
        ["Lima", "x", "x", "x", "x", "y", "x"],
        ["Lima", "unknown", "unknown", "7", "unknown", "unknown", "9"],
        ["Lima", "2008", "2005", "2006", "2000", "2007", "2009"],
    ],
)
def test_one_text_for_what_is_missing_and_years_in_no_order_are_no_header(first: list[str | None]) -> None:
    assert choose_header([first, *REGIONS], ()).status != "accepted"


def test_a_row_of_units_under_repeated_names_is_asked_about() -> None:
    names: list[str | None] = [None, *["Total", "Men", "Women"] * 2]
    units: list[str | None] = ["Unit", *["(1,000)"] * 3, *["(dollars)"] * 3]
    assert choose_header([names, units, *REGIONS], ()).status != "accepted"
