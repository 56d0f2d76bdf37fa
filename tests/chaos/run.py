"""Random kills, pauses and restarts during a mixed load, and an auditor that sees only what clients see.

`python -m tests.chaos.run --seconds 120 --seed 7`: two servers and two workers on one PostgreSQL. Ends with 1 and a list when a
promise was broken: every accepted import ends once and right, statuses only go forward, each webhook has one id, what was
deleted stays so.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import httpx

from tests.contract.harness import CSV, Service, create, rows
from tests.postgres import Postgres
from tests.receiver import Receiver

ORDER = {"AWAITING_UPLOAD": 0, "PENDING": 1, "RUNNING": 2, "SUCCESSFUL": 3}
PAUSE_SECONDS = 20.0
SETTLE_SECONDS = 240.0


class Auditor:
    """What the service promised, and what it broke."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.accepted: set[str] = set()
        self.deleted: set[str] = set()
        self.doubtful: set[str] = set()
        self.broken: list[str] = []
        self._seen: dict[str, int] = {}

    def saw(self, import_id: str, status: str) -> None:
        with self._lock:
            place = ORDER.get(status, -1)
            if place < self._seen.get(import_id, 0):
                self.broken.append(f"{import_id} went back to {status}")
            self._seen[import_id] = max(place, self._seen.get(import_id, 0))

    def note(self, where: set[str], import_id: str) -> None:
        with self._lock:
            where.add(import_id)


class Client(threading.Thread):
    """Creates, uploads, looks and deletes, through whichever server answers."""

    def __init__(self, number: int, servers: list[Service], key: str, hook: str, auditor: Auditor) -> None:
        super().__init__(daemon=True)
        self._chance = random.Random(number)  # noqa: S311 - chance that repeats
        self._servers, self._key, self._hook, self._auditor = servers, key, hook, auditor
        self.stopping = threading.Event()

    def run(self) -> None:
        while not self.stopping.is_set():
            try:
                self._one()
            except (httpx.HTTPError, AssertionError, ValueError, KeyError):
                time.sleep(0.2)  # a server is down, or the database

    def _one(self) -> None:
        chance, auditor = self._chance, self._auditor
        with chance.choice(self._servers).client(self._key) as client:
            made = create(client, settings={"webhookUrl": self._hook})
            address = str(client.base_url).removesuffix("/api/v1/")
            path = made["upload"].split("/", 3)[3]
            auditor.note(auditor.doubtful, made["id"])
            content = f"#do sleep {chance.random()}\n".encode() + CSV
            if httpx.put(f"{address}/{path}", content=content, timeout=20).status_code != 200:
                return
            auditor.note(auditor.accepted, made["id"])
        with chance.choice(self._servers).client(self._key) as client:
            for _ in range(3):
                answer = client.get(f"/headless/imports/{made['id']}/")
                if answer.status_code == 200:
                    auditor.saw(made["id"], answer.json()["status"])
                elif answer.status_code != 503:
                    auditor.broken.append(f"{made['id']} answers {answer.status_code}")
            if chance.random() < 0.2 and client.delete(f"/headless/imports/{made['id']}/").status_code == 204:
                auditor.note(auditor.deleted, made["id"])


def disturb(chance: random.Random, everyone: list[Service], postgres: Postgres, until: float) -> None:
    """One misfortune after the other."""
    while time.monotonic() < until:
        time.sleep(chance.uniform(1, 5))
        one, what = chance.choice(everyone), chance.choice(["kill", "kill", "stop", "pause", "database"])
        print(f"{what} {one.log.stem}", flush=True)  # noqa: T201 - what a person watches
        if what == "database":
            postgres.stop()
            time.sleep(chance.uniform(0, 3))
            postgres.start()
        elif what == "pause":
            one.signal(signal.SIGSTOP)
            time.sleep(min(PAUSE_SECONDS, max(0.0, until - time.monotonic())))
            one.signal(signal.SIGCONT)
        else:
            one.kill() if what == "kill" else one.stop()
            one.start()


def audit(auditor: Auditor, server: Service, key: str, receiver: Receiver) -> None:
    """Look at everything that was promised, once the load is over."""
    deadline = time.monotonic() + SETTLE_SECONDS
    with server.client(key) as client:
        for import_id in sorted(auditor.accepted - auditor.deleted):
            while True:
                answer = client.get(f"/headless/imports/{import_id}/")
                found: dict[str, Any] = answer.json()
                if answer.status_code == 404 and import_id in auditor.doubtful:
                    break  # a deletion whose answer nobody saw
                if found.get("status") == "SUCCESSFUL":
                    if len(rows(client, import_id)) != 2:
                        auditor.broken.append(f"{import_id} has lost rows")
                    break
                if found.get("status") == "FAILED" or time.monotonic() > deadline:
                    auditor.broken.append(f"{import_id} is {found.get('status')}: {found.get('import_errors')}")
                    break
                time.sleep(0.2)
        for import_id in sorted(auditor.deleted):
            if client.get(f"/headless/imports/{import_id}/").status_code != 404:
                auditor.broken.append(f"{import_id} is back from its deletion")
    ids: dict[str, set[str]] = {}
    for one in list(receiver.requests):
        about = json.loads(one.body).get("upload_id") if one.body.startswith(b"{") else one.body.decode()
        ids.setdefault(str(about), set()).add(one.headers["webhook-id"])
    auditor.broken += [f"{about} was told under {len(found)} ids" for about, found in ids.items() if len(found) > 1]


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seconds", type=float, default=120)
    arguments.add_argument("--seed", type=int, default=7)
    given = arguments.parse_args()
    chance, auditor = random.Random(given.seed), Auditor()  # noqa: S311 - chance that repeats
    postgres = Postgres().start()
    with Receiver() as receiver, tempfile.TemporaryDirectory(prefix="headgate-chaos-") as root:
        shared: dict[str, Any] = {
            "database_url": postgres.database(), "webhook_private_hosts": f"127.0.0.1:{receiver.port}",
            "database_connections": 8, "shutdown_grace": 1,
        }  # fmt: skip
        data = Path(root) / "data"
        servers = [Service(data, name=f"server-{n}", workers=n, **shared) for n in range(2)]
        workers = [Service(data, name=f"worker-{n}", kind="worker", workers=1, **shared) for n in range(2)]
        everyone = [*servers, *workers]
        try:
            for one in everyone:
                one.start()
            key = servers[0].key()
            hook = receiver.url("/hook", "127.0.0.1")
            clients = [Client(number, servers, key, hook, auditor) for number in range(3)]
            for client in clients:
                client.start()
            disturb(chance, everyone, postgres, time.monotonic() + given.seconds)
            for client in clients:
                client.stopping.set()
            for client in clients:
                client.join(timeout=60)
            audit(auditor, servers[0], key, receiver)
        finally:
            for one in everyone:
                one.kill()
            postgres.remove()
    print(f"{len(auditor.accepted)} accepted, {len(auditor.deleted)} deleted")  # noqa: T201
    print("\n".join(auditor.broken) or "every promise was kept")  # noqa: T201
    return 1 if auditor.broken or not auditor.accepted else 0


if __name__ == "__main__":
    sys.exit(main())
