"""Deleting an organization: nobody gets in from that moment on, and the rest goes whatever happens."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import select, update

from headgate.accounts.deletion import BATCH
from headgate.accounts.models import Membership, OrganizationDeletion
from headgate.accounts.scopes import Scope
from headgate.db import utc_now
from tests.unit.accounts.conftest import MakeOffice, Office, token_of

DELETE = "/organization/delete/"


@pytest.fixture
def waiting(make_office: MakeOffice) -> Office:
    """An office whose deletions are begun and not yet done."""
    office = make_office()
    office.waits = True
    return office


def second(office: Office, admin: httpx.Client, imports: int = 0) -> uuid.UUID:
    """An organization of its own, in which the admin works, with so many imports."""
    made = uuid.UUID(admin.post("/organizations/", json={"name": "Other"}).json()["id"])
    admin.post("/organization/switch/", json={"organization_id": str(made)})
    office.imports[made] = [uuid.uuid4() for _ in range(imports)]
    return made


def rows_of(office: Office, organization_id: uuid.UUID) -> list[str]:
    with office.database.engine.connect() as connection:
        return [
            table.name
            for table in Membership.metadata.sorted_tables
            if "organization_id" in table.columns and table.name != OrganizationDeletion.__tablename__
            and connection.execute(table.select().where(table.c.organization_id == organization_id)).first()
        ]  # fmt: skip


def test_keys_sessions_and_links_stop_at_once(waiting: Office) -> None:
    admin = waiting.admin()
    made = second(waiting, admin, 3)
    key = waiting.with_key(Scope.IMPORTS_READ, organization_id=made)
    bob = waiting.invited(admin)
    link = token_of(admin.post("/invitations/", json={"email": "eve@example.com", "role": "member"}).json()["url"])
    assert (bob.get("/me/").status_code, key.get("/../things/").status_code) == (200, 200)
    assert admin.post(DELETE, json={"name": "Other"}).status_code == 202
    assert (bob.get("/me/").status_code, key.get("/../things/").status_code) == (401, 401)
    assert waiting.browser().post("/invitations/look/", json={"token": link}).status_code == 403
    body = {"email": "bob@example.com", "password": "correct horse battery staple"}
    assert waiting.browser().post("/sign_in/", json=body).status_code == 403


def test_who_asked_goes_on_elsewhere_and_sees_how_far_it_is(waiting: Office) -> None:
    admin = waiting.admin()
    made = second(waiting, admin, BATCH + 1)
    told = admin.post(DELETE, json={"name": "Other"}).json()
    assert (told["id"], told["state"], told["imports"], told["deleted_imports"]) == (str(made), "RUNNING", BATCH + 1, 0)
    assert admin.get("/me/").json()["organization"]["id"] == str(waiting.organization)
    assert [one["id"] for one in admin.get("/me/").json()["organizations"]] == [str(waiting.organization)]
    assert admin.get("/organization/deletions/").json() == [told]
    assert waiting.invited(admin).get("/organization/deletions/").json() == []
    waiting.accounts.deleter.reconcile()
    (done,) = admin.get("/organization/deletions/").json()
    assert (done["state"], done["deleted_imports"], done["ended_date"] is None) == ("DONE", BATCH + 1, False)
    assert waiting.imports[made] == []
    assert rows_of(waiting, made) == []
    newest = admin.get("/audit/", params={"action": "organization"}).json()["results"][0]
    assert (newest["action"], newest["object_id"]) == ("organization.deleted", str(made))


def test_what_a_stop_cut_off_is_done_again_from_where_it_was(waiting: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    admin = waiting.admin()
    made = second(waiting, admin, 2 * BATCH)
    admin.post(DELETE, json={"name": "Other"})
    erased: list[uuid.UUID] = []

    def erase(stop_at: int) -> Callable[[uuid.UUID, uuid.UUID], None]:
        def one(_organization_id: uuid.UUID, import_id: uuid.UUID) -> None:
            if import_id in waiting.imports[made]:
                waiting.imports[made].remove(import_id)
            if len(erased) == stop_at:
                raise KeyboardInterrupt
            erased.append(import_id)

        return one

    everything = set(waiting.imports[made])
    for stop_at in (0, 3, BATCH + 5, 1000):
        monkeypatch.setattr(waiting, "erase", erase(stop_at))
        try:
            waiting.accounts.deleter.run(made)
        except KeyboardInterrupt:
            assert admin.get("/organization/deletions/").json()[0]["state"] == "RUNNING"
    assert set(erased) == everything, "also those whose row was gone before the stop"
    (done,) = admin.get("/organization/deletions/").json()
    assert (done["state"], done["deleted_imports"]) == ("DONE", 2 * BATCH)


@pytest.mark.parametrize("name", ["other", "Others", "Default organization"])
def test_it_is_deleted_by_its_name_only(office: Office, name: str) -> None:
    admin = office.admin()
    second(office, admin, 1)
    assert admin.post(DELETE, json={"name": name}).status_code == 400
    assert admin.get("/organization/deletions/").json() == []


def test_the_last_one_stays_also_while_another_is_being_deleted(waiting: Office) -> None:
    admin = waiting.admin()
    second(waiting, admin, 1)
    assert admin.post(DELETE, json={"name": "Other"}).status_code == 202
    name = admin.get("/me/").json()["organization"]["name"]
    assert admin.post(DELETE, json={"name": name}).status_code == 409


def test_what_is_made_meanwhile_belongs_to_an_organization_that_stays(waiting: Office) -> None:
    admin = waiting.admin()
    second(waiting, admin, 1)
    admin.post("/organization/switch/", json={"organization_id": str(waiting.organization)})
    name = admin.get("/me/").json()["organization"]["name"]
    admin.post(DELETE, json={"name": name})
    assert waiting.accounts.keys.default_organization() != waiting.organization


def test_somebody_without_another_organization_is_signed_out(waiting: Office) -> None:
    admin = waiting.admin()
    second(waiting, admin, 1)
    bob = waiting.invited(admin, role="admin")
    assert bob.post(DELETE, json={"name": "Other"}).status_code == 202
    assert bob.get("/me/").status_code == 401


def test_the_end_is_told_for_a_week(office: Office) -> None:
    admin = office.admin()
    second(office, admin)
    admin.post(DELETE, json={"name": "Other"})
    for days, left in ((6, 1), (8, 0)):
        with office.database.write() as session:
            session.execute(update(OrganizationDeletion).values(ended_at=utc_now() - timedelta(days=days)))
        office.accounts.sweep()
        with office.database.read() as session:
            found: list[Any] = list(session.scalars(select(OrganizationDeletion)))
        assert len(found) == left
