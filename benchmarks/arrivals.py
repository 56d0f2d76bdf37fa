"""How soon a service notices what was PUT into an S3-compatible store: `python -m benchmarks.arrivals [--uploads 200]`.

Every upload is what a program does: create an import, PUT the file to the presigned URL of the store. What counts is from the store's
answer until the import reads AWAITING_UPLOAD no more. Measured twice: as the service looks by itself, and with the
event that a store sends (here sent by this program as soon as the store has answered). `--busy` has that many processes compute
meanwhile, as on a machine that does other things.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx
from rich.console import Console
from rich.table import Table

from tests.contract.harness import FIELDS, Service
from tests.postgres import Postgres
from tests.s3_server import S3Server, start_rclone

SECRET = "told-to-the-store"
POLL_SECONDS = 0.01
LONGEST_WAIT = 60.0
PUTS = 5
PROMISED = 2.0
"""Seconds; docs/storage.md."""
FILE = b"name,email\nAda,ada@example.com\n"


def one_upload(client: httpx.Client, store: httpx.Client, event: str | None) -> float:
    """Seconds from the store's answer to the import's next status. `event`: where the store tells of it.

    Raises TimeoutError.
    """
    body = {"fields": FIELDS, "original_filename": "a.csv"}
    created = client.post("/headless/imports/", json=body).raise_for_status().json()
    put(store, created["upload"])
    began = time.perf_counter()
    if event is not None:
        store.post(event, headers={"Authorization": f"Bearer {SECRET}"}).raise_for_status()
    while time.perf_counter() - began < LONGEST_WAIT:
        if client.get(f"/headless/imports/{created['id']}/").raise_for_status().json()["status"] != "AWAITING_UPLOAD":
            return time.perf_counter() - began
        time.sleep(POLL_SECONDS)
    raise TimeoutError(f"nothing noticed import {created['id']}")


def put(store: httpx.Client, url: str) -> None:
    """PUT the file, again where the store fails, as programs do. Raises HTTPStatusError."""
    for _ in range(PUTS - 1):
        if store.put(url, content=FILE).is_success:
            return
    store.put(url, content=FILE).raise_for_status()


def measure(service: Service, uploads: int, clients: int, pause: float, *, events: bool) -> list[float]:
    """The waits of that many uploads, sorted. `pause`: seconds between two uploads of a client."""
    key, waits, lock = service.key(), list[float](), threading.Lock()
    event = f"{service.address}/events/store" if events else None

    def work(count: int) -> None:
        with service.client(key) as client, httpx.Client(timeout=60) as store:
            for _ in range(count):
                wait = one_upload(client, store, event)
                with lock:
                    waits.append(wait)
                time.sleep(pause)

    shares = [uploads // clients + (number < uploads % clients) for number in range(clients)]
    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(work, shares))
    return sorted(waits)


def percentile(waits: list[float], part: float) -> float:
    """Of sorted waits: so that `part` of them are not longer."""
    return waits[min(len(waits) - 1, int(part * len(waits)))]


def _compute() -> None:
    while True:
        sum(range(100_000))


@contextmanager
def busy(processes: int) -> Iterator[None]:
    """Have so many processes compute meanwhile."""
    context = multiprocessing.get_context("spawn")
    running = [context.Process(target=_compute, daemon=True) for _ in range(processes)]
    for one in running:
        one.start()
    try:
        yield
    finally:
        for one in running:
            one.kill()
            one.join()


@contextmanager
def service(folder: Path, store: S3Server, postgres: Postgres | None) -> Iterator[Service]:
    """A service whose files are in the store."""
    database: dict[str, Any] = {} if postgres is None else {"database_url": postgres.database()}
    running = Service(
        folder / "data",
        real_engine=True,
        workers=1,
        store_event_secret=SECRET,
        **store.settings("arrivals"),
        **database,
    ).start()
    try:
        yield running
    finally:
        running.kill()


def table_of(found: dict[str, list[float]]) -> Table:
    """What was found, for people."""
    table = Table(
        title="From the store's answer to the next status, in seconds", title_justify="left", title_style="bold"
    )
    for title in ("", "median", "90 %", "99 %", "longest", f"over {PROMISED:.0f} s"):
        table.add_column(title, justify="left" if not title else "right")
    for name, waits in found.items():
        shown = (statistics.median(waits), percentile(waits, 0.9), percentile(waits, 0.99), waits[-1])
        late = sum(wait > PROMISED for wait in waits)
        table.add_row(name, *(f"{value:.2f}" for value in shown), str(late))
    return table


def main() -> None:
    """Measure and print; `--json` prints all waits for programs."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--uploads", type=int, default=200)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--pause", type=float, default=0.1, help="seconds between two uploads of a client")
    parser.add_argument("--busy", type=int, default=0, help="processes that compute meanwhile")
    parser.add_argument("--postgresql", action="store_true", help="with PostgreSQL instead of SQLite")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    found = {}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="headgate-arrivals-")))
        store = start_rclone(folder)
        stack.callback(store.stop)
        postgres = Postgres().start() if options.postgresql else None
        if postgres is not None:
            stack.callback(postgres.remove)
        running = stack.enter_context(service(folder, store, postgres))
        stack.enter_context(busy(options.busy))
        for name, events in (("by itself", False), ("with events", True)):
            found[name] = measure(running, options.uploads, options.clients, options.pause, events=events)
    if options.json:
        json.dump(found, sys.stdout)
        return
    Console().print(table_of(found))


if __name__ == "__main__":
    main()
