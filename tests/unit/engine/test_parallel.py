"""Side by side and ahead of time: the results are those of doing one thing after the other."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial

import polars as pl
import pytest

from headgate.engine.parallel import MIN_CELLS, MIN_ROWS, ahead, chunks_ahead, in_parallel, meanwhile


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


@pytest.mark.parametrize("rows", [1, MIN_CELLS])
def test_chunks_made_ahead_come_in_order_and_none_is_lost(rows: int) -> None:
    chunks = [pl.DataFrame({"a": [number]}).select(pl.col("a").repeat_by(rows).explode()) for number in range(3)]
    assert [chunk["a"][0] for chunk in chunks_ahead(iter(chunks))] == [0, 1, 2]
    assert list(chunks_ahead(iter([]))) == []


def test_only_a_large_chunk_is_worked_on_while_the_next_is_made() -> None:
    threads: list[threading.Thread] = []

    def chunks(rows: int) -> Iterator[pl.DataFrame]:
        for _ in range(2):
            yield pl.DataFrame({"a": pl.int_range(rows, eager=True)})
            threads.append(threading.current_thread())

    for rows in (1, MIN_CELLS):
        threads.clear()
        assert len(list(chunks_ahead(chunks(rows)))) == 2
        assert (threads[-1] is threading.current_thread()) == (rows == 1)


def test_an_error_behind_an_item_is_raised_after_it() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise KeyError("broken")

    made = ahead(items())
    assert next(made) == 1
    with pytest.raises(KeyError, match="broken"):
        next(made)


def test_what_is_done_meanwhile_runs_beside_the_block_and_is_done_behind_it() -> None:
    block_waits, done = threading.Event(), threading.Event()

    def work() -> None:
        assert block_waits.wait(10)
        done.set()

    with meanwhile(work, worthwhile=True) as begin:
        begin()
        begin()
        block_waits.set()
    assert done.is_set()


def test_what_is_not_worthwhile_or_never_begun_is_not_done_meanwhile() -> None:
    done = threading.Event()
    with meanwhile(done.set, worthwhile=False) as begin:
        begin()
    with meanwhile(done.set, worthwhile=True):
        pass
    assert not done.is_set()


def test_an_error_of_what_is_done_meanwhile_is_left_to_whoever_needs_it() -> None:
    with meanwhile(lambda: 1 // 0, worthwhile=True) as begin:
        begin()
    with pytest.raises(KeyError, match="of the block"), meanwhile(lambda: 1, worthwhile=True):
        raise KeyError("of the block")
