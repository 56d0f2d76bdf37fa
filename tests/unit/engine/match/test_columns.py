from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headgate.engine.match import ColumnDecision, MatchMemory, SourceColumn, match_columns
from headgate.engine.match.confidence import calibration
from headgate.engine.types.base import CellReader, Reading, TypeContext
from headgate.engine.types.registry import build_type
from headgate.schema import Field, parse_schema

EMAILS = [f"{name}@example.com" for name in ("ann", "bob", "cid", "dora", "eve")]
PHONES = [f"(702) 555-01{number}" for number in range(10, 15)]
DATES = ["2024-01-31", "2023-12-05", "2022-06-17", "2024-03-09"]
WORDS = ["blue", "north", "summer", "apple"]
PATTERNS = {
    "email": r"\S+@\S+\.\w+",
    "phone-number": r"[\d() -]{7,}",
    "date": r"\d{4}-\d\d-\d\d",
    "number": r"[\d.,]+",
    "uuid": r"[0-9a-f-]{36}",
    "us-zip-code": r"\d{3,9}",
}


class PatternReader(CellReader):
    def __init__(self, pattern: str) -> None:
        super().__init__()
        self._pattern = re.compile(pattern)

    def read_cell(self, text: str) -> Reading:
        return Reading(text) if self._pattern.fullmatch(text) else Reading(None, "no_match")


def reader_for(field: Field) -> CellReader:
    return PatternReader(PATTERNS.get(field.type_name, "(?s).*"))


def fields(*written: str | dict[str, Any]) -> tuple[Field, ...]:
    raw = []
    for one in written:
        if isinstance(one, str):
            label, key, *rest = one.split("|")
            one = {"label": label, "key": key, "type": rest[0] if rest else "string"}
        raw.append(one)
    return tuple(parse_schema(raw, {}).fields)


def match(
    headers: Sequence[str | tuple[str, Sequence[str]]], schema: Sequence[Field], **more: Any
) -> list[ColumnDecision]:
    columns = [
        SourceColumn(index, *((header,) if isinstance(header, str) else header)) for index, header in enumerate(headers)
    ]
    return match_columns(columns, schema, reader_for=reader_for, **more)


def taken(decisions: Sequence[ColumnDecision]) -> list[str | None]:
    return [decision.field if decision.status == "accepted" else None for decision in decisions]


def test_the_contacts_sample_maps_completely_by_itself() -> None:
    schema = fields(
        "ID|id|uuid",
        "First Name|firstName",
        "Last Name|lastName",
        "Email|email|email",
        {"label": "Position", "key": "position", "alternateMatches": ["Role"]},
        "Phone Number|phoneNumber|phone-number",
        "Zip Code|zipCode|us-zip-code",
        {"label": "Customer Since", "key": "customerSince", "type": "date", "alternateMatches": ["Date Activated"]},
        {"label": "Deal Stage", "key": "dealStage", "type": "select", "selectOptions": [{"label": "A", "value": "a"}]},
    )
    headers = [
        "id",
        ("First", ["Walther", "Missie", "Viki"]),
        ("Last", ["Treffrey", "O'Cahey", "Mc Comb"]),
        "Email",
        "Role",
        ("Phone", PHONES),
        ("Zip", ["92844", "2150", "9627"]),
        "Date Activated",
        "Deal Stage",
    ]
    assert taken(match(headers, schema)) == [field.key for field in schema]


def test_decisions_have_the_documented_form() -> None:
    (decision,) = match([("Telephone", PHONES)], fields("Phone|phone|phone-number"))
    assert decision.to_json() == {
        "index": 0,
        "header": "Telephone",
        "field": "phone",
        "status": "accepted",
        "method": "similar",
        "confidence": calibration().taken["same_meaning values-for"],
        "evidence": [
            {"code": "same_meaning", "meaning": "phone"},
            {"code": "type_fit", "type": "phone-number", "share": 1.0},
        ],
        "runnersUp": [],
    }


@pytest.mark.parametrize(
    ("header", "method"),
    [
        ("First Name", "exact"),
        ("firstName", "exact"),
        (" First Name ", "exact"),
        ("Given", "exact"),
        ("FIRST_NAME", "normalized"),
        ("first-name", "normalized"),
        ("Fírst Náme", "normalized"),
        ("GIVEN", "normalized"),
        ("Forename", "similar"),
    ],
)
def test_methods(header: str, method: str) -> None:
    schema = fields({"label": "First Name", "key": "firstName", "alternateMatches": ["Given"]})
    (decision,) = match([header], schema)
    assert (decision.field, decision.status, decision.method) == ("firstName", "accepted", method)


@pytest.mark.parametrize("header", ["FIRST_NAME", "Forename", "first  name"])
def test_without_fuzzy_only_written_names_count(header: str) -> None:
    assert taken(match([header, "last"], fields("First Name|first", "Last Name|last"), fuzzy=False)) == [None, "last"]


def test_hidden_fields_are_never_matched() -> None:
    schema = fields({"label": "Secret", "key": "secret", "hidden": True}, "Name|name")
    (decision, _) = match(["Secret", "Name"], schema)
    assert (decision.status, decision.field, decision.runners_up) == ("unmapped", None, [])


def test_the_same_header_twice_is_asked_about() -> None:
    decisions = match(["Email", "email", "Name"], fields("Email|email", "Name|name"))
    assert [(d.field, d.status) for d in decisions] == [("email", "uncertain")] * 2 + [("name", "accepted")]


def test_a_duplicate_that_is_empty_throughout_does_not_compete() -> None:
    columns = [SourceColumn(0, "Email", EMAILS, 5), SourceColumn(1, "Email", [None, ""], 0)]
    assert taken(match_columns(columns, fields("Email|email"))) == ["email", None]


def test_a_label_goes_before_an_alternate_match_of_another_column() -> None:
    schema = fields({"label": "Position", "key": "position", "alternateMatches": ["Role"]})
    decisions = match(["Role", "Position"], schema)
    assert taken(decisions) == [None, "position"]
    assert decisions[0].evidence[0]["code"] == "field_taken"


def test_a_name_of_two_fields_is_asked_about() -> None:
    schema = fields(
        {"label": "A", "key": "a", "alternateMatches": ["Code"]},
        {"label": "B", "key": "b", "alternateMatches": ["Code"]},
    )
    (decision,) = match(["Code"], schema)
    assert (decision.status, [r.field for r in decision.runners_up]) == ("uncertain", ["b"])


def test_many_columns_may_go_to_a_many_to_one_field() -> None:
    schema = fields({"label": "Tags", "key": "tags", "manyToOne": True}, "Name|name")
    assert taken(match(["Tags", "Tag 1", "tag_2", "Tags", "Name 1"], schema)) == ["tags"] * 4 + [None]


def test_two_columns_of_one_meaning_are_asked_about() -> None:
    decisions = match([("Telephone", PHONES), ("Tel. No.", PHONES)], fields("Phone|phone|phone-number"))
    assert taken(decisions) == [None, None]
    assert "uncertain" in {decision.status for decision in decisions}


def test_values_of_another_kind_turn_a_match_into_a_question() -> None:
    (decision,) = match([("Telephone", EMAILS)], fields("Phone|phone|phone-number"))
    assert (decision.status, decision.field) == ("uncertain", "phone")
    (decision,) = match([("Forename", PHONES)], fields("First Name|first"))
    assert decision.status == "uncertain"


def test_values_do_not_overrule_a_written_name() -> None:
    assert taken(match([("Email", PHONES)], fields("Email|email|email"))) == ["email"]


def test_repeated_values_speak_against_a_unique_field() -> None:
    unique = fields({"label": "Email", "key": "mail_address", "type": "email", "validators": [{"validate": "unique"}]})
    (decision,) = match([("E-Mail Addr", EMAILS[:2] * 20)], unique)
    assert decision.status == "uncertain"


@pytest.mark.parametrize(
    ("header", "label"),
    [
        ("Billing City", "Shipping City"),
        ("Created At", "Updated At"),
        ("Opt-Out", "Opt In"),
        ("First Name", "Full Name"),
        ("User Name", "First Name"),
        ("Fax", "Phone"),
        ("Phone Ext", "Phone"),
        ("External ID", "ID"),
        ("Start Date", "End Date"),
        ("Net Amount", "Gross Amount"),
        ("Product Code", "Product Name"),
        ("Min Price", "Max Price"),
        ("Home Phone", "Work Phone"),
        ("Valid From", "Valid To"),
        ("Contract", "Contact"),
        ("Employer", "Employee"),
        ("Number of Orders", "Order Number"),
        ("Address 2", "Address 1"),
        ("Discount %", "Discount"),
        ("Weight (kg)", "Weight"),
        ("Amounts", "Amount"),
        ("Name", "First Name"),
        ("Country Code", "Country"),
        ("Manager Email", "Email"),
        ("County", "Country"),
        ("Price EUR", "Price USD"),
    ],
)
def test_guarded_pairs_are_never_taken(header: str, label: str) -> None:
    for one, other in ((header, label), (label, header)):
        assert taken(match([one], fields(f"{other}|k1"))) == [None], (one, other)


def test_a_file_in_german_is_read_as_german() -> None:
    schema = fields("First Name|first", "Last Name|last", "City|city", "Country|country", "Email|email|email")
    headers = ["Vorname", "Name", "Ort", "Land", ("E-Mail-Adresse", EMAILS), "Straße"]
    assert taken(match(headers, schema)) == ["first", "last", "city", "country", "email", None]
    assert taken(match(["Name", "Ort", "Land", "Phone"], schema)) == [None] * 4


def test_a_word_that_only_names_the_table_needs_the_values_to_agree() -> None:
    schema = fields("Email|email|email", "Phone|phone|phone-number")
    assert taken(match([("Customer Email", EMAILS)], schema)) == ["email"]
    assert taken(match(["Customer Email"], schema)) == [None]
    assert taken(match([("Customer Email", EMAILS), ("Manager Email", EMAILS)], schema)) == [None, None]


def test_what_a_better_column_has_is_not_asked_about_again() -> None:
    decisions = match(["Email", ("E-Mail Address", EMAILS)], fields("Email|email|email", "Work Email|work|email"))
    assert [decision.status for decision in decisions] == ["accepted", "unmapped"]


def test_a_column_without_a_name_is_left_with_a_suggestion_from_its_values() -> None:
    (decision,) = match([("Col 7", EMAILS)], fields("Email|email|email", "Name|name"))
    assert decision.status == "unmapped"
    assert decision.runners_up[0].field == "email"


def test_empty_headers_are_never_matched() -> None:
    assert taken(match(["", "  ", "***"], fields("Name|name"))) == [None] * 3


def test_samples_may_be_a_series() -> None:
    column = SourceColumn(0, "Telephone", pl.Series([*PHONES, None]))
    assert match_columns([column], fields("Phone|phone|phone-number"), reader_for=reader_for)[0].status == "accepted"


def test_a_remembered_header_is_taken() -> None:
    memory = MatchMemory(headers={"kontakt": "email"}, header_counts={"kontakt": 3})
    (decision,) = match([("KONTAKT", EMAILS)], fields("Email|email|email"), memory=memory)
    assert (decision.status, decision.method, decision.evidence[0]["times"]) == ("accepted", "memory", 3)


def test_a_remembered_header_with_other_values_than_before_is_asked_about() -> None:
    memory = MatchMemory(headers={"kontakt": "email"}, header_counts={"kontakt": 3})
    (decision,) = match([("Kontakt", PHONES)], fields("Email|email|email"), memory=memory)
    assert decision.status == "uncertain"
    assert "values_changed_since" in {evidence["code"] for evidence in decision.evidence}


def test_a_header_ignored_before_is_not_asked_about() -> None:
    memory = MatchMemory(headers={"telephone": None})
    (decision,) = match([("Telephone", PHONES)], fields("Phone|phone|phone-number"), memory=memory)
    assert (decision.status, decision.method) == ("unmapped", "memory")


def test_the_field_of_an_ignored_header_goes_to_the_column_people_chose() -> None:
    memory = MatchMemory(headers={"email": None, "workemail": "email"})
    decisions = match([("Email", EMAILS), ("Work Email", EMAILS)], fields("Email|email|email"), memory=memory)
    assert taken(decisions) == [None, "email"]


def test_memory_against_a_written_name_is_asked_about() -> None:
    memory = MatchMemory(headers={"email": "other"})
    (decision,) = match(["Email"], fields("Email|email", "Other|other"), memory=memory)
    assert decision.status == "uncertain"


def test_memory_of_a_field_that_is_gone_changes_nothing() -> None:
    memory = MatchMemory(headers={"email": "gone", "phone": "gone"})
    assert taken(match(["Email", "zzz"], fields("Email|email"), memory=memory)) == ["email", None]


@settings(max_examples=60)
@given(
    st.lists(st.text(max_size=20), max_size=12),
    st.lists(st.sampled_from(["Email", "Name", "Phone", "City", "ID"]), unique=True),
)
def test_any_headers_give_one_decision_each_and_no_field_twice(headers: list[str], labels: list[str]) -> None:
    decisions = match(headers, fields(*[f"{label}|{label}1" for label in labels] or ["Only|only"]))
    assert [decision.header for decision in decisions] == headers
    accepted = [decision.field for decision in decisions if decision.status == "accepted"]
    assert len(set(accepted)) == len(accepted)
    assert all(0 <= decision.confidence <= 1 for decision in decisions)


def test_a_name_that_is_only_close_is_no_question_where_the_values_are_of_another_kind() -> None:
    fields = parse_schema([{"label": "Phone", "key": "phone", "type": ["phone-number", {"country": "GB"}]}], {}).fields
    people = SourceColumn(0, "Contact", ["Sven Mensah", "Marek Dubois", "Amelia Holm", "Lena Vogel"])

    (decision,) = match_columns([people], fields, reader_for=lambda field: build_type(field, TypeContext()).reader())

    assert decision.status == "unmapped"
