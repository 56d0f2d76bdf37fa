"""A checkbox reads nearly everything for yes: what says no in another way is asked about, whatever the column is called."""

from __future__ import annotations

import pytest

from benchmarks.scoreboard.samples import reader_for
from headgate.engine.match import SourceColumn, match_columns
from headgate.engine.match.checkbox_values import checkbox_fit
from headgate.engine.match.decisions import ColumnDecision
from headgate.schema import parse_schema

FIELDS = parse_schema([{"label": "Active", "key": "is_active", "type": "checkbox"}], {}).fields


def decided(header: str, texts: list[str], *, fuzzy: bool = True) -> ColumnDecision:
    column = SourceColumn(0, header, texts)
    return match_columns([column], FIELDS, reader_for=reader_for, fuzzy=fuzzy)[0]


@pytest.mark.parametrize("header", ["Active", "is_active", "ACTIVE", "Aktiv"])
@pytest.mark.parametrize(
    ("texts", "misread"),
    [
        (["ja", "nein", "ja"], "nein"),
        (["oui", "non"], "non"),
        (["1,0", "0,0"], "0,0"),
        (["1.0", "0.0"], "0.0"),
        (["はい", "いいえ"], "いいえ"),
        (["active", "inactive"], "inactive"),
        (["aktiv", "inaktiv"], "inaktiv"),
        (["yes", "no", "none"], "none"),
        (["T", "F"], "F"),
        (["K", "E"], "E"),
        (["x", "-"], "-"),
        (["wahr", "falsch"], "falsch"),
    ],
)
def test_a_no_that_would_count_as_yes_is_asked_about_whatever_the_header(
    header: str, texts: list[str], misread: str
) -> None:
    decision = decided(header, texts)
    assert (decision.status, decision.field) == ("uncertain", "is_active")
    assert [one["value"] for one in decision.evidence if one["code"] == "counts_as_yes"] == [misread]


def test_it_is_asked_about_too_where_names_must_be_exact() -> None:
    assert decided("Active", ["ja", "nein"], fuzzy=False).status == "uncertain"


def test_a_column_of_other_things_is_asked_about_even_under_the_very_name() -> None:
    assert decided("Active", ["Paris", "Rome", "Berlin"]).status == "uncertain"


@pytest.mark.parametrize(
    "texts",
    [
        ["yes", "no"], ["Y", "N"], ["TRUE", "FALSE"], ["1", "0"], ["x", ""], ["on", "off"], ["enabled", "disabled"], ["ja", ""],
        ["1.0", "0"], ["yes", "no", "anything"], ["✓"], [], [""],
    ],
)  # fmt: skip
def test_what_the_type_reads_as_people_do_is_taken(texts: list[str]) -> None:
    assert decided("Active", texts).status == "accepted"


def test_an_empty_column_of_the_name_is_taken_and_other_types_keep_their_names() -> None:
    number = parse_schema([{"label": "Count", "key": "count", "type": "number"}], {}).fields
    assert match_columns([SourceColumn(0, "Count", ["nein"])], number, reader_for=reader_for)[0].status == "accepted"


def test_the_share_counts_what_is_an_answer_at_all() -> None:
    assert checkbox_fit(["yes", "no", "perhaps", "later"]).share == 0.5
    assert checkbox_fit(["yes", "no", "perhaps", "later"]).misread is None
