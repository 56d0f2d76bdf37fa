"""Learned matches."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import pytest

from headgate.accounts.service import AccountService
from headgate.db import Database
from headgate.deletions import Cause, Deletion, DeletionLedger, Reason
from headgate.errors import InvalidError, NotFoundError
from headgate.memory import MemoryService
from headgate.memory.erasure import MemoryErasure
from headgate.storage import LocalBlobStore


@pytest.fixture
def organization(database: Database) -> uuid.UUID:
    return AccountService(database).default_organization()


@pytest.fixture
def erasure(database: Database, tmp_path: Path) -> MemoryErasure:
    return MemoryErasure(database, DeletionLedger(database, LocalBlobStore(tmp_path), b"secret"))


def learned(header: str, field: str | None) -> dict[str, Any]:
    return {"headers": [{"header": header, "field": field, "count": 1}], "values": []}


def teach(database: Database, organization: uuid.UUID, *lessons: dict[str, Any]) -> None:
    for lesson in lessons:
        with database.write() as session:
            MemoryService(database).learn(session.connection(), organization, "I", lesson)


def headers(database: Database, organization: uuid.UUID) -> list[tuple[str, str | None, int]]:
    found = MemoryService(database).export(organization, "I")["headers"]
    return [(one["header"], one["field"], one["count"]) for one in found]


def test_what_is_said_again_counts_up_and_comes_first(database: Database, organization: uuid.UUID) -> None:
    teach(database, organization, learned("a", "x"), learned("b", None), learned("a", "x"))
    assert headers(database, organization) == [("a", "x", 2), ("b", None, 1)]


def test_a_newer_decision_takes_the_place_of_an_older_one(database: Database, organization: uuid.UUID) -> None:
    teach(database, organization, learned("a", "x"), learned("a", "x"), learned("a", "y"))
    assert headers(database, organization) == [("a", "y", 1)]


def test_memory_belongs_to_one_organization(
    database: Database, organization: uuid.UUID, erasure: MemoryErasure
) -> None:
    other = AccountService(database).create_organization("Other")
    teach(database, organization, learned("a", "x"))
    service = MemoryService(database)
    assert service.identifiers(other) == []
    with pytest.raises(NotFoundError):
        service.export(other, "I")
    with pytest.raises(NotFoundError):
        erasure.forget(other, "I", Cause())


def test_an_export_can_be_imported_again(database: Database, organization: uuid.UUID, erasure: MemoryErasure) -> None:
    service = MemoryService(database)
    values = [{"field": "stage", "value": "won", "option": "closed", "count": 3}]
    teach(database, organization, learned("a", "x") | {"values": values})
    exported = service.export(organization, "I")
    erasure.forget(organization, "I", Cause())
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


def test_an_import_keeps_the_dates_and_the_order_of_the_export(database: Database, organization: uuid.UUID) -> None:
    service = MemoryService(database)
    teach(database, organization, learned("old", "x"), learned("middle", "y"), learned("new", "z"))
    before = service.export(organization, "I")
    assert service.replace(organization, "I", before) == before


def test_an_import_without_dates_keeps_its_order(database: Database, organization: uuid.UUID) -> None:
    body = {"headers": [{"header": name, "field": "x"} for name in ("first", "second", "third")]}
    found = MemoryService(database).replace(organization, "I", body)["headers"]
    assert [one["header"] for one in found] == ["first", "second", "third"]


def test_a_date_in_the_future_does_not_make_a_match_the_newest_for_ever(
    database: Database, organization: uuid.UUID
) -> None:
    entry = {"header": "a", "field": "x", "last_used": "9999-12-31T23:59:59Z"}
    MemoryService(database).replace(organization, "I", {"headers": [entry]})
    teach(database, organization, learned("b", "y"))
    assert headers(database, organization) == [("b", "y", 1), ("a", "x", 1)]


@pytest.mark.parametrize("date", ["yesterday", 17, {}, "0001-01-01T00:00:00+14:00", ""])
def test_a_date_of_use_that_is_none_is_refused(database: Database, organization: uuid.UUID, date: Any) -> None:
    entry = {"header": "a", "field": "x", "last_used": date}
    with pytest.raises(InvalidError) as refused:
        MemoryService(database).replace(organization, "I", {"headers": [entry]})
    assert list(refused.value.problems) == ["headers[0].last_used"]


def texts(database: Database, organization: uuid.UUID) -> set[str]:
    try:
        found = MemoryService(database).export(organization, "I")
    except NotFoundError:
        return set()
    return {one["header"] for one in found["headers"]} | {one["value"] for one in found["values"]}


def test_what_only_a_deleted_import_has_taught_is_forgotten(
    database: Database, organization: uuid.UUID, erasure: MemoryErasure
) -> None:
    first, second = uuid.uuid4(), uuid.uuid4()
    with database.write() as session:
        service = MemoryService(database)
        service.learn(session.connection(), organization, "I", learned("only first", "x"), first)
        service.learn(session.connection(), organization, "I", learned("only first", "x"), first)
        service.learn(session.connection(), organization, "I", learned("both", "x"), first)
        service.learn(session.connection(), organization, "I", learned("both", "x"), second)
        service.learn(session.connection(), organization, "I", learned("only second", "x"), second)
    with database.write() as session:
        assert erasure.forget_import(session, first, Cause(Reason.RETENTION)) == {}
    assert texts(database, organization) == {"only first", "both", "only second"}
    with database.write() as session:
        assert erasure.forget_import(session, first, Cause()) == {"learned_matches": 1}
    assert texts(database, organization) == {"both", "only second"}


def test_texts_of_a_person_are_forgotten_wherever_they_stand(
    database: Database, organization: uuid.UUID, erasure: MemoryErasure
) -> None:
    other = AccountService(database).create_organization("Other")
    values = [
        {"field": "owner", "value": one, "option": "x", "count": 1} for one in ("Mrs. ADA Lovelace", "100%", "Bob")
    ]
    teach(database, organization, learned("Zoë", "ada lovelace") | {"values": values})
    teach(database, other, learned("Ada Lovelace", "x"))
    receipt, removed = erasure.forget_texts(organization, {"texts": ["Ada Lovelace", "zz%"]}, Cause())
    assert (removed, texts(database, organization), texts(database, other)) == (2, {"100%", "Bob"}, {"Ada Lovelace"})
    with database.read() as session:
        told = session.get_one(Deletion, receipt)
        assert (told.kind, told.object_id, told.rows, told.signature is None) == (
            "memory", None, {"learned_matches": 2}, False,
        )  # fmt: skip
    assert erasure.forget_texts(organization, {"texts": ["nobody"]}, Cause())[1] == 0


@pytest.mark.parametrize(
    "body", [{}, {"texts": []}, {"texts": ["a"]}, {"texts": [1]}, {"texts": ["ab"] * 101}, {"texts": ["a\0b"]}]
)
def test_what_is_no_list_of_texts_is_not_forgotten(
    organization: uuid.UUID, erasure: MemoryErasure, body: dict[str, Any]
) -> None:
    with pytest.raises(InvalidError):
        erasure.forget_texts(organization, body, Cause())
