"""One huge file through `headgate serve`, which is killed in the middle: what its processes hold in memory, and what lies on the disk.

    python -m benchmarks.huge_service --rows 6250000 --workers 2

The file is made while it is uploaded, so the only copy is the server's. Everything is killed (SIGKILL) when the first `--kill-at`
parts are finished, and started again.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psutil

from benchmarks.data import chunks, schema
from benchmarks.huge import held, tree

INTERVAL = 0.5
HEADGATE = [sys.executable, "-c", "from headgate.cli import main; main()"]


@dataclass
class Seen:
    """What was seen of a service: bytes at their peaks, seconds of processor and clock."""

    source_bytes: int = 0
    rows: int = 0
    result_bytes: int = 0
    sha256: str = ""
    wall: float = 0.0
    cpu: float = 0.0
    memory: int = 0
    resident: int = 0
    disk: int = 0
    parts: int = 0
    made_by_helpers: int = 0
    kills: int = 0
    steps: dict[str, int] = field(default_factory=dict)


class Watched:
    """A service that is looked at while it runs; one that was killed is started again on the same data."""

    def __init__(self, root: Path, workers: int, part_bytes: int) -> None:
        self.data, self.seen = root / "data", Seen()
        self._log = root / "log"
        limit = str(1 << 40)
        self._environment = {
            **os.environ, "HEADGATE_WORKERS": str(workers), "HEADGATE_CHUNK_SIZE": str(part_bytes), "HEADGATE_DISK_RESERVE": "0",
            "HEADGATE_MAX_UPLOAD_SIZE": limit, "HEADGATE_WORKER_TIME_LIMIT": "86400", "HEADGATE_DATA_DIR": str(self.data),
        }  # fmt: skip
        command = [*HEADGATE, "keys", "create"]
        self.key = subprocess.run(
            command, env=self._environment, check=True, stdout=subprocess.PIPE, text=True
        ).stdout.strip()
        self._cpu: dict[int, float] = {}
        self.start()
        threading.Thread(target=self._watch, daemon=True).start()

    def start(self) -> None:
        """Start it, and wait until it listens."""
        with self._log.open("ab") as stream:
            began = stream.tell()
            self._process = psutil.Popen([*HEADGATE, "serve", "--port", "0"], env=self._environment, stderr=stream)
        while not (match := re.search(r"headgate serves at (http://\S+)", self.told(began))):
            if self._process.poll() is not None:
                raise RuntimeError(self.told(began))
            time.sleep(INTERVAL)
        self.url = match[1]

    def told(self, began: int = 0) -> str:
        """Its log from a byte on."""
        return self._log.read_bytes()[began:].decode(errors="replace")

    def kill(self) -> None:
        """End all of its processes at once."""
        for one in tree(self._process):
            one.send_signal(signal.SIGKILL)
        self._process.wait()
        self.seen.kills += 1

    def stop(self) -> None:
        """End it in good order."""
        self._process.terminate()
        self._process.wait()

    def _watch(self) -> None:
        while True:
            memory = resident = 0
            for one in tree(self._process):
                try:
                    found, times = one.memory_info(), one.cpu_times()
                except psutil.Error:
                    continue
                memory += found.rss - found.shared
                resident += found.rss
                self._cpu[one.pid] = times.user + times.system
            seen = self.seen
            seen.memory, seen.resident = max(seen.memory, memory), max(seen.resident, resident)
            seen.disk, seen.cpu = max(seen.disk, held(self.data)), sum(self._cpu.values())
            time.sleep(INTERVAL)


def main() -> int:
    """Upload, kill, wait, print what was seen."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--rows", type=int, default=6_250_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--part-bytes", type=int, default=256 << 20)
    parser.add_argument("--kill-at", type=int, default=2, help="finished parts; 0 kills nothing")
    parser.add_argument("--scratch", type=Path, default=None)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="headgate-huge-", dir=arguments.scratch) as scratch:
        service = Watched(Path(scratch), arguments.workers, arguments.part_bytes)
        try:
            import_through(service, arguments.rows, arguments.kill_at)
        finally:
            service.stop()
    print(json.dumps(asdict(service.seen), indent=2))
    return 0


def import_through(service: Watched, rows: int, kill_at: int) -> None:
    """Import that many rows, with a kill when `kill_at` parts are finished."""
    description = schema()
    description["settings"]["maxFileSize"] = 1 << 40
    with httpx.Client(headers={"X-Dromo-License-Key": service.key}, timeout=600) as client:
        body = {"original_filename": "big.csv", "fields": description["fields"], "settings": description["settings"]}
        made = client.post(f"{service.url}/api/v1/headless/imports/", json=body).raise_for_status().json()
        seen = service.seen
        client.put(made["upload"], content=_counted(rows, seen)).raise_for_status()
        began = time.monotonic()
        status: dict[str, Any] = {}
        parts = service.data / "unfinished" / made["id"] / "parts"
        while status.get("status") not in ("SUCCESSFUL", "FAILED", "NEEDS_REVIEW"):
            finished = [path for path in parts.iterdir() if path.name.isdecimal()] if parts.exists() else []
            seen.parts = max(seen.parts, len(finished))
            if kill_at and seen.kills == 0 and len(finished) >= kill_at:
                service.kill()
                service.start()
            time.sleep(INTERVAL)
            status = client.get(f"{service.url}/api/v1/headless/imports/{made['id']}/progress/").json()
        seen.wall = time.monotonic() - began
        status = client.get(f"{service.url}/api/v1/headless/imports/{made['id']}/").raise_for_status().json()
        if status["status"] != "SUCCESSFUL":
            raise RuntimeError(json.dumps(status["import_errors"]))
        seen.rows = status["result_metadata"]["decisions"]["rows"]["read"]
        seen.made_by_helpers = service.told().count('"event": "helped"')
        seen.steps = status["result_metadata"]["decisions"]["timings"]
        _take(client, f"{service.url}/api/v1/headless/imports/{made['id']}/url/", seen)
    shutil.rmtree(service.data, ignore_errors=True)


def _counted(rows: int, seen: Seen) -> Iterator[bytes]:
    for position, chunk in enumerate(chunks(rows)):
        block = chunk.write_csv(include_header=position == 0).encode()
        seen.source_bytes += len(block)
        yield block


def _take(client: httpx.Client, url: str, seen: Seen) -> None:
    """Digest of the result, so that two ways of the same file can be compared."""
    digest = hashlib.sha256()
    with client.stream("GET", client.get(url).json()["presigned_url"]) as answer:
        for block in answer.iter_bytes(1 << 20):
            digest.update(block)
            seen.result_bytes += len(block)
    seen.sha256 = digest.hexdigest()


if __name__ == "__main__":
    sys.exit(main())
