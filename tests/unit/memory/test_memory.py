"""Learned matches."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from headgate.accounts.service import AccountService
from headgate.db import Database
from headgate.errors import InvalidError, NotFoundError
from headgate.memory import MemoryService


@pytest.fixture
def organization(database: Database) -> uuid.UUID:
    return AccountService(database).default_organization()


def learned(header: str, field: str | None) -> dict[str, Any]:
    return {"headers": [{"header": header, "field": field, "count": 1}], "values": []}


def teach(database: Database, organization: uuid.UUID, *lessons: dict[str, Any]) -> None:
    for lesson in lessons:
        with database.write() as session:
            MemoryService(database).learn(session, organization, "I", lesson)


def headers(database: Database, organization: uuid.UUID) -> list[tuple[str, str | None, int]]:
    found = MemoryService(database).export(organization, "I")["headers"]
    return [(one["header"], one["field"], one["count"]) for one in found]


def test_what_is_said_again_counts_up_and_comes_first(database: Database, organization: uuid.UUID) -> None:
    teach(database, organization, learned("a", "x"), learned("b", None), learned("a", "x"))
    assert headers(database, organization) == [("a", "x", 2), ("b", None, 1)]


def test_a_newer_decision_takes_the_place_of_an_older_one(database: Database, organization: uuid.UUID) -> None:
    teach(database, organization, learned("a", "x"), learned("a", "x"), learned("a", "y"))
    assert headers(database, organization) == [("a", "y", 1)]


def test_memory_belongs_to_one_organization(database: Database, organization: uuid.UUID) -> None:
    other = AccountService(database).create_organization("Other")
    teach(database, organization, learned("a", "x"))
    service = MemoryService(database)
    assert service.identifiers(other) == []
    with pytest.raises(NotFoundError):
        service.export(other, "I")
    with pytest.raises(NotFoundError):
        service.forget(other, "I")


def test_an_export_can_be_imported_again(database: Database, organization: uuid.UUID) -> None:
    service = MemoryService(database)
    values = [{"field": "stage", "value": "won", "option": "closed", "count": 3}]
    teach(database, organization, learned("a", "x") | {"values": values})
    exported = service.export(organization, "I")
    service.forget(organization, "I")
    imported = service.replace(organization, "I", exported)
    for part in ("headers", "values"):
        for one in (*exported[part], *imported[part]):
            one.pop("last_used")
    assert imported == exported


@pytest.mark.parametrize(
    ("body", "paths"),
    [
        ({"headers": 3}, {"headers"}),
        ({"headers": [3]}, {"headers[0]"}),
        ({"headers": [{"header": "a", "field": 3, "count": 0}]}, {"headers[0].field", "headers[0].count"}),
        ({"values": [{"value": "a"}]}, {"values[0].field", "values[0].option"}),
        ({"headers": [{"header": "a\0", "field": None}]}, {"headers[0].header"}),
    ],
)
def test_what_cannot_be_imported_is_named_and_changes_nothing(
    database: Database, organization: uuid.UUID, body: dict[str, Any], paths: set[str]
) -> None:
    teach(database, organization, learned("a", "x"))
    with pytest.raises(InvalidError) as raised:
        MemoryService(database).replace(organization, "I", body)
    assert set(raised.value.problems) == paths
    assert headers(database, organization) == [("a", "x", 1)]
