"""Pairs of a header and a field that look alike and are not the same: classes of mistakes, in many languages."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.scoreboard.samples import field_json, reader_for, sample_of
from headgate.engine.match import ColumnDecision, SourceColumn, match_columns
from headgate.schema import parse_schema

ENGLISH = ("Order No", "Customer", "Notes")


def decided(field: str, header: str, values: str | list[str], beside: tuple[str, ...] = ENGLISH) -> ColumnDecision:
    written: list[dict[str, Any]] = [field_json(field)]
    columns = [SourceColumn(0, header, sample_of(values))]
    columns += [SourceColumn(index, other, sample_of("@word")) for index, other in enumerate(beside, 1)]
    return match_columns(columns, parse_schema(written, {}).fields, reader_for=reader_for)[0]


@pytest.mark.parametrize(
    ("field", "header", "values"),
    [
        ("Balance|b|number", "Sold", "@money"),
        ("Children|c|number", "Born", "@whole"),
        ("Batch|b", "Charge", "@money"),
        ("VIN|v", "Fin", "@sku"),
        ("House Number|h", "C.P.", "@int"),
        ("Mobile|m", "CEP", ["01001000", "20040002", "30110000"]),
        ("District|d", "Sector", ["Retail", "Energy", "Health"]),
        ("Country|c", "Tara", "@country"),
        ("Value Date|v|date", "Valor", "@iso"),
        ("Manager|m", "Chef", "@name"),
        ("Team|t", "Lag", "@word"),
        ("Hours|h|number", "Timer", "@whole"),
        ("Gender|g", "Gen", "@sex"),
        ("Commission|c|number", "Provision", "@money"),
        ("Salary|s|number", "Plat", "@money"),
        ("Stock|s|number", "Bestand", "@whole"),
    ],
)
def test_a_short_word_of_another_language_is_no_match_in_an_english_file(field: str, header: str, values: str) -> None:
    assert decided(field, header, values).status != "accepted"


@pytest.mark.parametrize(
    ("field", "header", "values", "beside"),
    [
        ("Balance|b|number", "Sold", "@money", ("Denumire", "Localitate", "Observații")),
        ("Commission|c|number", "Provision", "@money", ("Kundennummer", "Straße", "Bemerkung")),
        ("Manager|m", "Chef", "@name", ("Kundnummer", "Gata", "Anmärkning")),
        ("Hours|h|number", "Timer", "@whole", ("Kundenummer", "Gade", "Bemærkning")),
    ],
)
def test_the_same_word_counts_where_its_language_is_spoken(
    field: str, header: str, values: str, beside: tuple[str, ...]
) -> None:
    assert decided(field, header, values, beside).status == "accepted"


@pytest.mark.parametrize(
    ("field", "header", "values"),
    [
        ("Last Name|l", "Nom", ["Weber GmbH", "Hart & Sons", "Dubois SARL", "Rossi", "Novak"]),
        ("Last Name|l", "Nachname", ["Weber GmbH", "Hart", "Vogel Ltd.", "Rossi", "Novak"]),
        ("Balance Due|balance|number", "Solde", "@eumoney"),
        ("Weight (kg)|weight|number", "Gewicht", "@eumoney"),
        ("First Name|first", "Rufname", "@first"),
        ("First Name|first", "Roepnaam", "@first"),
        ("Last Name|last", "Family", ["Tools", "Paint", "Wood"]),
        ("Payment Purpose|p", "Purpose", "@text"),
    ],
)
def test_evidence_that_was_trusted_too_much_is_asked_about(field: str, header: str, values: str | list[str]) -> None:
    beside = ("Prénom", "Ville", "Rue") if header in {"Nom", "Solde"} else ("Straße", "Kundennummer", "Bemerkung")
    assert decided(field, header, values, beside).status != "accepted"


@pytest.mark.parametrize("first", ["Invoice ID", "Customer ID"])
@pytest.mark.parametrize(
    ("field", "header"),
    [
        ("Order Number|o", "Customer Order Number"),
        ("Customer Order Number|o", "Order Number"),
        ("Part Number|p", "Customer Part Number"),
        ("Item Number|p", "Customer Item Number"),
        ("Invoice Number|p", "Customer Invoice Number"),
        ("Reference|r", "Customer Reference"),
        ("Order Number|o", "Número do pedido do cliente"),
    ],
)
def test_a_number_that_each_party_gives_is_not_the_same_for_all(first: str, field: str, header: str) -> None:
    assert decided(field, header, "@sku", (first, "City", "Notes")).status != "accepted"


@pytest.mark.parametrize(
    ("field", "header", "values", "beside"),
    [
        ("Billing City|c", "City (Billing)", "@city", ("Order", "Status")),
        ("Attendee First Name|f", "First Name (Attendee)", "@first", ("Order", "Status")),
        ("Personal Email|e|email", "Correo personal", "@email", ("Número de cliente", "Calle", "Observaciones")),
        ("Tenant Email|e|email", "E-mail huurder", "@email", ("Straat", "Huisnummer", "Huurder")),
        ("Order Number|o", "№ замовлення", "@numbers", ("Прізвище", "Місто", "Кількість")),
    ],
)
def test_the_owner_may_stand_behind_the_thing(field: str, header: str, values: str, beside: tuple[str, ...]) -> None:
    assert decided(field, header, values, beside).status == "accepted"


@pytest.mark.parametrize(
    ("field", "header", "values"),
    [
        ("Account Manager|a", "Manager Account", "@name"),
        ("Rate Type|r", "Type Rate", "@word"),
        ("Price Unit|p", "Unit Price", "@money"),
        ("Parent Company|p", "Company Parent", "@firm"),
        ("Q1 Sales|q|number", "Q2 Sales", "@money"),
        ("Address 1|a", "Address 2", "@street"),
        ("Phone 1|p", "Phone 2", "@phones"),
        ("Amount|a|number", "Steuerbetrag", "@money"),
        ("Number|n", "Nom", "@last"),
        ("Possibly|p|checkbox", "Eventuell", "@yn"),
    ],
)
def test_words_and_numbers_that_change_places_or_value_mean_something_else(
    field: str, header: str, values: str
) -> None:
    assert decided(field, header, values).status != "accepted"
