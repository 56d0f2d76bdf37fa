"""How long sessions last, and what ends them at once."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from headgate.accounts.models import AccountLink, ApiKey, UserSession
from headgate.accounts.scopes import Scope
from headgate.db import Database, utc_now
from tests.unit.accounts.conftest import PASSWORD, Office, token_of, user_id

HOUR = timedelta(hours=1)


def age(database: Database, table: Any, **columns: timedelta) -> None:
    """Let time pass: the columns are that long ago."""
    with database.write() as session:
        session.execute(update(table).values({name: utc_now() - ago for name, ago in columns.items()}))


@pytest.mark.parametrize(
    "columns",
    [{"last_used_at": 12 * HOUR}, {"expires_at": timedelta()}, {"revoked_at": timedelta()}],
    ids=["unused", "old", "revoked"],
)
def test_a_session_that_is_over_opens_nothing(office: Office, columns: dict[str, timedelta]) -> None:
    admin = office.admin()
    age(office.database, UserSession, **columns)
    answer = admin.get("/../things/")
    assert answer.status_code == 401
    assert answer.json()["detail"].endswith("Sign in again.")


def test_a_session_that_is_used_goes_on(office: Office) -> None:
    admin = office.admin()
    for _ in range(2):
        age(office.database, UserSession, last_used_at=11 * HOUR)
        assert admin.get("/me/").status_code == 200
    (row,) = admin.get("/sessions/").json()
    assert row["last_used"] > row["created_date"]


def test_sessions_that_are_over_are_removed(office: Office) -> None:
    admin = office.admin()
    office.accounts.sweep()
    assert admin.get("/me/").status_code == 200
    age(office.database, UserSession, expires_at=HOUR)
    office.accounts.sweep()
    with office.database.read() as session:
        assert session.query(UserSession).count() == 0


def test_only_digests_of_sessions_and_links_are_kept(office: Office) -> None:
    admin = office.admin()
    token = token_of(admin.post("/invitations/", json={"email": "bob@example.com"}).json()["url"])
    with office.database.read() as session:
        kept = [str(vars(row)) for table in (UserSession, AccountLink) for row in session.query(table)]
    assert len(kept) == 3
    assert not [one for one in kept if admin.cookies["headgate_session"] in one or token in one or PASSWORD in one]


@pytest.mark.parametrize("cookie", ["", "x", "é", "a" * 5000, "'; DROP TABLE users; --"])
def test_what_is_no_session_is_401(office: Office, cookie: str) -> None:
    header = {"Cookie": f"headgate_session={cookie}".encode("latin-1")}
    assert office.browser().get("/me/", headers=header).status_code == 401


def test_a_role_that_was_lost_does_not_last_until_signing_out(office: Office) -> None:
    admin = office.admin()
    bob = office.invited(admin, role="admin")
    assert bob.get("/members/").status_code == 200
    admin.patch(f"/members/{user_id(bob)}/", json={"role": "member"})
    assert bob.get("/members/").status_code == 403
    assert bob.get("/../things/").status_code == 200


def test_who_was_removed_is_out_at_once(office: Office) -> None:
    admin = office.admin()
    bob = office.invited(admin)
    admin.delete(f"/members/{user_id(bob)}/")
    assert bob.get("/../things/").status_code == 401
    answer = office.browser().post("/sign_in/", json={"email": "bob@example.com", "password": PASSWORD})
    assert (answer.status_code, "set-cookie" in answer.headers) == (403, False)
    assert "invitation" in answer.json()["detail"]


@pytest.mark.parametrize("purpose", ["invitation", "reset", "setup"])
def test_an_expired_link_says_so_and_opens_nothing(office: Office, purpose: str) -> None:
    if purpose == "setup":
        token = office.accounts.joining.make_setup_link(office.organization).token
        path, body = "/setup/", {"email": "ada@example.com", "name": "Ada", "password": PASSWORD}
    else:
        admin = office.admin()
        bob = office.invited(admin)
        making = "/invitations/" if purpose == "invitation" else f"/members/{user_id(bob)}/password_reset/"
        token = token_of(admin.post(making, json={"email": "eve@example.com"}).json()["url"])
        path = "/invitations/accept/" if purpose == "invitation" else "/password_reset/"
        body = {"name": "Eve", "password": PASSWORD, "new_password": PASSWORD}
    age(office.database, AccountLink, expires_at=timedelta())
    answer = office.browser().post(path, json=body | {"token": token})
    assert answer.status_code == 403
    assert answer.json()["detail"] == "This link has expired. Ask for a new one."


@pytest.mark.parametrize("column", ["expires_at", "revoked_at"])
def test_a_key_that_another_process_ended_opens_nothing_a_moment_later(office: Office, column: str) -> None:
    browser = office.with_key(*Scope)
    assert browser.get("/members/").status_code == 200
    age(office.database, ApiKey, **{column: timedelta()})
    deadline = time.monotonic() + 60
    while browser.get("/members/").status_code != 401:  # a key is trusted for `recent_keys.TRUSTED_SECONDS`
        assert time.monotonic() < deadline
        time.sleep(0.05)
