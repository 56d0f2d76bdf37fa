"""When connectors run, with a clock that the tests hold."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from headgate.sftp.models import SftpConnector
from headgate.sftp.schedule import first_run, next_run, retry
from tests.unit.sftp.conftest import World

EVERY_TEN = {"type": "every_n_minutes", "minutes": 10}
AT_SIX = {"type": "daily_at_time", "time_utc": "06:00"}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("schedule", "now", "expected"),
    [
        (EVERY_TEN, "2026-03-01T12:00:30", "2026-03-01T12:10:30"),
        (AT_SIX, "2026-03-01T05:59:59", "2026-03-01T06:00:00"),
        (AT_SIX, "2026-03-01T06:00:00", "2026-03-02T06:00:00"),
        (AT_SIX, "2026-12-31T23:00:00", "2027-01-01T06:00:00"),
    ],
)
def test_the_next_run_is_the_first_time_of_the_schedule_that_is_to_come(
    schedule: dict[str, object], now: str, expected: str
) -> None:
    assert next_run(schedule, at(now)) == at(expected)


def test_a_new_connector_begins_at_once_unless_it_has_a_time_of_day() -> None:
    now = at("2026-03-01T12:00:00")
    assert first_run(EVERY_TEN, now) == now
    assert first_run(AT_SIX, now) == at("2026-03-02T06:00:00")


def test_waits_between_runs_that_fail_grow_to_an_hour() -> None:
    assert [retry(failures).total_seconds() // 60 for failures in (1, 2, 3, 7, 1000)] == [1, 2, 4, 60, 60]


def test_a_connector_is_due_at_its_time_and_has_one_run_at_a_time(world: World) -> None:
    connector = world.connector()
    due = world.reload(connector).next_run_at
    assert world.runs.begin_due(due - timedelta(seconds=1)) == []
    assert len(world.runs.begin_due(due)) == 1
    assert world.runs.begin_due(due + timedelta(days=1)) == []


def test_runs_that_were_missed_happen_once(world: World) -> None:
    connector = world.connector()
    later = world.reload(connector).next_run_at + timedelta(days=3)
    (run_id,) = world.runs.begin_due(later)
    world.runner().run(run_id)
    assert world.runs.begin_due(later + timedelta(minutes=4)) == []


def test_a_clock_that_was_set_back_does_not_hold_a_connector_up(world: World) -> None:
    connector = world.connector(schedule=EVERY_TEN)
    now = world.reload(connector).next_run_at
    with world.database.write() as session:
        session.execute(update(SftpConnector).values(next_run_at=now + timedelta(days=365)))
    assert len(world.runs.begin_due(now)) == 1


def test_a_paused_connector_is_never_due(world: World) -> None:
    connector = world.connector()
    world.connectors.update(world.organization, connector.id, {"enabled": False}, partly=True)
    assert world.runs.begin_due(world.reload(connector).next_run_at + timedelta(days=1)) == []
