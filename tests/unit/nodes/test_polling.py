"""What looks for work goes on whatever happens, and ends when it is told to."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest

from headgate.nodes.polling import Poller

SECONDS = 30.0
"""Until something happens that must; nothing waits for as long as that when all is well."""

Polling = Callable[..., Poller]


@pytest.fixture
def polling() -> Iterator[Polling]:
    """Starts pollers that hardly wait between two looks."""
    started: list[Poller] = []

    def start(look: Callable[[], bool], seconds: float = 0.001, at_once: int = 0) -> Poller:
        poller = Poller("test", look, seconds, at_once)
        started.append(poller)
        poller.start()
        return poller

    yield start
    for poller in started:
        poller.close()


def test_what_finds_something_looks_again_at_once(polling: Polling) -> None:
    left, found_all = iter(range(600)), threading.Event()

    def look() -> bool:
        found = next(left, None) is not None
        if not found:
            found_all.set()
        return found

    poller = polling(look, seconds=0.1)
    assert found_all.wait(SECONDS)  # with a pause before each look it would be a minute
    poller.close()
    assert poller.closing


def test_a_look_that_fails_is_followed_by_others(polling: Polling) -> None:
    failures, over = iter([OSError("gone"), ValueError("odd")]), threading.Event()

    def look() -> bool:
        for failure in failures:
            raise failure
        over.set()
        return False

    polling(look)
    assert over.wait(SECONDS)


def test_while_it_rests_nothing_is_looked_for(polling: Polling) -> None:
    looks: list[int] = []
    first = threading.Event()

    def look() -> bool:
        looks.append(len(looks))
        poller.rest(10 * SECONDS)
        poller.rest(0)  # a shorter rest ends no longer one
        first.set()
        return True

    poller = Poller("test", look, 0.001)
    poller.start()
    assert first.wait(SECONDS)
    poller.close()
    assert looks == [0]


def test_whoever_closes_it_waits_for_what_was_submitted(polling: Polling) -> None:
    begun, may_end, ended = threading.Event(), threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        assert may_end.wait(SECONDS)
        ended.set()

    poller = polling(lambda: False, at_once=1)
    poller.submit(work)
    assert begun.wait(SECONDS)
    threading.Timer(0.01, may_end.set).start()
    poller.close()
    assert ended.is_set()


def test_one_that_was_never_started_can_be_closed() -> None:
    poller = Poller("test", lambda: False, 0.001)
    poller.close()
    assert poller.closing
