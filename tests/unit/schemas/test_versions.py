"""Versions of saved schemas: every save keeps the one before it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from headgate.accounts.models import ActorKind
from headgate.accounts.service import AccountService
from headgate.db import Database, migrate
from headgate.db.migrate import MIGRATIONS
from headgate.errors import NotFoundError, OutdatedError
from headgate.schemas import SchemaService
from headgate.schemas.authors import Author

NAME, MAIL = {"key": "name", "label": "Name"}, {"key": "mail", "label": "Mail"}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    one = Database(f"sqlite:///{tmp_path / 'headgate.sqlite'}")
    migrate(one)
    yield one
    one.dispose()


@pytest.fixture
def schemas(database: Database) -> SchemaService:
    return SchemaService(database)


@pytest.fixture
def organization(database: Database) -> uuid.UUID:
    return AccountService(database).default_organization()


def body(*fields: dict[str, Any], **parts: Any) -> dict[str, Any]:
    return {"name": "People", "fields": list(fields), "settings": {"importIdentifier": "People"}} | parts


def numbers(schemas: SchemaService, organization: uuid.UUID, schema_id: uuid.UUID) -> list[int]:
    return [one["version"] for one in schemas.versions.page(organization, schema_id, 0, 100)[1]]


def test_every_save_is_a_version_and_the_newest_is_first(schemas: SchemaService, organization: uuid.UUID) -> None:
    made = schemas.create(organization, body(NAME))
    schemas.update(organization, made.id, body(NAME, MAIL))
    schemas.update(organization, made.id, body(MAIL))
    assert numbers(schemas, organization, made.id) == [3, 2, 1]
    first = schemas.versions.get(organization, made.id, 1)
    assert (first["fields"], first["hooks"], first["restored_from"]) == ([NAME], {}, None)
    assert schemas.versions.page(organization, made.id, 1, 1)[1][0]["version"] == 2


def test_a_save_that_changes_nothing_is_none(schemas: SchemaService, organization: uuid.UUID) -> None:
    made = schemas.create(organization, body(NAME))
    schemas.update(organization, made.id, body(NAME, hooks={}))
    assert numbers(schemas, organization, made.id) == [1]


def test_who_saved_it_is_named_as_long_as_it_is_known(
    database: Database, schemas: SchemaService, organization: uuid.UUID
) -> None:
    key = AccountService(database).create_key("Robot")
    made = schemas.create(organization, body(NAME), Author(ActorKind.KEY, key.id))
    schemas.update(organization, made.id, body(MAIL), Author(ActorKind.USER, uuid.uuid4()))
    schemas.update(organization, made.id, body(NAME))
    said = [one["created_by"] for one in schemas.versions.page(organization, made.id, 0, 10)[1]]
    assert said == [None, {"kind": "user", "name": None}, {"kind": "key", "name": "Robot"}]


def test_a_restored_version_is_the_newest_one(schemas: SchemaService, organization: uuid.UUID) -> None:
    made = schemas.create(organization, body(NAME))
    schemas.update(organization, made.id, body(MAIL, name="Others"))
    restored = schemas.restore(organization, made.id, 1)
    assert (restored.name, restored.fields) == ("People", [NAME])
    assert schemas.get(organization, made.id) == restored
    assert schemas.versions.get(organization, made.id, 3)["restored_from"] == 1
    assert schemas.versions.difference(organization, made.id, 3, before=1) == []


def test_the_difference_is_that_to_the_version_before(schemas: SchemaService, organization: uuid.UUID) -> None:
    made = schemas.create(organization, body(NAME))
    schemas.update(organization, made.id, body(NAME, MAIL))
    codes = [change.code for change in schemas.versions.difference(organization, made.id, 2)]
    assert codes == ["field_added"]
    assert schemas.versions.difference(organization, made.id, 1) == []
    backwards = schemas.versions.difference(organization, made.id, 1, before=2)
    assert [change.code for change in backwards] == ["field_removed"]


def test_versions_of_others_and_those_that_never_were_are_not_found(
    database: Database, schemas: SchemaService, organization: uuid.UUID
) -> None:
    made = schemas.create(organization, body(NAME))
    other = AccountService(database).create_organization("Other")
    for asked in (lambda: schemas.versions.page(other, made.id, 0, 10),
                  lambda: schemas.versions.get(other, made.id, 1),
                  lambda: schemas.restore(other, made.id, 1),
                  lambda: schemas.versions.get(organization, made.id, 2),
                  lambda: schemas.versions.difference(organization, made.id, 1, before=9),
                  lambda: schemas.versions.page(organization, uuid.uuid4(), 0, 10)):  # fmt: skip
        with pytest.raises(NotFoundError):
            asked()


def test_versions_go_with_their_schema(database: Database, schemas: SchemaService, organization: uuid.UUID) -> None:
    made = schemas.create(organization, body(NAME))
    schemas.delete(organization, made.id)
    with database.read() as session:
        assert session.scalar(text("SELECT count(*) FROM schema_versions")) == 0


def test_schemas_from_before_there_were_versions_get_their_first(tmp_path: Path) -> None:
    from alembic import command
    from alembic.config import Config

    database = Database(f"sqlite:///{tmp_path / 'old.sqlite'}")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.engine.execution_options(headgate_write=True).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0005")
    organization, schema_id = AccountService(database).create_organization("Old"), uuid.uuid4()
    with database.write() as session:
        session.execute(
            text(
                "INSERT INTO schemas (id, organization_id, name, created_at, modified_at, fields, settings, hooks) "
                "VALUES (:id, :organization, 'Old', 1, 2, :fields, :settings, '{}')"
            ),
            {
                "id": schema_id.hex, "organization": organization.hex, "fields": '[{"key": "a", "label": "A"}]',
                "settings": '{"importIdentifier": "Old"}',
            },
        )  # fmt: skip
    migrate(database)
    schemas = SchemaService(database)
    assert numbers(schemas, organization, schema_id) == [1]
    assert schemas.versions.get(organization, schema_id, 1)["fields"] == [{"key": "a", "label": "A"}]
    schemas.update(organization, schema_id, body(NAME))
    assert numbers(schemas, organization, schema_id) == [2, 1]
    database.dispose()


def test_a_save_based_on_an_older_version_is_refused_and_changes_nothing(
    schemas: SchemaService, organization: uuid.UUID
) -> None:
    made = schemas.create(organization, body(NAME))
    schemas.update(organization, made.id, body(NAME, MAIL), based_on={1})
    with pytest.raises(OutdatedError) as refused:
        schemas.update(organization, made.id, body(MAIL), based_on={1})
    assert refused.value.current["version"] == 2
    assert schemas.get(organization, made.id).fields == [NAME, MAIL]
    with pytest.raises(OutdatedError):
        schemas.restore(organization, made.id, 1, based_on={1})
    with pytest.raises(OutdatedError):
        schemas.delete(organization, made.id, based_on={1})
    assert schemas.update(organization, made.id, body(MAIL), based_on={2}).version == 3


def test_what_is_saved_already_may_be_sent_again(schemas: SchemaService, organization: uuid.UUID) -> None:
    made = schemas.create(organization, body(NAME))
    schemas.update(organization, made.id, body(MAIL), based_on={1})
    assert schemas.update(organization, made.id, body(MAIL), based_on={1}).version == 2
    assert numbers(schemas, organization, made.id) == [2, 1]


def test_of_many_who_save_at_once_on_the_same_version_one_does(schemas: SchemaService, organization: uuid.UUID) -> None:
    made = schemas.create(organization, body(NAME))

    def save(number: int) -> int:
        try:
            return schemas.update(organization, made.id, body(NAME, name=f"People {number}"), based_on={1}).version
        except OutdatedError as error:
            return -int(error.current["version"])

    with ThreadPoolExecutor(8) as people:
        assert sorted(people.map(save, range(8))) == [-2] * 7 + [2]
