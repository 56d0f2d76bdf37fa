"""Errands: each runs, none twice at a time, whatever another one does."""

from __future__ import annotations

import threading
import uuid
from collections import Counter
from collections.abc import Iterator

import pytest

from headgate.nodes.errands import Errands


class Worked:
    """What was run, and a gate that runs wait at."""

    def __init__(self) -> None:
        self.counts: Counter[uuid.UUID] = Counter()
        self.open = threading.Event()
        self.begun = threading.Semaphore(0)
        self.ended = threading.Semaphore(0)
        self.failing: set[uuid.UUID] = set()

    def run(self, errand: uuid.UUID) -> None:
        self.counts[errand] += 1
        self.begun.release()
        try:
            assert self.open.wait(10)
            if errand in self.failing:
                raise RuntimeError("an errand that fails")
        finally:
            self.ended.release()

    def await_ends(self, count: int) -> None:
        for _ in range(count):
            assert self.ended.acquire(timeout=10)


@pytest.fixture
def worked() -> Worked:
    return Worked()


@pytest.fixture
def errands(worked: Worked) -> Iterator[Errands]:
    found = Errands("test", 2)
    found.start(worked.run)
    yield found
    worked.open.set()
    found.close()


def test_an_errand_that_runs_or_waits_is_not_taken_a_second_time(errands: Errands, worked: Worked) -> None:
    one, two, three = (uuid.uuid4() for _ in range(3))
    errands.enqueue(one)
    errands.enqueue(two)
    for _ in range(2):
        assert worked.begun.acquire(timeout=10)
    assert errands.reconcile([one, two, three]) == 1
    assert errands.reconcile([one, two, three]) == 0
    worked.open.set()
    worked.await_ends(3)
    assert worked.counts == {one: 1, two: 1, three: 1}


def test_an_errand_that_ended_can_be_run_again(errands: Errands, worked: Worked) -> None:
    worked.open.set()
    one = uuid.uuid4()
    errands.enqueue(one)
    worked.await_ends(1)
    for _ in range(1000):  # its end is told a moment before it is taken off the list
        if errands.reconcile([one]):
            break
        threading.Event().wait(0.01)
    worked.await_ends(1)
    assert worked.counts[one] == 2


def test_an_errand_that_fails_ends_no_other(errands: Errands, worked: Worked) -> None:
    all_of_them = [uuid.uuid4() for _ in range(6)]
    worked.failing = set(all_of_them[:5])
    worked.open.set()
    assert errands.reconcile(all_of_them) == 6
    worked.await_ends(6)
    assert worked.counts == dict.fromkeys(all_of_them, 1)
