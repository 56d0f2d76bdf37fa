"""Rate limits in the database."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest

from headgate.db import Database
from headgate.errors import RateLimitedError
from headgate.web.limits import DatabaseStorage, RateLimits


def test_the_count_holds_over_several_processes(database: Database) -> None:
    here, there = RateLimits(database, 3, None), RateLimits(database, 3, None)
    for limits in (here, there, here):
        limits.take_create("key")
    with pytest.raises(RateLimitedError) as raised:
        there.take_create("key")
    assert raised.value.headers["RateLimit-Remaining"] == "0"
    assert 0 < int(raised.value.headers["Retry-After"]) <= 60
    there.take_create("another key")


def test_a_refused_request_can_be_given_back(database: Database) -> None:
    limits = RateLimits(database, 1, None)
    limits.give_back(limits.take_create("key"))
    limits.take_create("key")
    with pytest.raises(RateLimitedError):
        limits.take_create("key")


def test_a_limit_that_is_off_takes_everything_and_says_nothing(database: Database) -> None:
    limits = RateLimits(database, None, None)
    for _ in range(100):
        limited = limits.take_create("key")
        assert limited.headers == {}
        limits.give_back(limited)


def test_a_window_begins_anew_when_it_has_ended(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    storage = DatabaseStorage(database)
    assert [storage.incr("a", 60), storage.incr("a", 60)] == [1, 2]
    end = storage.get_expiry("a")
    monkeypatch.setattr("headgate.web.limits.utc_now", lambda: datetime.fromtimestamp(end + 1, UTC))
    assert storage.get("a") == 0
    assert storage.incr("a", 60) == 1


def test_no_hit_is_lost_when_many_come_at_once(database: Database) -> None:
    storage = DatabaseStorage(database)
    threads = [threading.Thread(target=lambda: [storage.incr("a", 60) for _ in range(20)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert storage.get("a") == 80


def test_counts_of_ended_windows_are_forgotten(database: Database) -> None:
    storage = DatabaseStorage(database)
    storage.incr("old", -1)
    storage.incr("new", 60)
    storage.forget_ended()
    assert storage.reset() == 1
