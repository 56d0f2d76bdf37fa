"""Recipes in the database: versions, switching, and what an import begins with."""

from __future__ import annotations

import tomllib
import uuid
from typing import Any

import pytest

from headgate.accounts.service import AccountService
from headgate.db import Database
from headgate.errors import InvalidError, NotFoundError
from headgate.recipes import RecipeService
from headgate.recipes.forms import as_text, checked, from_toml

AUTHOR = ("user", uuid.UUID(int=7))


@pytest.fixture
def organization(database: Database) -> uuid.UUID:
    return AccountService(database).default_organization()


def document(option: str = "o") -> dict[str, Any]:
    return {
        "recipe": 1,
        "columns": [{"header": 'Mail "x"\\', "field": "mail"}, {"header": "Notiz\n2", "ignore": True}],
        "values": [{"field": "s", "text": "offen", "option": option}],
        "replacements": [{"field": "q", "pattern": r"^ca\. (\d+)", "to": "$1", "when": {"field": "s", "text": "x"}}],
    }


def begun_with(database: Database, organization: uuid.UUID, identifier: str | None) -> dict[str, Any] | None:
    with database.look() as connection:
        return RecipeService(database).for_import(connection, organization, identifier)


def test_every_save_is_a_version_and_imports_begin_with_the_newest(database: Database, organization: uuid.UUID) -> None:
    service = RecipeService(database)
    first = service.save(organization, "People", document(), AUTHOR)
    second = service.save(organization, "People", document("p"), AUTHOR)
    assert (first["id"], first["version"], second["version"]) == (second["id"], 1, 2)
    assert begun_with(database, organization, "People") == {"id": first["id"], "version": 2, "document": document("p")}
    assert begun_with(database, organization, "Other") is None
    assert begun_with(database, organization, None) is None
    restored = service.restore(organization, uuid.UUID(first["id"]), 1, ("key", None))
    assert (restored["version"], restored["recipe"]) == (3, document())
    versions = service.versions(organization, uuid.UUID(first["id"]))
    assert [(one["version"], one["author"]["kind"], one["restored_from"]) for one in versions] == [
        (3, "key", 1), (2, "user", None), (1, "user", None),
    ]  # fmt: skip
    assert service.all(organization)[0]["parts"] == {"columns": 2, "values": 1, "orders": 0, "replacements": 1}


def test_the_same_document_again_is_no_version_where_none_is_wanted(
    database: Database, organization: uuid.UUID
) -> None:
    service = RecipeService(database)
    saved = [service.save(organization, "P", document(), AUTHOR, repeat=False)["version"] for _ in range(2)]
    assert saved == [1, 1]


def test_a_recipe_that_is_switched_off_is_not_used_and_stays_off_when_it_changes(
    database: Database, organization: uuid.UUID
) -> None:
    service = RecipeService(database)
    saved = service.save(organization, "P", document(), AUTHOR)
    service.enable(organization, uuid.UUID(saved["id"]), False)
    assert service.save(organization, "P", document("p"), AUTHOR)["enabled"] is False
    assert begun_with(database, organization, "P") is None
    service.enable(organization, uuid.UUID(saved["id"]), True)
    assert begun_with(database, organization, "P") is not None


def test_a_recipe_belongs_to_one_organization(database: Database, organization: uuid.UUID) -> None:
    service, other = RecipeService(database), AccountService(database).create_organization("Other")
    saved = uuid.UUID(service.save(organization, "P", document(), AUTHOR)["id"])
    assert service.all(other) == []
    assert begun_with(database, other, "P") is None
    for attempt in (
        lambda: service.get(other, saved),
        lambda: service.replace(other, saved, document(), AUTHOR),
        lambda: service.enable(other, saved, True),
        lambda: service.restore(other, saved, 1, AUTHOR),
        lambda: service.versions(other, saved),
        lambda: service.version(other, saved, 1),
        lambda: service.delete(other, saved),
    ):
        with pytest.raises(NotFoundError):
            attempt()
    service.delete(organization, saved)
    assert service.all(organization) == []


@pytest.mark.parametrize("identifier", [None, "", 7, "x" * 501, "a\0b"])
def test_an_identifier_that_cannot_be_one_is_refused(
    database: Database, organization: uuid.UUID, identifier: Any
) -> None:
    with pytest.raises(InvalidError) as caught:
        RecipeService(database).save(organization, identifier, document(), AUTHOR)
    assert list(caught.value.problems) == ["import_identifier"]


def test_what_a_recipe_says_is_the_same_in_toml_and_json() -> None:
    text = as_text(checked(document()), "toml")
    assert tomllib.loads(text) == from_toml(text) == document()
    assert checked(from_toml(text)) == document()
    assert checked(from_toml("recipe = 1\n[[columns]]\nheader = 'A'\nfield = 'a'")) == {
        "recipe": 1, "columns": [{"header": "A", "field": "a"}],
    }  # fmt: skip


def test_a_document_that_cannot_be_kept_is_refused_with_its_place() -> None:
    with pytest.raises(InvalidError) as caught:
        from_toml("recipe = ")
    assert list(caught.value.problems) == ["toml"]
    with pytest.raises(InvalidError) as caught:
        checked({"recipe": 1, "columns": [{"header": "A"}]})
    assert list(caught.value.problems) == ["recipe.columns[0]"]
    values = [{"field": "s", "text": f"{n}" * 200, "option": "o"} for n in range(19_000)]
    with pytest.raises(InvalidError, match="at most"):
        checked({"recipe": 1, "values": values})
