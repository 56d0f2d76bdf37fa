"""How many more imports two nodes bring to their end than one: `python -m benchmarks.nodes [--seconds 18] [--share 0.4]`.

A node is `headgate serve` with a worker, on PostgreSQL and a directory that both share. Each node gets the same share of a processor
(a control group), whatever it starts; the database and the clients stand outside of it. So one machine shows what two would do:
whether they hold each other up, by locks, by asking, or by work that each does for all. The shares must leave room for
the rest: with two processors, 0.4 each.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil
from rich.console import Console
from rich.table import Table

from benchmarks.cpu_share import CpuShare
from benchmarks.data import schema, write_csv
from benchmarks.plain_http import PlainClient
from benchmarks.small_imports import one_import, processor_seconds
from tests.contract.harness import Service
from tests.postgres import Postgres

WARM_UP_SECONDS = 3.0
POLL_SECONDS = 0.5


@dataclass(frozen=True)
class Found:
    """What so many nodes did: imports a second, processor seconds of an import in nodes, database and clients, and what part of their
    shares the nodes used."""

    nodes: int
    limited: bool
    per_second: float
    node_cpu: float
    database_cpu: float
    clients_cpu: float
    used: float


class Crowd:
    """Clients that make imports until they are told to stop, each at one node."""

    def __init__(self, nodes: list[Service], key: str, content: bytes, clients: int) -> None:
        client = PlainClient(nodes[0].address, key)
        self._schema_id = client.json("POST", "/api/v1/schemas/", {"name": "small", **schema()})["id"]
        client.close()
        self._key, self._content = key, content
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self.done = 0
        self.errors: list[Exception] = []
        self._threads = [
            threading.Thread(target=self._work, args=(node.address,)) for node in nodes for _ in range(clients)
        ]

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Wait for the imports that were begun. Raises the first error of a client."""
        self._stopped.set()
        for thread in self._threads:
            thread.join()
        if self.errors:
            raise self.errors[0]

    def _work(self, address: str) -> None:
        try:
            with contextlib.closing(PlainClient(address, self._key)) as client:
                while not self._stopped.is_set():
                    one_import(client, self._schema_id, self._content, POLL_SECONDS)
                    with self._lock:
                        self.done += 1
        except Exception as error:
            self.errors.append(error)


@contextlib.contextmanager
def cluster(folder: Path, postgres: Postgres, count: int) -> Iterator[tuple[list[Service], list[CpuShare]]]:
    """Nodes that run, each in a group of its own that is not limited yet."""
    with ExitStack() as stack:
        shares = [stack.enter_context(CpuShare(f"node-{number}")) for number in range(count)]
        url = postgres.database()
        nodes = []
        for number, share in enumerate(shares):
            node = Service(folder / "data", name=f"node-{number}", real_engine=True, workers=1, database_url=url)
            stack.callback(node.kill)
            nodes.append(node.start())
            share.add(_pid(node))
        yield nodes, shares


def _pid(node: Service) -> int:
    if node.process is None:
        raise RuntimeError("the node does not run")
    return node.process.pid


def _cpu(pid: int) -> float:
    return sum(processor_seconds(pid).values())


def _database_cpu(postgres: Postgres) -> float:
    """With the processes of connections that ended, which count for the one that started them."""
    root = psutil.Process(postgres.pid)
    times = [one.cpu_times() for one in (root, *root.children(recursive=True))]
    ended = times[0].children_user + times[0].children_system
    return float(ended + sum(one.user + one.system for one in times))


def measure(count: int, rows: int, seconds: float, share: float, clients: int) -> Found:
    """Start so many nodes, and measure."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="headgate-nodes-")))
        rest = stack.enter_context(CpuShare("rest"))
        rest.add(os.getpid())  # and so the database, which this process starts
        postgres = Postgres().start()
        stack.callback(postgres.remove)
        write_csv(folder / "small.csv", rows)
        nodes, shares = stack.enter_context(cluster(folder, postgres, count))
        crowd = Crowd(nodes, nodes[0].key(), (folder / "small.csv").read_bytes(), clients)
        crowd.start()
        stack.callback(crowd.stop)
        time.sleep(WARM_UP_SECONDS)
        for one in shares:
            one.limit(share)
        time.sleep(WARM_UP_SECONDS)  # what was begun without a limit comes to its end
        done, began, own = crowd.done, time.perf_counter(), time.process_time()
        used, database = sum(_cpu(_pid(node)) for node in nodes), _database_cpu(postgres)
        time.sleep(seconds)
        imports, passed = crowd.done - done, time.perf_counter() - began
        used = sum(_cpu(_pid(node)) for node in nodes) - used
        database, own = _database_cpu(postgres) - database, time.process_time() - own
        for one in shares:
            one.limit(float(os.cpu_count() or 1))  # so that the last ones do not take long
    return Found(
        nodes=count,
        limited=all(one.limited for one in shares),
        per_second=imports / passed,
        node_cpu=used / imports,
        database_cpu=database / imports,
        clients_cpu=own / imports,
        used=used / (passed * share * count),
    )


def ratio_of(one: Found, two: Found) -> float:
    """How many times as much both do; without control groups by the processor time that an import takes."""
    return two.per_second / one.per_second if two.limited else 2 * one.node_cpu / two.node_cpu


def table_of(one: Found, two: Found) -> Table:
    """What was found, for people."""
    table = Table(title="Imports of 100 rows by one and by two nodes", title_justify="left", title_style="bold")
    for name in ("what", "one node", "two nodes"):
        table.add_column(name, justify="left" if name == "what" else "right")
    both = (one, two)
    table.add_row("imports a second", *(f"{found.per_second:.2f}" for found in both))
    table.add_row("processor time of an import: its node", *(f"{1000 * found.node_cpu:.1f} ms" for found in both))
    table.add_row("  the database", *(f"{1000 * found.database_cpu:.1f} ms" for found in both))
    table.add_row("  the clients", *(f"{1000 * found.clients_cpu:.1f} ms" for found in both))
    table.add_row("part of their shares that nodes used", *(f"{100 * found.used:.0f} %" for found in both))
    table.add_row("two : one", "", f"{ratio_of(one, two):.2f} ×")
    if not two.limited:
        table.caption = "No control groups here: the ratio is that of the processor time of an import."
    return table


def main() -> None:
    """Measure and print; `--json` prints figures for programs."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--rows", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=18, help="for how long imports are counted")
    parser.add_argument("--share", type=float, default=0.4, help="of one processor, for each node")
    parser.add_argument("--clients", type=int, default=4, help="clients of each node")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    one, two = (measure(count, options.rows, options.seconds, options.share, options.clients) for count in (1, 2))
    if options.json:
        json.dump({"one": asdict(one), "two": asdict(two), "ratio": ratio_of(one, two)}, sys.stdout)
        return
    Console().print(table_of(one, two))


if __name__ == "__main__":
    main()
