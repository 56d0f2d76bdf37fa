"""The first three steps of a review: what is asked, what a person may answer, and what follows from it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from headgate.engine.review.log import RefusedChangeError
from tests.unit.engine.review.reviews import Fields, journey

PEOPLE: Fields = [
    {"label": "Name", "key": "name", "validators": [{"validate": "required"}]},
    {"label": "Joined", "key": "joined", "type": "date"},
    {
        "label": "Team",
        "key": "team",
        "type": "select",
        "selectOptions": [{"label": "Sales", "value": "s"}, {"label": "Engineering", "value": "e"}],
    },
]
UNCLEAR_HEADER = "alpha,beta,gamma\nAnn,01/02/2024,Sales\nBob,03/02/2024,zzz\nCy,13/02/2024,Engineering\n"
GOOD = "Name,Joined,Team\nAnn,01/02/2024,Sales\nBob,03/02/2024,Marketing\nCy,,zzz\nDee,04/04/2024,zzz\n"


def steps(state: dict[str, Any]) -> dict[str, str]:
    return {step["name"]: step["status"] for step in state["steps"]}


def test_an_unclear_header_is_asked_first_and_everything_behind_it_waits(tmp_path: Path) -> None:
    one = journey(tmp_path, UNCLEAR_HEADER, PEOPLE)
    assert one.run().status == "NEEDS_REVIEW"
    review = one.open()
    state = review.state()
    assert (state["step"], [reason["code"] for reason in state["reasons"]]) == ("header", ["header_row_not_determined"])
    assert steps(state) == {"header": "current", "columns": "upcoming", "values": "upcoming", "review": "upcoming"}
    with pytest.raises(RefusedChangeError, match="First choose the row"):
        review.columns()
    view = review.header({})
    assert [row["cells"][0] for row in view["rows"]] == ["alpha", "Ann", "Bob", "Cy"]
    assert view["status"] == "uncertain"
    review.close()


def test_header_columns_values_and_dates_decided_by_people_lead_to_the_result_they_mean(tmp_path: Path) -> None:
    one = journey(tmp_path, UNCLEAR_HEADER, PEOPLE)
    one.run()
    review = one.open()
    one.decide(review, "header", rows=[0])
    assert review.state()["step"] == "columns"
    one.decide(review, "columns", columns={0: {"field": "name"}, 1: {"field": "joined"}, 2: {"field": "team"}})
    shown = {
        column["header"]: (column["field"], column["status"], column["method"])
        for column in review.columns()["columns"]
    }
    assert shown["beta"] == ("joined", "accepted", "person")
    assert review.state()["step"] == "values"
    one.decide(review, "values", values={"team": {"zzz": "e"}})
    review.close()
    outcome = one.finish()
    assert outcome.status == "SUCCESSFUL", outcome.errors
    assert list(outcome.rows()) == [
        {"name": "Ann", "joined": "2024-02-01", "team": "s"},
        {"name": "Bob", "joined": "2024-02-03", "team": "e"},
        {"name": "Cy", "joined": "2024-02-13", "team": "e"},
    ]
    decisions = outcome.decisions
    assert decisions["header"]["status"] == "person"
    assert {column["method"] for column in decisions["columns"]} == {"person"}
    assert [(v["value"], v["option"], v["method"]) for v in decisions["values"] if v["method"] == "person"] == [
        ("zzz", "e", "person")
    ]
    assert outcome.learned is not None
    assert outcome.learned.headers == {"alpha": "name", "beta": "joined", "gamma": "team"}
    assert outcome.learned.values == {"team": {"zzz": "e"}}


NAMED = "Name,Joined,Team\n"


def test_values_are_counted_with_what_headgate_would_propose(tmp_path: Path) -> None:
    one = journey(tmp_path, GOOD.replace("Marketing", "Sale dept"), PEOPLE)
    one.run()
    review = one.open()
    (team,) = review.values()["fields"]
    assert (team["field"], team["column"], team["total"]) == ("team", "team", 2)
    assert [(v["text"], v["count"], v["option"], v["status"]) for v in team["values"]] == [
        ("zzz", 2, None, "unmapped"),
        ("Sale dept", 1, None, "unmapped"),
    ]
    one.decide(review, "values", values={"team": {"zzz": None, "Sale dept": "s"}})
    decided = {v["text"]: (v["status"], v["option"]) for v in review.values()["fields"][0]["values"]}
    assert decided == {"zzz": ("ignored", None), "Sale dept": ("accepted", "s")}
    one.decide(review, "values", orders={"joined": "day_month"})
    assert review.state()["step"] == "review"
    review.close()


def test_a_text_that_a_person_leaves_without_an_option_stays_an_error(tmp_path: Path) -> None:
    one = journey(tmp_path, NAMED + "Ann,,sales\nBob,,Sales\n", PEOPLE)
    review = one.open()
    one.decide(review, "values", values={"team": {"sales": None}})
    review.close()
    outcome = one.finish()
    assert [row["name"] for row in outcome.rows()] == ["Bob"]
    assert outcome.decisions["rows"]["invalid"] == 1


def test_dates_that_both_orders_read_are_asked_about_once_with_both_readings(tmp_path: Path) -> None:
    one = journey(tmp_path, GOOD, PEOPLE)
    review = one.open()
    (question,) = review.values()["dates"]
    assert (question["field"], question["ambiguous"]) == ("joined", 2)
    assert (question["only_day_month"], question["only_month_day"]) == (0, 0)
    assert question["examples"][0] == {"text": "01/02/2024", "day_month": "2/1/2024", "month_day": "1/2/2024"}
    assert (question["order"], question["by_person"]) == ("month_day", False)
    one.decide(review, "values", orders={"joined": "day_month"}, values={"team": {"zzz": "e", "Marketing": "s"}})
    (question,) = review.values()["dates"]
    assert (question["order"], question["by_person"]) == ("day_month", True)
    review.close()
    outcome = one.finish()
    assert [row["joined"] for row in outcome.rows()] == ["2024-02-01", "2024-02-03", None, "2024-04-04"]
    (entry,) = [entry for entry in outcome.decisions["types"] if entry["field"] == "joined"]
    assert (entry["dayMonthOrder"], entry["method"]) == ("DMY", "person")


def test_contradictory_dates_are_asked_about_and_each_clear_one_keeps_its_only_meaning(tmp_path: Path) -> None:
    content = NAMED + "A,25/01/2024,\nB,01/25/2024,\nC,03/04/2024,\nD,05/05/2024,\n"
    one = journey(tmp_path, content, PEOPLE)
    review = one.open()
    (question,) = review.values()["dates"]
    assert (question["only_day_month"], question["only_month_day"], question["ambiguous"]) == (1, 1, 1)
    assert question["order"] is None
    assert question["examples"][0]["text"] == "03/04/2024"
    one.decide(review, "values", orders={"joined": "day_month"})
    review.close()
    assert [row["joined"] for row in one.finish().rows()] == ["2024-01-25", "2024-01-25", "2024-04-03", "2024-05-05"]


def test_columns_of_two_digit_numbers_are_dates_with_the_day_first_once_a_person_says_so(tmp_path: Path) -> None:
    rows = "".join(f"P{day},{day}-03-07,\n" for day in range(13, 29))
    one = journey(tmp_path, NAMED + rows, PEOPLE)
    review = one.open()
    (question,) = review.values()["dates"]
    assert question["ambiguous"] == 16
    one.decide(review, "values", orders={"joined": "day_month"})
    review.close()
    assert next(iter(one.finish().rows()))["joined"] == "2007-03-13"


def test_proven_dates_and_known_options_leave_no_values_step(tmp_path: Path) -> None:
    one = journey(tmp_path, NAMED + "Ann,25/01/2024,Sales\n", PEOPLE, invalidDataBehavior="BLOCK_SUBMIT")
    review = one.open()
    assert steps(review.state())["values"] == "skipped"
    assert review.values() == {"fields": [], "dates": []}
    review.close()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"values": {"team": {"zzz": "nowhere"}}}, "unknown_option"),
        ({"values": {"name": {"Ann": "s"}}}, "unknown_field"),
        ({"values": {"gone": {"Ann": "s"}}}, "unknown_field"),
        ({"orders": {"team": "day_month"}}, "unknown_field"),
        ({"orders": {"joined": "year_first"}}, "unknown_order"),
    ],
)
def test_impossible_answers_about_values_are_refused(tmp_path: Path, body: dict[str, Any], code: str) -> None:
    one = journey(tmp_path, GOOD, PEOPLE)
    review = one.open()
    with pytest.raises(RefusedChangeError) as refused:
        review.decide("values", body)
    assert refused.value.code == code
    review.close()


# Columns


def test_taking_a_field_frees_the_column_that_had_it(tmp_path: Path) -> None:
    one = journey(tmp_path, "Name,Nickname,Team\nAnn,Annie,Sales\n", PEOPLE)
    review = one.open()
    one.decide(review, "columns", columns={1: {"field": "name"}})
    columns = review.columns()["columns"]
    assert [(column["field"], column["status"]) for column in columns] == [
        (None, "unmapped"),
        ("name", "accepted"),
        ("team", "accepted"),
    ]
    assert columns[0]["evidence"][0]["code"] == "field_taken"
    assert "Nickname" in columns[0]["evidence"][0]["text"]
    assert columns[0]["suggestions"][0]["field"] == "name"
    one.decide(review, "columns", columns={0: {"field": "name"}})
    assert [column["field"] for column in review.columns()["columns"]] == ["name", None, "team"]
    one.decide(review, "columns", columns={0: {}})
    assert review.columns()["columns"][0]["method"] == "exact"
    review.close()


def test_an_ignored_column_is_left_out_and_remembered_so(tmp_path: Path) -> None:
    one = journey(tmp_path, NAMED + "Ann,25/01/2024,Sales\n", PEOPLE)
    review = one.open()
    one.decide(review, "columns", columns={1: {"ignore": True}})
    assert review.columns()["columns"][1]["status"] == "ignored"
    review.close()
    outcome = one.finish()
    assert list(outcome.rows()) == [{"name": "Ann", "team": "s"}]
    assert outcome.learned is not None
    assert outcome.learned.headers["joined"] is None


def test_a_required_field_without_a_column_stands_out_and_blocks_the_way(tmp_path: Path) -> None:
    one = journey(tmp_path, "Who,Joined,Team\nAnn,25/01/2024,Sales\n", PEOPLE)
    one.run()
    review = one.open()
    view = review.columns()
    assert view["unmatched_required"] == ["name"]
    with pytest.raises(RefusedChangeError, match="First match the columns"):
        review.advance("review")
    one.decide(review, "columns", columns={0: {"field": "name"}})
    assert review.columns()["unmatched_required"] == []
    review.advance("review")
    review.close()


TAGS: Fields = [
    {"label": "Name", "key": "name"},
    {"label": "Tags", "key": "tags", "manyToOne": True},
]


def test_a_many_to_one_field_takes_several_columns(tmp_path: Path) -> None:
    one = journey(tmp_path, "Name,x,y\nAnn,red,blue\n", TAGS)
    review = one.open()
    one.decide(review, "columns", columns={1: {"field": "tags"}, 2: {"field": "tags"}})
    review.close()
    assert list(one.finish().rows()) == [{"name": "Ann", "tags": ["red", "blue"]}]


def test_a_field_of_ones_own_is_added_typed_and_marked_as_custom(tmp_path: Path) -> None:
    one = journey(tmp_path, "Name,Shoe size\nAnn,41\n", PEOPLE[:1], allowCustomFields=True)
    review = one.open()
    one.decide(review, "columns", columns={1: {"custom": {"label": "Name", "type": "number"}}})
    fields = {field["key"]: field for field in review.state()["fields"]}
    assert fields["Name"]["custom"]
    assert not fields["name"]["custom"]
    review.close()
    outcome = one.finish()
    assert list(outcome.rows()) == [{"name": "Ann", "Name": 41}]
    assert outcome.metadata is not None
    assert outcome.metadata["fields"]["Name"]["isCustom"] is True
    assert outcome.metadata["fields"]["name"]["isCustom"] is False


@pytest.mark.parametrize(
    ("settings", "columns", "code"),
    [
        ({}, {1: {"custom": {"label": "Size"}}}, "not_allowed"),
        ({"allowCustomFields": True}, {1: {"custom": {"label": "Size", "type": "shoe"}}}, "wrong_field"),
        ({"allowCustomFields": True}, {1: {"custom": {"label": "Size", "type": "select"}}}, "wrong_field"),
        ({}, {1: {"field": "nothing"}}, "unknown_field"),
        ({}, {7: {"field": "name"}}, "unknown_column"),
        ({}, {-1: {"field": "name"}}, "unknown_column"),
        ({}, {1: {"field": "name", "ignore": True}}, "contradiction"),
    ],
)
def test_impossible_matches_are_refused(
    tmp_path: Path, settings: dict[str, Any], columns: dict[int, Any], code: str
) -> None:
    one = journey(tmp_path, "Name,Size\nAnn,41\n", PEOPLE[:1], **settings)
    review = one.open()
    with pytest.raises(RefusedChangeError) as refused:
        review.decide("columns", {"columns": columns})
    assert refused.value.code == code
    review.close()


def test_one_button_takes_every_uncertain_match_but_none_that_two_columns_want_alike(tmp_path: Path) -> None:
    fields: Fields = [{"label": "Email", "key": "email"}, {"label": "Phone", "key": "phone"}]
    one = journey(tmp_path, "Email,Email,Phone (private)\na@b.co,c@d.co,+49 30 123456\n", fields)
    one.run()
    review = one.open()
    assert review.columns()["uncertain"] == [0, 1, 2]
    one.decide(review, "columns", columns={}, accept_suggested=True)
    assert [column["field"] for column in review.columns()["columns"]][2] == "phone"
    assert review.columns()["uncertain"] == [0, 1]
    one.decide(review, "columns", columns={1: {"field": "email"}}, accept_suggested=True)
    assert review.columns()["uncertain"] == []
    review.close()


def test_samples_are_different_texts_from_all_over_the_column(tmp_path: Path) -> None:
    rows = "".join(f"{'same' if n < 900 else n},,\n" for n in range(1_000))
    one = journey(tmp_path, NAMED + rows, PEOPLE)
    review = one.open()
    name = review.columns()["columns"][0]
    assert len(name["samples"]) == len(set(name["samples"])) == 5
    assert name["samples"][0] == "same"
    assert int(name["samples"][-1]) > 950
    assert review.columns()["columns"][1]["filled"] == 0
    review.close()


# State


def test_help_texts_come_without_anything_that_runs_or_loads(tmp_path: Path) -> None:
    helped = "<b>Hi</b><script>alert(1)</script><img src=x onerror=alert(1)>"
    one = journey(tmp_path, GOOD, PEOPLE, matchingStep={"helpText": helped})
    review = one.open()
    assert {step["name"]: step["help"] for step in review.state()["steps"]}["columns"] == "<b>Hi</b>"
    review.close()


def test_the_columns_step_is_skipped_where_the_schema_says_so_and_every_field_is_matched(tmp_path: Path) -> None:
    one = journey(tmp_path, GOOD, PEOPLE, matchingStep={"skipIfAllFieldsMatched": True})
    review = one.open()
    assert steps(review.state())["columns"] == "skipped"
    one.decide(review, "columns", columns={1: {"ignore": True}})
    assert steps(review.state())["columns"] == "done"
    review.close()


def test_the_state_says_why_in_the_language_of_the_schema(tmp_path: Path) -> None:
    one = journey(tmp_path, "Who,Joined\nAnn,25/01/2024\n", PEOPLE, locale="de")
    one.run()
    review = one.open()
    (reason,) = review.state()["reasons"]
    assert reason["code"] == "required_field_unmapped"
    assert "Name" in reason["text"]
    assert "Spalte" in reason["text"]
    review.close()
