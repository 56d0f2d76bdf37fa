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
    shown = {column["header"]: (column["field"], column["status"], column["method"]) for column in review.columns()["columns"]}
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
