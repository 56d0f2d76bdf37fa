"""api.md, "Saved schemas"."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.contract.harness import FIELDS

SETTINGS = {"importIdentifier": "People"}


def body(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "fields": FIELDS, "settings": SETTINGS} | more


def test_a_schema_comes_back_exactly_as_it_was_sent(client: httpx.Client) -> None:
    fields = [
        {"type": ["number", {"preset": "usd", "max": 12345678901234567890}], "key": "b", "label": "Ä\u0000 😀"},
        {"label": "A", "key": "a", "validators": [{"validate": "regex_match", "regex": "^\\d+$"}]},
    ]
    sent = body("exact", fields=fields, settings={"importIdentifier": "X", "maxRecords": None}, hooks={})
    made = client.post("/schemas/", json=sent)
    assert made.status_code == 201
    assert made.json() == {"id": made.json()["id"]} | sent
    assert [list(field) for field in made.json()["fields"]] == [list(field) for field in fields]
    assert client.get(f"/schemas/{made.json()['id']}").json() == made.json()


def test_the_list_is_a_plain_array(client: httpx.Client) -> None:
    made = client.post("/schemas/", json=body("listed")).json()
    listed = client.get("/schemas").json()
    assert made in listed


def test_a_name_is_unique_in_the_organization_only(client: httpx.Client, other_client: httpx.Client) -> None:
    assert client.post("/schemas/", json=body("unique")).status_code == 201
    again = client.post("/schemas/", json=body("unique"))
    assert (again.status_code, list(again.json())) == (400, ["name"])
    theirs = other_client.post("/schemas/", json=body("unique")).json()
    other_client.delete(f"/schemas/{theirs['id']}/")
    second = client.post("/schemas/", json=body("unique 2")).json()
    renamed = client.put(f"/schemas/{second['id']}/", json=body("unique"))
    assert (renamed.status_code, list(renamed.json())) == (400, ["name"])
    assert client.put(f"/schemas/{second['id']}/", json=body("unique 2")).status_code == 200


@pytest.mark.parametrize(
    ("sent", "paths"),
    [
        ({}, {"name", "fields", "settings"}),
        (body(""), {"name"}),
        (body("a\0b"), {"name"}),
        (body("x" * 300), {"name"}),
        (body("n") | {"name": 3}, {"name"}),
        (body("n", settings={}), {"settings.importIdentifier"}),
        (body("n", settings={"importIdentifier": "a\0"}), {"settings.importIdentifier"}),
        (body("n", fields=[]), {"fields"}),
        (body("n", fields=[{"key": "a", "label": "A", "type": "select"}]), {"fields[0].selectOptions"}),
        (body("n", fields=[{"key": "a", "label": "A", "validators": [{"validate": "regex_match", "regex": "("}]}]),
         {"fields[0].validators[0].regex"}),
        (body("n", hooks={"rowHooks": ["(r) => r", "not a function"]}), {"hooks.rowHooks[1]"}),
        (body("n", hooks={"rowHook": []}), {"hooks.rowHook"}),
    ],
)  # fmt: skip
def test_a_schema_that_cannot_be_used_is_refused_with_every_problem(
    client: httpx.Client, sent: dict[str, Any], paths: set[str]
) -> None:
    answer = client.post("/schemas/", json=sent)
    assert answer.status_code == 400
    assert set(answer.json()) == paths


def test_an_update_replaces_and_a_delete_removes(client: httpx.Client) -> None:
    made = client.post("/schemas/", json=body("to change")).json()
    changed = client.put(f"/schemas/{made['id']}", json=body("changed", fields=FIELDS[:1]))
    assert changed.json() == {"id": made["id"], "hooks": {}} | body("changed", fields=FIELDS[:1])
    assert client.delete(f"/schemas/{made['id']}").status_code == 204
    assert client.get(f"/schemas/{made['id']}/").status_code == 404
    assert client.put(f"/schemas/{made['id']}/", json=body("changed")).status_code == 404


def test_a_save_does_not_overwrite_what_somebody_saved_meanwhile(client: httpx.Client) -> None:
    made = client.post("/schemas/", json=body("two people"))
    path, seen = f"/schemas/{made.json()['id']}/", made.headers["etag"]
    assert seen == '"1"' == client.get(path).headers["etag"]
    theirs = client.put(path, json=body("two people", fields=FIELDS[:1]), headers={"If-Match": seen})
    assert (theirs.status_code, theirs.headers["etag"]) == (200, '"2"')
    mine = body("two people", fields=FIELDS[1:])
    for header in (seen, '"7"', "W/" + seen, '"1-gzip"', "nonsense", ""):
        refused = client.put(path, json=mine, headers={"If-Match": header})
        assert (refused.status_code, refused.headers["etag"]) == (412, '"2"'), header
        current = refused.json()["current"]
        assert (current["version"], current["created_by"]) == (2, {"kind": "key", "name": "test"})
        assert current["created_date"].endswith("Z")
    for method, place in (("POST", path + "versions/1/restore/"), ("DELETE", path)):
        assert client.request(method, place, headers={"If-Match": seen}).status_code == 412
    assert client.get(path).json() == theirs.json()
    assert client.put(path, json=mine, headers={"If-Match": refused.headers["etag"]}).headers["etag"] == '"3"'


def test_a_save_without_a_condition_replaces_whatever_is_there(client: httpx.Client) -> None:
    path = f"/schemas/{client.post('/schemas/', json=body('no condition')).json()['id']}/"
    assert client.put(path, json=body("no condition", fields=FIELDS[:1])).status_code == 200
    assert client.put(path, json=body("no condition"), headers={"If-Match": "*"}).headers["etag"] == '"3"'
    assert client.put(path, json=body("no condition"), headers={"If-Match": 'W/"3-gzip"'}).status_code == 200
    assert client.delete(path, headers={"If-Match": '"2", "3"'}).status_code == 204
    assert client.delete(path, headers={"If-Match": '"3"'}).status_code == 404
