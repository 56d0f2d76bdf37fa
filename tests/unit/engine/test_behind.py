"""Work behind whoever makes items: in order, to its end, bounded, and no error is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator

import pytest

from headgate.engine.behind import Behind
from headgate.engine.parallel import MIN_ROWS


def work_behind(work: Callable[[int], None], items: Iterable[int], rows: int) -> None:
    with Behind(work) as behind:
        for item in items:
            behind.take(item, rows)


@pytest.mark.parametrize("rows", [0, MIN_ROWS])
def test_work_behind_is_done_in_order_and_to_its_end(rows: int) -> None:
    done: list[int] = []
    work_behind(done.append, range(100), rows)
    assert done == list(range(100))


def test_whoever_makes_items_goes_on_behind_one_but_not_far() -> None:
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


def test_after_an_error_of_whoever_makes_items_nothing_is_at_work() -> None:
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
