"""`/recipes/`: saved, versioned, switched, exported and imported again."""

from __future__ import annotations

import tomllib
import uuid
from typing import Any

import httpx
import pytest

from tests.contract.harness import Service

RECIPE = {"recipe": 1, "columns": [{"header": "Mail", "field": "email"}]}


def saved(client: httpx.Client, identifier: str, **body: Any) -> dict[str, Any]:
    answer = client.post("/recipes/", json={"import_identifier": identifier, **(body or {"recipe": RECIPE})})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_recipe_is_saved_read_changed_switched_and_deleted(client: httpx.Client) -> None:
    made = saved(client, "Recipes / ü")
    path = f"/recipes/{made['id']}/"
    assert (made["version"], made["enabled"], made["recipe"]) == (1, True, RECIPE)
    assert client.get(path).json() == made
    listed = client.get("/recipes/", params={"import_identifier": "Recipes / ü"}).json()
    assert [(one["id"], one["parts"]["columns"]) for one in listed] == [(made["id"], 1)]
    changed = client.put(path, json={"toml": "recipe = 1\n[[columns]]\nheader = 'Mail'\nignore = true\n"}).json()
    assert changed["version"] == 2
    assert changed["recipe"]["columns"] == [{"header": "Mail", "ignore": True}]
    assert client.patch(path, json={"enabled": False}).json()["enabled"] is False
    versions = client.get(f"{path}versions/").json()
    assert [(one["version"], one["author"]["kind"]) for one in versions] == [(2, "key"), (1, "key")]
    assert client.get(f"{path}versions/1/").json()["recipe"] == RECIPE
    restored = client.post(f"{path}versions/1/restore/").json()
    assert (restored["version"], restored["recipe"], restored["enabled"]) == (3, RECIPE, False)
    assert client.delete(path).status_code == 204
    assert client.get(path).status_code == 404


def test_a_name_that_no_recipe_can_have_finds_none(client: httpx.Client) -> None:
    answer = client.get("/recipes/", params={"import_identifier": "a\0b"})
    assert (answer.status_code, answer.json()) == (200, [])


def test_an_export_is_a_readable_file_that_can_be_imported_again(client: httpx.Client) -> None:
    made = saved(client, "exported")
    toml = client.get(f"/recipes/{made['id']}/export/")
    assert toml.headers["content-type"].startswith("application/toml")
    assert toml.headers["content-disposition"] == f'attachment; filename="recipe-{made["id"]}.toml"'
    assert tomllib.loads(toml.text) == RECIPE
    assert client.get(f"/recipes/{made['id']}/export/?format=json&version=1").json() == RECIPE
    assert saved(client, "imported again", toml=toml.text)["recipe"] == RECIPE
    assert client.get(f"/recipes/{made['id']}/export/?version=9").status_code == 404


@pytest.mark.parametrize(
    ("body", "paths"),
    [
        ({}, {"recipe"}),
        ({"recipe": RECIPE, "toml": "x"}, {"recipe"}),
        ({"recipe": RECIPE}, {"import_identifier"}),
        ({"toml": 7, "import_identifier": "x"}, {"toml"}),
        ({"toml": "recipe =", "import_identifier": "x"}, {"toml"}),
        ({"recipe": {"recipe": 1}, "import_identifier": "x"}, {"recipe"}),
        (
            {"recipe": {"recipe": 1, "colums": 1, "columns": [{"header": 1}]}, "import_identifier": "x"},
            {"recipe.colums", "recipe.columns[0].header"},
        ),
    ],
)
def test_a_wrong_recipe_is_refused_with_every_place(client: httpx.Client, body: Any, paths: set[str]) -> None:
    answer = client.post("/recipes/", json=body)
    assert answer.status_code == 400
    assert set(answer.json()) == paths


def test_wrong_parameters_are_refused(client: httpx.Client) -> None:
    made = saved(client, "parameters")
    assert client.get(f"/recipes/{made['id']}/export/?format=xml").json() == {"format": ["Expected toml or json."]}
    assert client.patch(f"/recipes/{made['id']}/", json={"enabled": "yes"}).json() == {
        "enabled": ["Expected true or false."]
    }
    for version in ("0", "x", "-1", "9" * 30, "２"):
        assert client.get(f"/recipes/{made['id']}/versions/{version}/").status_code == 404


def test_recipes_of_others_do_not_exist(client: httpx.Client, other_client: httpx.Client) -> None:
    made = saved(client, "private")
    path = f"/recipes/{made['id']}/"
    assert all(one["import_identifier"] != "private" for one in other_client.get("/recipes/").json())
    answers = [
        other_client.get(path), other_client.put(path, json={"recipe": RECIPE}), other_client.delete(path),
        other_client.patch(path, json={"enabled": True}), other_client.get(f"{path}export/"),
        other_client.get(f"{path}versions/"), other_client.post(f"{path}versions/1/restore/"),
    ]  # fmt: skip
    assert {answer.status_code for answer in answers} == {404}


def test_without_a_key_nothing_is_told(service: Service) -> None:
    with service.client(None) as nobody:
        paths = ["/recipes/", f"/recipes/{uuid.uuid4()}/", f"/recipes/{uuid.uuid4()}/export/"]
        assert {nobody.get(path).status_code for path in paths} == {401}


def test_a_change_does_not_overwrite_what_somebody_saved_meanwhile(client: httpx.Client) -> None:
    path = f"/recipes/{saved(client, uuid.uuid4().hex)['id']}/"
    seen = {"If-Match": client.get(path).headers["etag"]}
    theirs = RECIPE | {"description": "theirs"}
    assert client.put(path, json={"recipe": theirs}, headers=seen).headers["etag"] == '"2"'
    assert client.put(path, json={"recipe": theirs}, headers=seen).json()["version"] == 2
    refused = client.put(path, json={"recipe": RECIPE}, headers=seen)
    assert (refused.status_code, refused.headers["etag"], refused.json()["current"]["version"]) == (412, '"2"', 2)
    assert client.post(f"{path}versions/1/restore/", headers=seen).status_code == 412
    assert client.get(path).json()["recipe"] == theirs
    assert client.put(path, json={"recipe": RECIPE}, headers={"If-Match": '"2"'}).json()["version"] == 3
