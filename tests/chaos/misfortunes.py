"""What happens to the processes, the database, the store, the disks, the clocks and the network, at random."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import psutil

from tests.chaos.installation import Installation
from tests.chaos.processes import Process
from tests.s3_server import Fault

LONG_PAUSE = 20.0
"""Longer than a lease."""
FAULTS: tuple[Fault, ...] = ("refuse", "slow down", "cut", "error")
JUMPS = (-7200, -300, -30, 45, 600, 3600, 86_400)
"""Seconds by which a clock is wrong."""


@dataclass
class Misfortunes:
    """Begins one after the other, each in a thread; one process suffers one at a time."""

    made: Installation
    chance: random.Random
    mean_pause: float
    counts: Counter[str] = field(default_factory=Counter)
    stopping: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)
    _database: threading.Lock = field(default_factory=threading.Lock)
    _store: threading.Lock = field(default_factory=threading.Lock)
    _began: float = field(default_factory=time.monotonic)

    @property
    def kills(self) -> int:
        """How often `kill -9` was sent, of whole trees once."""
        return sum(count for what, count in self.counts.items() if what.startswith("kill -9"))

    def happen(self, seconds: float, kills: int) -> None:
        """Go on for at least so long, and until there were so many kills."""
        until = time.monotonic() + seconds
        while time.monotonic() < until or self.kills < kills:
            time.sleep(self.chance.expovariate(1 / self.mean_pause))
            self._begin()
        self.end()

    def end(self) -> None:
        """Let what lasts come to its end."""
        self.stopping.set()
        for one in self._threads:
            one.join(timeout=180)

    def _begin(self) -> None:
        choices = self._of_processes() | self._of_others()
        what = self.chance.choices(list(choices), [weight for weight, _ in choices.values()])[0]
        act = choices[what][1]
        seed = self.chance.random()
        if what in self._of_others():
            self._run(what, lambda: act(random.Random(seed)), None)  # noqa: S311 - chance that repeats
            return
        one = self.chance.choice(self.made.processes)
        if one.busy.acquire(blocking=False):
            self._run(f"{what}", lambda: act_on(act, one, seed), one)

    def _run(self, what: str, act: Callable[[], str | None], one: Process | None) -> None:
        def run() -> None:
            began = time.monotonic() - self._began
            try:
                told = act()
            except Exception as error:
                told = f"failed: {error}"
            finally:
                if one is not None:
                    one.busy.release()
            if told is not None:
                if not told.startswith("failed"):
                    self.counts[what] += 1
                print(f"{began:7.1f} s  {what} {one.name if one else ''} {told}", flush=True)  # noqa: T201

        thread = threading.Thread(target=run, daemon=True, name=what)
        self._threads = [*(known for known in self._threads if known.is_alive()), thread]
        thread.start()

    def _of_processes(self) -> dict[str, tuple[float, Callable[..., str | None]]]:
        choices: dict[str, tuple[float, Callable[..., str | None]]] = {
            "kill -9 of a tree": (18, self._kill),
            "kill -9 of a main process": (12, self._kill_alone),
            "kill -9 of a child": (45, self._kill_child),
            "stop": (3, self._stop),
            "pause": (5, self._pause),
        }
        if "clock jumps" not in self.made.missing:
            choices["clock jump"] = (6, self._jump)
        if "a full disk" not in self.made.missing:
            choices["full disk"] = (4, self._fill)
        if self.made.network is not None and self.made.arrangement == "cluster":
            choices["cut link"] = (5, self._cut)
        return choices

    def _of_others(self) -> dict[str, tuple[float, Callable[..., str | None]]]:
        choices: dict[str, tuple[float, Callable[..., str | None]]] = {}
        if self.made.postgres is not None:
            choices["restart of the database"] = (2, lambda chance: self._restart_database(signal.SIGINT, chance))
            choices["crash of the database"] = (2, lambda chance: self._restart_database(signal.SIGQUIT, chance))
            choices["crash of a database connection"] = (2, self._kill_backend)
        if self.made.store is not None:
            choices["trouble of the store"] = (5, self._store_fault)
            choices["pause of the store"] = (2, self._pause_store)
        return choices

    def _kill(self, one: Process, chance: random.Random) -> str:
        one.kill()
        self.stopping.wait(chance.choice([0, 0, chance.uniform(0, 15)]))
        one.start()
        return ""

    def _kill_alone(self, one: Process, chance: random.Random) -> str:
        one.kill(alone=True)
        one.start()
        return ""

    def _kill_child(self, one: Process, chance: random.Random) -> str | None:
        return one.kill_child(chance)

    def _stop(self, one: Process, chance: random.Random) -> str:
        one.stop()
        one.start()
        return ""

    def _pause(self, one: Process, chance: random.Random) -> str:
        seconds = chance.choice([chance.uniform(0.5, 5), LONG_PAUSE])
        one.signal(signal.SIGSTOP)
        self.stopping.wait(seconds)
        one.signal(signal.SIGCONT)
        return f"for {seconds:.0f} s"

    def _jump(self, one: Process, chance: random.Random) -> str:
        jump = chance.choice(JUMPS)
        assert one.clock is not None
        one.clock.set(jump)
        self.stopping.wait(chance.uniform(5, 30))
        one.clock.set(0)
        return f"by {jump} s"

    def _fill(self, one: Process, chance: random.Random) -> str:
        assert one.disk is not None
        seconds = chance.uniform(2, 15)
        with one.disk.full():
            self.stopping.wait(seconds)
        return f"for {seconds:.0f} s"

    def _cut(self, one: Process, chance: random.Random) -> str:
        assert self.made.network is not None
        assert one.space is not None
        seconds = chance.choice([chance.uniform(1, 6), chance.uniform(15, 30)])
        self.made.network.link(one.space, up=False)
        try:
            self.stopping.wait(seconds)
        finally:
            self.made.network.link(one.space, up=True)
        return f"for {seconds:.0f} s"

    def _restart_database(self, how: signal.Signals, chance: random.Random) -> str | None:
        assert self.made.postgres is not None
        if not self._database.acquire(blocking=False):
            return None
        try:
            self.made.postgres.stop(how)
            self.stopping.wait(chance.choice([0.0, 3.0, LONG_PAUSE]))
            self.made.postgres.start()
        finally:
            self._database.release()
        return how.name

    def _kill_backend(self, chance: random.Random) -> str | None:
        """PostgreSQL ends all connections then, and repairs itself."""
        assert self.made.postgres is not None
        pid = self.made.postgres.pid
        if pid is None:
            return None
        with contextlib.suppress(psutil.NoSuchProcess):
            serving = [one for one in psutil.Process(pid).children() if "headgate" in " ".join(one.cmdline())]
            if serving:
                os.kill(chance.choice(serving).pid, signal.SIGKILL)
                return ""
        return None

    def _store_fault(self, chance: random.Random) -> str | None:
        assert self.made.store is not None
        if not self._store.acquire(blocking=False):
            return None
        fault, seconds = chance.choice(FAULTS), chance.uniform(1, 12)
        try:
            with self.made.store.proxy.failing(fault):
                self.stopping.wait(seconds)
        finally:
            self._store.release()
        return f"{fault} for {seconds:.0f} s"

    def _pause_store(self, chance: random.Random) -> str:
        assert self.made.store is not None
        seconds = chance.uniform(2, 12)
        self.made.store.process.send_signal(signal.SIGSTOP)
        self.stopping.wait(seconds)
        self.made.store.process.send_signal(signal.SIGCONT)
        return f"for {seconds:.0f} s"


def act_on(act: Callable[..., str | None], one: Process, seed: float) -> str | None:
    """One misfortune of one process; the process is started when it has ended by itself."""
    if not one.lives():
        one.start()
    return act(one, random.Random(seed))  # noqa: S311 - chance that repeats
