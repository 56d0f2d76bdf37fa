"""Deleting an organization on a real service, through a kill: no row and no file stays."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import func, insert, select

import headgate.server.parts  # noqa: F401 - with it every table is known, whatever other tests have loaded
from headgate.accounts.models import Membership, Organization, OrganizationDeletion, User
from headgate.accounts.scopes import Role
from headgate.accounts.service import AccountService
from headgate.accounts.sessions import SessionService
from headgate.db import Database, utc_now
from headgate.deletions import Deletion
from headgate.imports.models import Import
from headgate.storage.base import import_prefix
from tests.contract.harness import Service, run
from tests.contract.review_page import ROWS, until

IMPORTS = 150
TELLING = {OrganizationDeletion.__tablename__, Deletion.__tablename__}
"""Tables that tell of deletions, by ids and counts."""


@pytest.fixture
def durable(tmp_path: Path) -> Iterator[Service]:
    running = Service(tmp_path / "data", workers=1, shutdown_grace=0).start()
    yield running
    running.kill()


def of_organization(database: Database, organization: uuid.UUID) -> list[str]:
    """The tables that have something of it, but for the one that tells of its deletion."""
    with database.engine.connect() as connection:
        found = [
            table.name
            for table in Membership.metadata.sorted_tables
            if "organization_id" in table.columns and table.name not in TELLING
            and connection.execute(table.select().where(table.c.organization_id == organization)).first()
        ]  # fmt: skip
        there = select(Organization.id).where(Organization.id == organization)
        return [*found, *connection.scalars(there).all()]


def left(database: Database, organization: uuid.UUID) -> int:
    with database.read() as session:
        count = select(func.count()).select_from(Import).where(Import.organization_id == organization)
        return session.scalar(count) or 0


def multiply(service: Service, database: Database, import_id: str, scratch: Path) -> list[str]:
    """Many imports like this one, with a file each."""
    store, ids = service.store(scratch), [uuid.uuid4() for _ in range(IMPORTS)]
    with database.write() as session:
        table = Import.__table__
        one = session.execute(select(table).where(table.c.id == uuid.UUID(import_id))).mappings().one()
        session.execute(insert(Import), [{**one, "id": found} for found in ids])
    for found in ids:
        store.put(f"{import_prefix(found)}/source", b"name\nAda\n")
    return [str(found) for found in ids]


def person(database: Database, *organizations: uuid.UUID) -> str:
    """The session of an admin of these, who works in the first."""
    user = uuid.uuid4()
    with database.write() as session:
        session.add(User(id=user, email=f"{user}@example.com", name="x", password_hash="", created_at=utc_now()))
        session.flush()
        for one in organizations:
            session.add(Membership(organization_id=one, user_id=user, role=Role.ADMIN, created_at=utc_now()))
        return SessionService(database, 3600, 3600).start(session, user, organizations[0])


def browser(service: Service, token: str) -> httpx.Client:
    headers = {"X-Headgate-Request": "1", "Origin": service.address, "Cookie": f"headgate_session={token}"}
    return httpx.Client(base_url=f"{service.address}/api/v1", headers=headers, timeout=30)


def files_of(service: Service, ids: list[str]) -> set[str]:
    return {path.name for place in (service.data_dir, service.files) for path in place.rglob("*")} & set(ids)


def test_a_deletion_that_is_killed_goes_on_after_the_start_until_nothing_is_left(
    durable: Service, tmp_path: Path
) -> None:
    database = durable.database()
    accounts = AccountService(database)
    organization, stays = accounts.create_organization("Going"), accounts.create_organization("Staying")
    key, token = accounts.create_key("x", organization_id=organization).key, person(database, organization, stays)
    other = accounts.create_key("y", organization_id=stays).key
    with durable.client(key) as client, durable.client(other) as neighbour:
        ids = [run(client)["id"], run(client, ROWS)["id"]]
        client.put("/memory/People/", json={"headers": [{"header": "a", "field": "b"}]})
        client.post("/webhooks/", json={"url": "https://example.com/"})
        kept = run(neighbour)["id"]
    ids += multiply(durable, database, ids[0], tmp_path / "beside")
    with browser(durable, token) as page:
        begun = page.post("/account/organization/delete/", json={"name": "Going"})
        assert (begun.status_code, begun.json()["imports"]) == (202, len(ids))
    until(lambda: left(database, organization) <= len(ids) - 30)
    durable.kill()
    assert left(database, organization) > 0, "killed in the middle"
    durable.start()
    with durable.client(key) as client:
        assert client.get("/schemas/").status_code == 401
    with browser(durable, token) as page:
        found: dict[str, Any] = until(lambda: [one for one in deletions(page) if one["state"] == "DONE"])[0]
        assert (found["name"], found["deleted_imports"]) == ("Going", len(ids))
        assert page.get("/account/me/").json()["organization"]["id"] == str(stays)
    assert of_organization(database, organization) == []
    assert files_of(durable, [*ids, kept]) == {kept}
    with browser(durable, token) as page:
        (told,) = page.get("/deletions/").json()["results"]
        assert (told["kind"], told["object_id"], told["signature"] is None) == (
            "organization",
            str(organization),
            False,
        )
        assert page.post("/deletions/verify/", json=told).json() == {"genuine": True}
    # The kill may have fallen between the deletion of an import and its receipt, which a sweep completes within two minutes.
    until(lambda: signed_receipts(database) == len(ids), 150)
    database.dispose()


def signed_receipts(database: Database) -> int:
    """How many deletions of imports came to their end."""
    done = select(func.count()).select_from(Deletion).where(Deletion.completed_at.is_not(None))
    with database.read() as session:
        return session.scalar(done.where(Deletion.kind == "import")) or 0


def deletions(page: httpx.Client) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.get("/account/organization/deletions/").json()
    return found
