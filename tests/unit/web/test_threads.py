"""What runs in a thread gives, raises and sees what it would in the loop, and the loop goes on meanwhile."""

from __future__ import annotations

import asyncio
import contextvars
import threading
from typing import Any

import pytest

from headgate.web.threads import Threads

WHERE = contextvars.ContextVar("where", default="nowhere")
SECONDS = 30.0


def test_it_gives_what_the_function_gives_with_the_context_of_the_caller() -> None:
    async def ask() -> tuple[str, int, bool]:
        WHERE.set("here")
        return await Threads().run(lambda one, two: (WHERE.get(), one + two, is_main()), 1, two=2)

    def is_main() -> bool:
        return threading.current_thread() is threading.main_thread()

    assert asyncio.run(ask()) == ("here", 3, False)


def test_what_the_function_raises_comes_through() -> None:
    def fail(error: BaseException) -> None:
        raise error

    async def ask(error: BaseException) -> None:
        await Threads().run(fail, error)

    with pytest.raises(KeyError, match="lost"):
        asyncio.run(ask(KeyError("lost")))
    with pytest.raises(RuntimeError, match="StopIteration"):
        asyncio.run(ask(StopIteration(1)))


def test_so_many_run_at_once_and_others_wait() -> None:
    threads, both, third = Threads(most=2), threading.Barrier(2), threading.Event()

    def meet(number: int) -> tuple[int, str]:
        if number < 2:
            both.wait(SECONDS)
        else:
            third.set()
        return number, threading.current_thread().name

    async def ask() -> list[tuple[int, str]]:
        return await asyncio.gather(*(threads.run(meet, number) for number in range(6)))

    found = asyncio.run(ask())
    assert [number for number, _ in found] == list(range(6))
    assert len({name for _, name in found}) == 2
    assert third.is_set()


def test_one_after_the_other_takes_one_thread() -> None:
    threads = Threads()

    async def ask() -> set[Any]:
        return {await threads.run(threading.get_ident) for _ in range(20)}

    assert len(asyncio.run(ask())) == 1


def test_who_is_cancelled_waits_no_longer_and_the_thread_serves_others() -> None:
    threads, begun, let_go = Threads(most=1), threading.Event(), threading.Event()

    def hold() -> None:
        begun.set()
        let_go.wait(SECONDS)

    async def ask() -> str:
        waiting = asyncio.ensure_future(threads.run(hold))
        while not begun.is_set():
            await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        let_go.set()
        return await threads.run(lambda: "done")

    assert asyncio.run(ask()) == "done"
