"""Refused sign-ins in the audit log: told, bounded, and without telling who has an account."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import func, select, update

from headgate.accounts.models import AuditEntry, SignInRefusal
from headgate.db import utc_now
from tests.statements import statements_of
from tests.unit.accounts.conftest import PASSWORD, MakeOffice, Office

WRONG = "wrong wrong wrong"


def guess(office: Office, email: str, times: int, address: str = "192.0.2.66") -> list[int]:
    browser = office.browser(address)
    body = {"email": email, "password": WRONG}
    return [browser.post("/sign_in/", json=body).status_code for _ in range(times)]


def told(office: Office, admin: Any) -> list[tuple[str, int, str | None]]:
    office.accounts.refusals.tell()
    found = admin.get("/audit/", params={"action": "session"}).json()["results"]
    found = [one for one in found if one["actor"]["kind"] == "nobody"]
    assert WRONG not in str(found)
    assert "@" not in str(found)
    return [(one["action"], one["details"]["tries"], one["object_name"]) for one in reversed(found)]


def end_window(office: Office) -> None:
    with office.database.write() as session:
        session.execute(update(SignInRefusal).values(began_at=utc_now() - timedelta(days=1)))


def test_the_first_is_told_soon_and_the_rest_together_when_the_window_ends(make_office: MakeOffice) -> None:
    office = make_office(sign_in_attempts=3)
    admin = office.admin()
    guess(office, "ada@example.com", 1)
    assert told(office, admin) == [("session.refused", 1, "Ada")]
    assert guess(office, "ada@example.com", 6) == [401, 401, 429, 429, 429, 429]
    first = [("session.refused", 1, "Ada"), ("session.blocked", 4, "Ada")]
    assert told(office, admin) == first == told(office, admin)
    end_window(office)
    assert told(office, admin) == [*first, ("session.refused", 2, "Ada")]
    entry = admin.get("/audit/", params={"action": "session.blocked"}).json()["results"][0]
    assert (entry["actor"], entry["address"]) == ({"kind": "nobody", "id": None, "name": None}, "192.0.2.66")
    guess(office, "ada@example.com", 1, "192.0.2.7")
    assert told(office, admin)[-1] == ("session.refused", 1, "Ada")


def test_guessing_fills_no_disk(make_office: MakeOffice) -> None:
    office = make_office(sign_in_attempts=2)
    admin = office.admin()
    for number in range(8):
        guess(office, f"nobody{number}@example.com", 2, f"192.0.2.{number}")
        guess(office, "ada@example.com", 3, f"192.0.2.{number + 100}")
        office.accounts.refusals.tell()
    end_window(office)
    assert len(told(office, admin)) == 6
    with office.database.read() as session:
        assert session.scalar(select(func.count()).select_from(SignInRefusal)) == 0


def test_tries_without_an_account_are_told_to_the_first_organization_only(office: Office) -> None:
    admin = office.admin()
    made = admin.post("/organizations/", json={"name": "Second"}).json()
    guess(office, "nobody@example.com", 2)
    assert told(office, admin) == [("session.refused", 2, None)]
    admin.post("/organization/switch/", json={"organization_id": made["id"]})
    assert told(office, admin) == []


def test_a_try_for_an_account_is_told_to_every_organization_of_the_person_and_to_no_other(office: Office) -> None:
    admin = office.admin()
    bob = office.invited(admin)
    made = admin.post("/organizations/", json={"name": "Second"}).json()
    guess(office, "bob@example.com", 1)
    assert told(office, admin) == [("session.refused", 1, "Bob")]
    admin.post("/organization/switch/", json={"organization_id": made["id"]})
    assert told(office, admin) == []
    assert bob.get("/audit/").status_code == 403


def test_a_sign_in_does_as_much_work_with_an_account_as_without(make_office: MakeOffice) -> None:
    office = make_office(sign_in_attempts=1000)
    office.admin()
    guess(office, "ada@example.com", 2)
    work: dict[str, list[str]] = {}
    for email in ("ada@example.com", "nobody@example.com"):
        with statements_of(office.database) as work[email]:
            guess(office, email, 1)
    known, unknown = work.values()
    assert known == unknown
    assert any("sign_in_refusals" in statement for statement in known)
    with office.database.read() as session:
        assert (
            session.scalar(select(func.count()).select_from(AuditEntry).where(AuditEntry.actor_kind == "nobody")) == 0
        )


def test_the_right_password_is_no_refusal(office: Office) -> None:
    admin = office.admin()
    office.sign_in("ada@example.com", PASSWORD)
    assert told(office, admin) == []
