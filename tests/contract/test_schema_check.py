"""Checking a schema without saving it."""

from __future__ import annotations

import httpx

from tests.contract.harness import FIELDS

GOOD = {"name": "People", "fields": FIELDS, "settings": {"importIdentifier": "people"}}


def test_a_schema_that_can_be_saved_has_no_problems_and_is_not_saved_by_asking(client: httpx.Client) -> None:
    before = client.get("/schemas/").json()
    answer = client.post("/schemas/check/", json=GOOD)
    assert (answer.status_code, answer.json()) == (200, {"problems": {}})
    assert client.get("/schemas/").json() == before


def test_all_problems_are_told_at_once_by_the_paths_that_saving_names(client: httpx.Client) -> None:
    bad = {
        "name": " ",
        "fields": [*FIELDS, {"label": "E", "key": "email", "type": ["number", {"min": 2, "max": 1}]}],
        "settings": {"importIdentifer": "x"},
        "hooks": {"rowHooks": ["(record) => {"]},
    }
    problems = client.post("/schemas/check/", json=bad).json()["problems"]
    assert problems == client.post("/schemas/", json=bad).json()
    assert {"name", "fields[2].type[1]", "settings.importIdentifer", "hooks.rowHooks[0]"} <= set(problems)


def test_what_is_no_schema_at_all_is_answered_and_not_crashed_on(client: httpx.Client) -> None:
    for body in ({}, {"fields": 1, "settings": [], "hooks": "x", "name": None}):
        assert client.post("/schemas/check/", json=body).json()["problems"]
    assert client.post("/schemas/check/", content=b"{").status_code == 400
    assert client.post("/schemas/check/", json=[]).status_code == 400


def test_without_a_key_nothing_is_checked(client: httpx.Client) -> None:
    answer = httpx.post(f"{client.base_url}/schemas/check/".replace("//schemas", "/schemas"), json=GOOD)
    assert answer.status_code == 401
