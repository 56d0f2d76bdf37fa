"""The clock that all processes share."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

from headgate.db import Database, database_now
from headgate.db.clock import SharedClock

FAR = datetime(2040, 1, 1, tzinfo=UTC)


def test_until_the_database_was_asked_the_machine_tells_the_time() -> None:
    assert abs(SharedClock().now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_the_time_of_the_database_goes_on_whatever_the_machine_says(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = SharedClock()
    clock.learn(FAR, 100.0, 100.4)
    monkeypatch.setattr("headgate.db.clock.time.monotonic", lambda: 160.2)
    assert clock.now() == FAR + timedelta(seconds=60)


def test_an_answer_that_came_late_says_nothing_when_a_better_one_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = SharedClock()
    clock.learn(FAR, 100.0, 130.0)
    clock.learn(FAR, 200.0, 200.0)
    clock.learn(FAR, 200.0, 230.0)
    monkeypatch.setattr("headgate.db.clock.time.monotonic", lambda: 201.0)
    assert clock.now() == FAR + timedelta(seconds=1)


def test_a_later_answer_counts_as_when_the_database_moved_to_another_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = SharedClock()
    clock.learn(FAR, 100.0, 100.0)
    clock.learn(FAR - timedelta(hours=1), 101.0, 101.0)
    monkeypatch.setattr("headgate.db.clock.time.monotonic", lambda: 101.0)
    assert clock.now() == FAR - timedelta(hours=1)


def test_whoever_asks_the_database_learns_its_time(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    shared = SharedClock()
    monkeypatch.setattr("headgate.db.clock._clock", shared)
    with database.read() as session:
        asked = database_now(session)
    monkeypatch.setattr("headgate.db.clock.datetime", None)
    if database.is_sqlite:
        with pytest.raises(AttributeError):
            shared.now()  # it is the machine's clock, which was taken away here
    else:
        assert timedelta(0) <= shared.now() - asked < timedelta(seconds=30)
    assert time.monotonic() > 0
