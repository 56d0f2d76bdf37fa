"""What runs by the clock: once for each moment over all processes, and never twice at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from headgate.db import Database
from headgate.nodes import Node
from headgate.nodes.schedule import Schedule, _after

NOON = datetime(2030, 1, 1, 12, tzinfo=UTC)


def schedules(database: Database, sweep: Callable[[], None], count: int = 2) -> list[Schedule]:
    """Of processes that live."""
    found = []
    for _ in range(count):
        node = Node(database, [], alone=False)
        node.renew()
        found.append(Schedule(database, node, {"sweep": ("0 * * * * *", sweep)}, {"own": ("0 * * * * *", sweep)}))
    return found


def test_each_moment_is_served_by_one_process(database: Database) -> None:
    done: list[int] = []
    one, other = schedules(database, lambda: done.append(1))
    for schedule in (one, other, one):
        schedule.sweep("sweep", NOON)
    assert len(done) == 1
    other.sweep("sweep", NOON + timedelta(minutes=1))
    assert len(done) == 2
    one.sweep("sweep", NOON)
    assert len(done) == 2, "a moment that is over is not made up for"


def test_what_every_process_does_for_itself_is_done_by_each(database: Database) -> None:
    done: list[int] = []
    for schedule in schedules(database, lambda: done.append(1), 3):
        schedule.sweep("own", NOON)
    assert len(done) == 3


def test_a_sweep_that_still_runs_is_not_begun_by_another(database: Database) -> None:
    begun, may_end, count = threading.Event(), threading.Event(), 0

    def sweep() -> None:
        nonlocal count
        count += 1
        begun.set()
        may_end.wait(30)

    one, other = schedules(database, sweep)
    thread = threading.Thread(target=one.sweep, args=("sweep", NOON))
    thread.start()
    begun.wait(30)
    other.sweep("sweep", NOON + timedelta(minutes=1))
    assert count == 1
    may_end.set()
    thread.join()
    other.sweep("sweep", NOON + timedelta(minutes=2))
    assert count == 2


def test_the_sweep_of_a_process_that_died_in_it_is_begun_again(database: Database) -> None:
    done: list[int] = []
    dead, living = (Node(database, [], alone=False) for _ in range(2))
    for node in (dead, living):
        node.renew()
    schedule = Schedule(database, dead, {"sweep": ("0 * * * * *", lambda: done.append(1))})
    with database.write() as session:
        assert schedule._take(session, "sweep", NOON)
    dead.close()
    after = Schedule(database, living, {"sweep": ("0 * * * * *", lambda: done.append(2))})
    after.sweep("sweep", NOON + timedelta(minutes=1))
    assert done == [2]


def test_a_sweep_that_fails_is_run_again_at_its_next_moment(database: Database) -> None:
    tries: list[int] = []

    def fail() -> None:
        tries.append(1)
        raise RuntimeError("a bug")

    (schedule,) = schedules(database, fail, 1)
    schedule.sweep("sweep", NOON)
    schedule.sweep("sweep", NOON + timedelta(minutes=1))
    assert len(tries) == 2


def test_the_first_part_of_a_time_are_seconds() -> None:
    assert _after("*/30 * * * * *", NOON) == NOON + timedelta(seconds=30)
    assert _after("20 20 3 * * *", NOON) == datetime(2030, 1, 2, 3, 20, 20, tzinfo=UTC)
    assert _after("10 25 * * * *", NOON) == NOON + timedelta(minutes=25, seconds=10)
