"""How many small imports a service brings to their end: `python -m benchmarks.small_imports [--imports 300] [--rows 100]`.

Each import is what a program does: create it, PUT the file, ask until it is SUCCESSFUL, get the rows. First one at a time (how
long a person waits behind the upload), then from several clients at once (how many a second). Processor time is that of the server,
its workers and all their children; that of the clients, which share the processors with them, is told apart. The same files through
the engine alone, in one process, and requests that do nothing are what it is compared with.
"""

from __future__ import annotations

import argparse
import json
import os
import queue
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import psutil
from rich.console import Console
from rich.table import Table

from benchmarks.data import schema, write_csv
from benchmarks.plain_http import PlainClient
from benchmarks.startup import HEADGATE, serving
from headgate import import_file, load_schema

POLL_SECONDS, POLL_SECONDS_IN_A_CROWD = 0.005, 0.1
LONGEST_WAIT = 120
WARM_UP = 6
WARM_UP_IN_A_CROWD = 4
NOTHING = "/healthz"
NO_LIMITS = {"HEADGATE_RATE_LIMIT_CREATE": "off", "HEADGATE_RATE_LIMIT_RETRIEVE": "off"}


@dataclass(frozen=True)
class Crowd:
    """What several clients at once brought about: imports a second; processor seconds of an import, by process; requests of an
    import."""

    per_second: float
    cpu_by_process: dict[str, float]
    requests: float

    @property
    def cpu(self) -> float:
        """Processor seconds of an import, without those of the clients."""
        return sum(self.cpu_by_process.values()) - self.cpu_by_process["clients"]


@dataclass(frozen=True)
class Found:
    """Seconds from the answer to PUT until SUCCESSFUL, of each import alone; what a crowd brought about; processor seconds of an
    import by the engine alone; requests a second that do nothing."""

    waits: list[float]
    crowd: Crowd
    engine_cpu: float
    requests_per_second: float

    @property
    def late(self) -> float:
        """The 95th percentile of the waits."""
        return sorted(self.waits)[int(len(self.waits) * 0.95)]


def one_import(client: PlainClient, schema_id: str, content: bytes, poll: float = POLL_SECONDS) -> tuple[float, int]:
    """Create, PUT, wait, download: the seconds from the end of the second until that of the third, and the requests that it
    took. `poll`: seconds between two questions.

    Raises RuntimeError when it does not end as SUCCESSFUL.
    """
    created = client.json(
        "POST", "/api/v1/headless/imports/", {"schema_id": schema_id, "original_filename": "small.csv"}
    )
    client.request("PUT", created["upload"], content)
    own, began, asked = f"/api/v1/headless/imports/{created['id']}/", time.perf_counter(), 0
    while time.perf_counter() - began < LONGEST_WAIT:
        found, asked = client.json("GET", own), asked + 1
        if found["status"] == "SUCCESSFUL":
            passed = time.perf_counter() - began
            client.request("GET", client.json("GET", f"{own}url/")["presigned_url"])
            return passed, asked + 4
        if found["status"] in {"FAILED", "NEEDS_REVIEW"}:
            raise RuntimeError(f"An import ended as {found['status']}: {found}")
        time.sleep(poll)
    raise RuntimeError(f"An import was not done after {LONGEST_WAIT} seconds.")


def processor_seconds(server: int) -> dict[str, float]:
    """What the server and all its children took so far, those that have ended among them."""
    own = psutil.Process(server)
    times = own.cpu_times()
    seconds: dict[str, float] = {"server": times.user + times.system}
    seconds["workers"] = times.children_user + times.children_system
    for process in own.children(recursive=True):
        times = process.cpu_times()
        seconds["workers"] += times.user + times.system + times.children_user + times.children_system
    return seconds


def engine_alone(file: Path, document: dict[str, Any], times: int) -> float:
    """Processor seconds of an import in this process: the best of some, since others use the processor too."""
    parsed = load_schema(document)
    seconds = []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(times):
            began = time.process_time()
            import_file(file, parsed).write(Path(folder) / "rows.json")
            seconds.append(time.process_time() - began)
    return min(seconds)


def do_nothing(client: PlainClient, times: int) -> float:
    """Requests a second of one client that only asks whether the server lives."""
    began = time.perf_counter()
    for _ in range(times):
        client.request("GET", NOTHING)
    return times / (time.perf_counter() - began)


def in_a_crowd(address: str, key: str, schema_id: str, content: bytes, imports: int, clients: int) -> tuple[float, int]:
    """Have that many imports made by so many clients; gives the seconds and the requests that it took."""
    tickets: queue.SimpleQueue[None] = queue.SimpleQueue()
    for _ in range(imports):
        tickets.put(None)

    def work(_: int) -> int:
        client, requests = PlainClient(address, key), 0
        try:
            while True:
                tickets.get_nowait()
                requests += one_import(client, schema_id, content, POLL_SECONDS_IN_A_CROWD)[1]
        except queue.Empty:
            return requests
        finally:
            client.close()

    began = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        requests = sum(pool.map(work, range(clients)))
    return time.perf_counter() - began, requests


def measure_crowd(
    address: str, key: str, pid: int, schema_id: str, content: bytes, imports: int, clients: int
) -> Crowd:
    """Imports of several clients at once, after some that are not measured: every thread has its connections then."""
    in_a_crowd(address, key, schema_id, content, WARM_UP_IN_A_CROWD * clients, clients)
    before, own = processor_seconds(pid), time.process_time()
    passed, requests = in_a_crowd(address, key, schema_id, content, imports, clients)
    after, own_after = processor_seconds(pid), time.process_time()
    used = {part: after[part] - before[part] for part in before} | {"clients": own_after - own}
    return Crowd(imports / passed, {part: seconds / imports for part, seconds in used.items()}, requests / imports)


def measure(imports: int, rows: int, clients: int, alone: int) -> Found:
    """Start a service, and measure."""
    with tempfile.TemporaryDirectory(prefix="headgate-small-") as name:
        folder = Path(name)
        file = folder / "small.csv"
        write_csv(file, rows)
        content = file.read_bytes()
        with service(folder / "data") as (address, key, pid):
            client = PlainClient(address, key)
            schema_id = client.json("POST", "/api/v1/schemas/", {"name": "small", **schema()})["id"]
            for _ in range(WARM_UP):
                one_import(client, schema_id, content)
            waits = [one_import(client, schema_id, content)[0] for _ in range(alone)]
            client.close()
            crowd = measure_crowd(address, key, pid, schema_id, content, imports, clients)
            client = PlainClient(address, key)  # the service has ended the first, which was idle meanwhile
            nothing = do_nothing(client, imports)
            client.close()
        return Found(waits, crowd, engine_alone(file, schema(), 20), nothing)


@contextmanager
def service(data_dir: Path) -> Iterator[tuple[str, str, int]]:
    """A running service: its address, a key, and its process."""
    command = [*HEADGATE, "keys", "create", "--name", "benchmark", "--data-dir", str(data_dir)]
    key = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
    before = dict(os.environ)
    os.environ.update(NO_LIMITS)
    try:
        with serving(data_dir) as started:
            yield started.address, key, started.pid
    finally:
        os.environ.clear()
        os.environ.update(before)


def table_of(found: Found, rows: int) -> Table:
    """What was found, for people."""
    crowd = found.crowd
    table = Table(title=f"Imports of {rows} rows × 12 columns", title_justify="left", title_style="bold")
    table.add_column("what")
    table.add_column("", justify="right")
    for name, value in (
        ("PUT → SUCCESSFUL alone, median", f"{1000 * statistics.median(found.waits):.0f} ms"),
        ("PUT → SUCCESSFUL alone, 95th percentile", f"{1000 * found.late:.0f} ms"),
        ("imports a second, several clients", f"{crowd.per_second:.1f}"),
        ("requests of an import", f"{crowd.requests:.1f}"),
        ("processor time of an import, without the clients'", f"{1000 * crowd.cpu:.1f} ms"),
        *((f"  {part}", f"{1000 * seconds:.1f} ms") for part, seconds in crowd.cpu_by_process.items()),
        ("processor time of the engine alone", f"{1000 * found.engine_cpu:.1f} ms"),
        ("service : engine alone", f"{crowd.cpu / found.engine_cpu:.2f} ×"),
        ("requests a second that do nothing, one client", f"{found.requests_per_second:.0f}"),
        ("a wait, in requests that do nothing", f"{statistics.median(found.waits) * found.requests_per_second:.0f}"),
    ):
        table.add_row(name, value)
    return table


def main() -> None:
    """Measure and print; `--json` prints figures for programs."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--imports", type=int, default=300, help="imports of several clients at once")
    parser.add_argument("--alone", type=int, default=60, help="imports one after the other")
    parser.add_argument("--rows", type=int, default=100)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    found = measure(options.imports, options.rows, options.clients, options.alone)
    if options.json:
        json.dump({**asdict(found), "late": found.late}, sys.stdout)
        return
    Console().print(table_of(found, options.rows))


if __name__ == "__main__":
    main()
