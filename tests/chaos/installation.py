"""What is disturbed: several processes on PostgreSQL and an S3-compatible store, or one on SQLite and its disk."""

from __future__ import annotations

import contextlib
import signal
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeVar

from headgate.accounts.service import AccountService
from headgate.db import Database
from headgate.storage import load_secret
from tests.chaos.machine import Clock, Network, SmallDisk, UnavailableError
from tests.chaos.processes import Process
from tests.postgres import Postgres
from tests.receiver import Receiver
from tests.s3_server import S3Server, start_rclone

Arrangement = Literal["cluster", "single"]
Had = TypeVar("Had")
MIB = 1024 * 1024
DISK_BYTES = 512 * MIB
LEFTOVER_SECONDS = 20
"""After which what belongs to no import is removed: an hour in earnest."""


@dataclass
class Installation:
    """Everything that runs. `missing`: what could not be had on this machine, and why."""

    arrangement: Arrangement
    root: Path
    receiver: Receiver
    host: str = "127.0.0.1"
    network: Network | None = None
    postgres: Postgres | None = None
    store: S3Server | None = None
    database_url: str = ""
    processes: list[Process] = field(default_factory=list)
    missing: dict[str, str] = field(default_factory=dict)

    @property
    def servers(self) -> list[Process]:
        return [one for one in self.processes if one.kind == "serve"]

    def key(self) -> str:
        """An API key, made beside the running processes, as the command line does."""
        database = Database(self.database_url)
        try:
            return AccountService(database).create_key("chaos").key
        finally:
            database.dispose()

    def stored(self) -> list[str]:
        """Paths of all files that are kept, below the store's root."""
        root = self.store.files if self.store is not None else self.processes[0].data / "files"
        # What rclone itself did not end when an upload was cut off is the store's affair.
        files = (path for path in root.rglob("*") if path.is_file() and not path.name.startswith(".rclone_temp"))
        return [str(path.relative_to(root)) for path in files]

    def come_up(self, seconds: float) -> None:
        """Have everything run again as it should. Raises TimeoutError."""
        deadline = time.monotonic() + seconds
        for one in self.processes:
            if one.clock is not None:
                one.clock.set(0)
            if self.network is not None and one.space is not None:
                self.network.link(one.space, up=True)
            one.signal(signal.SIGCONT)
        for one in self.processes:
            one.come_up(deadline)

    def restart(self, seconds: float) -> None:
        """Stop everything in good order and start it again: each start tidies up."""
        for one in self.processes:
            one.stop()
        self.come_up(seconds)

    def stop(self) -> None:
        for one in self.processes:
            one.kill()
            if one.disk is not None:
                one.disk.remove()
        if self.postgres is not None:
            self.postgres.remove()
        if self.store is not None:
            self.store.stop()
        if self.network is not None:
            self.network.remove()

    def make_process(self, name: str, kind: Literal["serve", "worker"], settings: dict[str, Any]) -> Process:
        one = Process(name, kind, self.root / name, settings, host=self.host, network=self.network)
        one.home.mkdir(parents=True)
        one.disk = self.get("a full disk", lambda: SmallDisk(one.data, DISK_BYTES))
        one.data.mkdir(exist_ok=True)
        one.clock = self.get("clock jumps", lambda: Clock(one.home / "clock"))
        if self.network is not None:
            one.space, one.host = self.network.place()
        else:
            one.port = _free_port()
        self.processes.append(one)
        return one

    def get(self, what: str, make: Callable[[], Had]) -> Had | None:
        """What `make` makes; None, noted, when the machine does not allow it."""
        try:
            return make()
        except UnavailableError as error:
            self.missing[what] = str(error)
            return None


@contextlib.contextmanager
def installed(arrangement: Arrangement, root: Path, receiver_answers: Callable[..., Any]) -> Iterator[Installation]:
    """An installation that runs, and is gone at the end."""
    missing: dict[str, str] = {}
    network = None
    try:
        network = Network()
    except UnavailableError as error:
        missing["addresses of their own, cut links"] = str(error)
    host = network.host if network else "127.0.0.1"
    with Receiver(receiver_answers, host=host) as receiver:
        made = Installation(arrangement, root, receiver, host, network, missing=missing)
        try:
            _build(made)
            made.processes[0].come_up(time.monotonic() + 120)
            made.come_up(120)
            yield made
        finally:
            made.stop()


def _build(made: Installation) -> None:
    shared: dict[str, Any] = {
        "webhook_private_hosts": f"{made.host}:{made.receiver.port}", "webhook_retry_delay": 0.3, "shutdown_grace": 1,
        "rate_limit_create": "off", "rate_limit_retrieve": "off", "disk_reserve": 16 * MIB,
        "leftover_age": LEFTOVER_SECONDS, "review_processes": 2,
    }  # fmt: skip
    if made.arrangement == "single":
        one = made.make_process("server-0", "serve", shared | {"workers": 2})
        made.database_url = f"sqlite:///{one.data / 'headgate.sqlite'}"
        return
    made.postgres = Postgres(made.host).start()
    made.store = start_rclone(made.root, made.host)
    made.database_url = made.postgres.database()
    shared |= {"database_url": made.database_url, "database_connections": 8, **made.store.settings("chaos")}
    for number in range(2):
        made.make_process(f"server-{number}", "serve", shared | {"workers": 1})
    for number in range(2):
        made.make_process(f"worker-{number}", "worker", shared | {"workers": 1})
    for name in ("secret", "encryption-key"):
        load_secret(made.processes[0].data, name)
        content = (made.processes[0].data / name).read_bytes()
        for one in made.processes[1:]:
            (one.data / name).write_bytes(content)
            (one.data / name).chmod(0o600)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
    return port
