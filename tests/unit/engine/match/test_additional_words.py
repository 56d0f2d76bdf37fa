"""Words that add nothing where they stand, and the lookalikes that they must not be mistaken for."""

from __future__ import annotations

import pytest

from headgate.engine.match import ColumnDecision, SourceColumn, match_columns
from headgate.engine.types.base import CellReader, TypeContext
from headgate.engine.types.registry import build_type
from headgate.schema import Field, parse_schema

PEOPLE = ["Sven Mensah", "Marek Dubois", "Priya Sharma"]
FIRMS = ["Northwind", "Hart & Sons 24", "Weber GmbH"]
NUMBERS = ["12.50", "7.25", "99.99"]
DATES = ["2024-01-31", "2023-12-05", "2022-06-17"]
PHONES = ["+44 20 7946 0018", "+49 30 901820", "+1 212 555 0142"]
WORDS = ["open", "closed", "won"]


def reader_for(field: Field) -> CellReader:
    return build_type(field, TypeContext("text", "en")).reader()


def decisions(fields: list[str], columns: list[tuple[str, list[str]]]) -> list[ColumnDecision]:
    written = [dict(zip(("label", "key", "type"), text.split("|"), strict=False)) for text in fields]
    sources = [SourceColumn(index, header, values) for index, (header, values) in enumerate(columns)]
    return match_columns(sources, parse_schema(written, {}).fields, reader_for=reader_for)


def taken(fields: list[str], columns: list[tuple[str, list[str]]]) -> dict[str, str | None]:
    return {one.header: one.field for one in decisions(fields, columns) if one.status == "accepted"}


def proposed(fields: list[str], columns: list[tuple[str, list[str]]]) -> dict[str, str | None]:
    return {one.header: one.field for one in decisions(fields, columns) if one.status == "uncertain"}


TICKETS = [("Ticket ID", ["7", "8", "9"]), ("Ticket status", WORDS)]


def test_the_word_for_the_rows_themselves_adds_nothing() -> None:
    assert taken(["Number|no", "Status|status"], TICKETS) == {"Ticket status": "status"}


def test_the_schema_may_tell_what_the_rows_are() -> None:
    assert taken(["Ticket ID|id", "Status|status"], TICKETS[1:]) == {"Ticket status": "status"}


@pytest.mark.parametrize(
    "others",
    [
        [("Payment status", WORDS)],
        [("Customer ID", ["1", "2", "3"])],
    ],
)
def test_a_table_with_another_such_column_or_of_several_things_is_asked_about(
    others: list[tuple[str, list[str]]],
) -> None:
    assert "Ticket status" not in taken(["Number|no", "Status|status"], [*TICKETS, *others])


def test_a_bare_id_is_not_taken_for_the_id_of_the_rows() -> None:
    assert taken(["Customer ID|customer", "Amount|amount|number"], [("id", ["7", "8", "9"])]) == {}


def test_a_things_name_is_the_thing_where_the_values_are_names() -> None:
    assert taken(["Project|project"], [("Project name", ["Alpha", "Beta", "Gamma"])]) == {"Project name": "project"}
    assert taken(["Project|project"], [("Project name", ["101", "102", "103"])]) == {}
    assert taken(["File|file"], [("File name", ["alpha", "beta", "gamma"])]) == {}


def test_amount_adds_nothing_to_a_sum_but_a_percentage_is_another_thing() -> None:
    fields = ["Discount|discount|number"]
    assert taken(fields, [("Discount amount", NUMBERS)]) == {"Discount amount": "discount"}
    assert taken(fields, [("Discount %", NUMBERS)]) == {}
    both = [("Discount amount", NUMBERS), ("Discount %", NUMBERS)]
    assert taken(fields, both) == {}


def test_date_adds_nothing_where_the_field_takes_dates() -> None:
    assert taken(["Delivery|delivery|date"], [("Delivery time", DATES)]) == {}
    assert taken(["Start|start|date"], [("Start date", DATES)]) == {"Start date": "start"}
    assert taken(["Start|start"], [("Start date", DATES)]) == {}


def test_a_full_name_is_proposed_as_name_among_people_and_never_taken() -> None:
    people, products = ["Name|name", "Email|email|email"], ["Name|name", "Price|price|number"]
    assert proposed(people, [("Full name", PEOPLE)]) == {"Full name": "name"}
    assert taken(people, [("Full name", PEOPLE)]) == taken(products, [("Full name", PEOPLE)]) == {}


def test_a_name_is_proposed_as_full_name_where_the_values_are_peoples_names() -> None:
    fields = ["Full name|whole", "Email|email|email"]
    assert proposed(fields, [("Name", PEOPLE)]) == {"Name": "whole"}
    assert taken(fields, [("Name", FIRMS)]) == taken(fields, [("Name", PEOPLE)]) == {}


def test_a_mobile_number_is_proposed_as_the_phone_where_no_column_is_the_phone() -> None:
    fields = ["Phone|phone|phone-number"]
    assert proposed(fields, [("Mobile", PHONES)]) == {"Mobile": "phone"}
    assert taken(fields, [("Mobile", PHONES)]) == {}
    assert taken(fields, [("Mobile", PHONES), ("Telephone", PHONES)]) == {"Telephone": "phone"}
    assert taken(["Mobile|mobile|phone-number"], [("Telephone", PHONES)]) == {}


@pytest.mark.parametrize(
    ("first", "second"), [("Tél. portable", "Tél. fixe"), ("Mobile", "Mobile 2"), ("Handy", "Telefon privat")]
)
def test_what_stands_in_has_a_rival_in_every_column_of_its_kind(first: str, second: str) -> None:
    found = decisions(["Phone|phone|phone-number"], [(first, PHONES), (second, PHONES)])
    assert [one.header for one in found if one.status == "accepted"] == []


@pytest.mark.parametrize(
    ("header", "values", "status"),
    [
        ("Estado", ["activo", "inactivo", "activo"], "accepted"),
        ("Estado", ["Jalisco", "Sonora", "Puebla"], "uncertain"),
        ("Stato", ["aperto", "chiuso", "sospeso"], "accepted"),
        ("Stato", ["Baviera", "Texas", "Vienna"], "uncertain"),
        ("État", ["payé", "livré", "annulé"], "accepted"),
    ],
)
def test_a_word_for_a_state_of_affairs_and_of_a_country_goes_by_its_values(
    header: str, values: list[str], status: str
) -> None:
    others = {"Estado": ["Apellidos", "Teléfono"], "Stato": ["Cognome", "Telefono"], "État": ["Prénom", "Téléphone"]}
    rest = [(name, ["a", "b", "c"]) for name in others[header]]
    found = decisions(["Status|status", "Notes|notes"], [(header, values), *rest])
    assert (found[0].field, found[0].status) == ("status", status)


def test_decorations_in_brackets_add_nothing_but_units_are_asked_about() -> None:
    fields = ["Given name|first", "Created|created|date", "Weight|weight|number"]
    columns = [("First name(s)", ["Sven", "Marek", "Priya"]), ("Creation date (UTC)", DATES), ("Weight (lb)", NUMBERS)]
    assert taken(fields, columns) == {"First name(s)": "first", "Creation date (UTC)": "created"}


def test_phone_numbers_of_an_unknown_country_do_not_speak_against_the_phone() -> None:
    assert taken(["Phone|phone|phone-number"], [("Telephone", ["030 901820", "040 4286", "089 233-00"])]) == {
        "Telephone": "phone"
    }
    assert taken(["Phone|phone|phone-number"], [("Telephone", PEOPLE)]) == {}
