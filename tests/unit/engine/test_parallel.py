"""Side by side, ahead of time and behind: the results are those of doing one thing after the other."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from functools import partial

import pytest

from headgate.engine.parallel import MIN_ROWS, Behind, ahead, in_parallel


@pytest.mark.parametrize("rows", [0, MIN_ROWS])
def test_results_stand_in_the_order_of_the_tasks(rows: int) -> None:
    assert in_parallel([partial(pow, n, 2) for n in range(20)], rows) == [n * n for n in range(20)]


@pytest.mark.parametrize("rows", [0, MIN_ROWS])
def test_an_error_of_a_task_is_raised(rows: int) -> None:
    with pytest.raises(ZeroDivisionError):
        in_parallel([lambda: 1, lambda: 1 // 0], rows)


def test_items_made_ahead_come_in_order_and_none_is_lost() -> None:
    assert list(ahead(iter(range(100)))) == list(range(100))
    assert list(ahead(iter([]))) == []
    assert list(ahead(iter([None, False]))) == [None, False]


def test_the_next_item_is_made_while_one_is_worked_on() -> None:
    second_was_made = threading.Event()

    def items() -> Iterator[int]:
        yield 1
        second_was_made.set()
        yield 2

    for item in ahead(items()):
        assert second_was_made.wait(10), item


def test_an_error_behind_an_item_is_raised_after_it() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise KeyError("broken")

    made = ahead(items())
    assert next(made) == 1
    with pytest.raises(KeyError, match="broken"):
        next(made)


def work_behind(work: Callable[[int], None], items: Iterable[int], rows: int) -> None:
    with Behind(work) as behind:
        for item in items:
            behind.take(item, rows)


@pytest.mark.parametrize("rows", [0, MIN_ROWS])
def test_work_behind_is_done_in_order_and_to_its_end(rows: int) -> None:
    done: list[int] = []
    work_behind(done.append, range(100), rows)
    assert done == list(range(100))


def test_whoever_makes_items_goes_on_behind_one_but_not_far(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("headgate.engine.parallel._threads", lambda: 2)
    made, made_when_done = 0, list[int]()
    third_was_made = threading.Event()

    def items() -> Iterator[int]:
        nonlocal made
        for item in range(20):
            made = item + 1
            if made == 3:
                third_was_made.set()
            yield item

    def work(item: int) -> None:
        assert third_was_made.wait(10), item
        made_when_done.append(made)

    work_behind(work, items(), MIN_ROWS)
    assert all(made <= item + 3 for item, made in enumerate(made_when_done))


@pytest.mark.parametrize("rows", [0, MIN_ROWS])
@pytest.mark.parametrize("bad", [0, 5, 9])
def test_an_error_behind_is_raised_though_it_be_the_last(rows: int, bad: int) -> None:
    def work(item: int) -> None:
        if item == bad:
            raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        work_behind(work, range(10), rows)


def test_after_an_error_of_whoever_makes_items_nothing_is_at_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("headgate.engine.parallel._threads", lambda: 2)
    begun, failing, done = threading.Event(), threading.Event(), list[int]()

    def items() -> Iterator[int]:
        yield 0
        assert begun.wait(10)
        yield 1
        failing.set()
        raise KeyError("wrong")

    def work(item: int) -> None:
        begun.set()
        assert failing.wait(10)
        done.append(item)

    with pytest.raises(KeyError, match="wrong"):
        work_behind(work, items(), MIN_ROWS)
    assert not [thread.name for thread in threading.enumerate() if thread.name.startswith("behind")]
    assert 0 in done
