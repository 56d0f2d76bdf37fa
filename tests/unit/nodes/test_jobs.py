"""Work in lanes: how much at once, what is looked at when, and who takes the claim off."""

from __future__ import annotations

import threading
import uuid
from collections import deque
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy.exc import OperationalError

from headgate.db import Database
from headgate.imports.models import Import
from headgate.nodes import Node
from headgate.nodes.jobs import Jobs, Lane, MakeRoom, NotNowError, Task
from tests.statements import statements_of

SECONDS = 60.0


class Work:
    """Tasks of one lane that wait to be told to go on. `begun` is released once for each that began."""

    def __init__(
        self,
        node: Node,
        jobs: Jobs,
        count: int,
        at_once: int,
        *,
        makes_room: bool = False,
        within: float | None = None,
        name: str = "work",
    ) -> None:
        self.begun, self.go_on = threading.Semaphore(0), threading.Semaphore(0)
        self.looks = 0
        self.not_now = False
        self._within = within
        self._node = node
        self._left = deque(range(count))
        self._makes_room = makes_room
        jobs.add(Lane(name, at_once, self._take))

    def _take(self) -> Task | None:
        self.looks += 1
        if not self._left:
            return None
        self._left.popleft()
        return Task(self._node.claim(Import, uuid.uuid4()), self._run)

    def _run(self, make_room: MakeRoom) -> bool:
        if self._makes_room:
            make_room(within=self._within)
        if self.not_now:
            self.not_now = False
            raise NotNowError
        self.begun.release()
        assert self.go_on.acquire(timeout=SECONDS)
        return True

    def began(self, count: int) -> bool:
        return all(self.begun.acquire(timeout=SECONDS) for _ in range(count))


@pytest.fixture
def node(database: Database) -> Node:
    return Node(database, [Import])


@pytest.fixture
def jobs(node: Node) -> Iterator[Jobs]:
    made = Jobs(node)
    yield made
    made.close()


@pytest.fixture
def working(node: Node, jobs: Jobs) -> Iterator[Callable[..., Work]]:
    started: list[Work] = []

    def start(count: int, at_once: int, *, makes_room: bool = False, within: float | None = None) -> Work:
        started.append(Work(node, jobs, count, at_once, makes_room=makes_room, within=within))
        jobs.start()
        return started[-1]

    yield start
    for one in started:
        one.go_on.release(1000)


def test_a_lane_does_so_many_at_once_and_the_next_when_one_is_over(working: Callable[..., Work]) -> None:
    work = working(5, 2)
    assert work.began(2)
    assert not work.begun.acquire(timeout=0.2)
    work.go_on.release()
    assert work.began(1)
    assert not work.begun.acquire(timeout=0.2)


def test_what_only_comes_to_its_end_makes_room_for_twice_as_many(working: Callable[..., Work]) -> None:
    work = working(13, 2, makes_room=True)
    assert work.began(6)
    assert not work.begun.acquire(timeout=0.2)
    work.go_on.release()
    assert work.began(1)
    work.go_on.release(1000)
    assert work.began(6)


def test_who_is_not_over_as_soon_as_was_thought_takes_the_place_again(working: Callable[..., Work]) -> None:
    work = working(9, 1, makes_room=True, within=0.0)
    assert work.began(1)
    assert not work.begun.acquire(timeout=0.2)
    work.go_on.release()
    assert work.began(1)


def test_what_found_no_worker_is_left_to_others_before_it_is_looked_for_here(node: Node, jobs: Jobs) -> None:
    work = Work(node, jobs, 2, 1)
    work.not_now = True
    jobs.start()
    assert work.began(1)
    assert work.looks == 2
    work.go_on.release(2)
    jobs.close()
    assert node._claims == {}


def test_a_claim_of_a_look_that_failed_is_forgotten(node: Node, jobs: Jobs) -> None:
    looked = threading.Event()

    def take() -> Task | None:
        if not looked.is_set():
            node.claim(Import, uuid.uuid4())
            looked.set()
            raise OperationalError(None, None, Exception("the answer to the commit was lost"))
        return None

    jobs.add(Lane("work", 1, take))
    jobs.start()
    assert looked.wait(SECONDS)
    jobs.close()
    assert node._claims == {}


def test_what_was_told_of_is_taken_and_what_ended_clean_costs_no_write(
    database: Database, node: Node, jobs: Jobs, working: Callable[..., Work]
) -> None:
    with statements_of(database) as statements:
        work = working(3, 1)
        for _ in range(3):
            assert work.began(1)
            work.go_on.release()
        jobs.close()
    assert statements == []
    assert node._claims == {}


def test_a_lane_that_nobody_told_of_is_not_looked_at_for_the_sake_of_another(
    node: Node, jobs: Jobs, working: Callable[..., Work]
) -> None:
    other = Work(node, jobs, 0, 1, name="other")
    work = working(40, 1)
    for _ in range(40):
        work.go_on.release()
    assert work.began(40)
    jobs.close()
    assert other.looks < work.looks / 2
