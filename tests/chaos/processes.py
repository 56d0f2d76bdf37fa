"""One server or worker: a real process tree with its own address, disk and clock."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import httpx
import psutil

from tests.chaos.machine import Clock, Network, SmallDisk
from tests.contract.harness import ROOT

PORT = 8000
HEADGATE = [sys.executable, "-c", "from headgate.cli import main; main()"]


@dataclass
class Process:
    """`home`: where its data directory and log are. What the machine does not allow is None."""

    name: str
    kind: Literal["serve", "worker"]
    home: Path
    settings: dict[str, Any]
    host: str = "127.0.0.1"
    port: int = PORT
    space: str | None = None
    network: Network | None = None
    disk: SmallDisk | None = None
    clock: Clock | None = None
    busy: threading.Lock = field(default_factory=threading.Lock)
    """Held by the misfortune that happens to it."""
    process: subprocess.Popen[bytes] | None = None

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / f"{self.name}.log"

    @property
    def address(self) -> str:
        return f"http://{self.host}:{self.port}"

    def start(self) -> None:
        """Start it, without waiting until it serves."""
        environment = {key: value for key, value in os.environ.items() if not key.startswith("HEADGATE_")}
        settings = {"data_dir": self.data, "host": self.host, "port": self.port} | self.settings
        environment |= {f"HEADGATE_{key.upper()}": str(value) for key, value in settings.items()}
        prefix = ["ip", "netns", "exec", self.space] if self.space else []
        if self.clock is not None:
            prefix += ["env", *(f"{name}={value}" for name, value in self.clock.environment.items())]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*prefix, *HEADGATE, self.kind],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def is_ready(self) -> bool:
        """Whether it has come up: a server answers well, a worker lives."""
        if not self.lives():
            return False
        if self.kind == "worker":
            return True
        with contextlib.suppress(httpx.HTTPError):
            return httpx.get(f"{self.address}/readyz", timeout=5).status_code == 200
        return False

    def lives(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def come_up(self, deadline: float) -> None:
        """Start it as often as it takes, as whatever keeps services running does. Raises TimeoutError."""
        while not self.is_ready():
            if time.monotonic() > deadline:
                raise TimeoutError(f"{self.name} does not come up: {self.end_of_log()}")
            if not self.lives():
                self.start()
            time.sleep(0.5)

    def end_of_log(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")[-2000:] if self.log.exists() else ""

    def kill(self, *, alone: bool = False) -> None:
        """`kill -9` of the whole tree at once, or of the main process `alone`, which leaves its children to themselves."""
        if self.process is None:
            return
        with contextlib.suppress(psutil.NoSuchProcess):
            root = psutil.Process(self.process.pid)
            for one in [root] if alone else [root, *root.children(recursive=True)]:
                with contextlib.suppress(psutil.NoSuchProcess):
                    one.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process = None

    def kill_child(self, chance: random.Random) -> str | None:
        """`kill -9` of one process below it; says which, None when there was none."""
        if self.process is None:
            return None
        with contextlib.suppress(psutil.NoSuchProcess):
            children = psutil.Process(self.process.pid).children(recursive=True)
            if children:
                one = chance.choice(sorted(children, key=lambda child: child.pid))
                told = " ".join(one.cmdline())
                one.kill()
                return "hook process" if "spawn_main" not in told else "engine process"
        return None

    def stop(self) -> None:
        """As an operator does; killed when it does not end."""
        if self.process is None:
            return
        self.process.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=60)
        self.kill()

    def signal(self, number: signal.Signals) -> None:
        """To the main process alone."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(number)
