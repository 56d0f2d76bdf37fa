"""Keeping the audit log for a time, and taking it out as a file."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from headgate.accounts import audit as audit_module
from headgate.accounts.audit import Action, Actor
from headgate.accounts.models import AuditEntry
from headgate.db import utc_now
from tests.unit.accounts.conftest import MakeOffice, Office, user_id


def grow_old(office: Office, action: Action, days: int) -> None:
    with office.database.write() as session:
        older = update(AuditEntry).where(AuditEntry.action == action)
        session.execute(older.values(at=utc_now() - timedelta(days=days)))


def actions(office: Office) -> list[str]:
    with office.database.read() as session:
        return list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.number)))


def test_entries_go_after_their_time_and_not_before(make_office: MakeOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_module, "PAGE", 3)
    office = make_office(audit_log_lifetime=10 * 86_400)
    office.admin()
    for _ in range(7):
        office.accounts.audit.note(Actor(office.organization), Action.SETTINGS_CHANGED)
    grow_old(office, Action.SETUP_COMPLETED, 11)
    grow_old(office, Action.SESSION_STARTED, 9)
    office.accounts.sweep()
    assert actions(office) == ["session.started", *["settings.changed"] * 7]
    grow_old(office, Action.SESSION_STARTED, 12)
    grow_old(office, Action.SETTINGS_CHANGED, 11)
    office.accounts.audit.note(Actor(office.organization), Action.MEMORY_DELETED)
    office.accounts.sweep()
    assert actions(office) == ["memory.deleted"]


def test_a_year_is_kept_unless_the_operator_says_otherwise(office: Office) -> None:
    office.admin()
    grow_old(office, Action.SETUP_COMPLETED, 365)
    office.accounts.sweep()
    assert "setup.completed" in actions(office)


def test_the_log_comes_as_a_file_that_a_spreadsheet_program_cannot_be_hurt_by(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit_module, "PAGE", 2)
    admin = office.admin()
    office.invited(admin, '=HYPERLINK("http://evil.example")')
    admin.patch(f"/members/{user_id(admin)}/", json={"role": "admin"})
    answer = admin.get("/audit/export/")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="audit-log.csv"'
    table = list(csv.DictReader(io.StringIO(answer.text)))
    assert table[0]["action"] == "audit.exported"
    assert {one["actor_name"] for one in table} == {"Ada", '\'=HYPERLINK("http://evil.example")'}
    lines = [json.loads(line) for line in admin.get("/audit/export/", params={"format": "ndjson"}).text.splitlines()]
    assert lines[1:] == admin.get("/audit/").json()["results"][1:]
    assert len(lines) == len(table) + 1


def test_a_part_of_the_log_can_be_asked_for(office: Office) -> None:
    admin = office.admin()
    admin.post("/keys/", json={"name": "one"})
    grow_old(office, Action.KEY_CREATED, 40)
    today, then = utc_now().date(), (utc_now() - timedelta(days=40)).date()
    asked = {"since": str(then), "until": str(then)}
    assert [one["action"] for one in admin.get("/audit/", params=asked).json()["results"]] == ["key.created"]
    rows = admin.get("/audit/export/", params=asked | {"format": "ndjson"}).text.splitlines()
    assert [json.loads(row)["action"] for row in rows] == ["key.created"]
    found = admin.get("/audit/export/", params={"since": str(today), "action": "key"})
    assert found.text.count("\r\n") == 1


@pytest.mark.parametrize("query", [{"since": "soon"}, {"until": "2026-13-01"}, {"format": "xlsx"}])
def test_a_question_that_makes_no_sense_is_refused(office: Office, query: dict[str, str]) -> None:
    answer = office.admin().get("/audit/export/", params=query)
    assert (answer.status_code, list(answer.json())) == (400, list(query))


def test_members_cannot_take_the_log_out(office: Office) -> None:
    assert office.invited(office.admin()).get("/audit/export/").status_code == 403
