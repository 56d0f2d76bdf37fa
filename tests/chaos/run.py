"""Chance against every promise: `make chaos CHAOS_ARGS="--arrangement cluster --seconds 600 --kills 150 --seed 3"`.

A mixed load runs while processes are killed and paused, the database restarts, disks fill, clocks jump and links are cut. Then an
auditor looks from the outside. Ends with 1 and a list when a promise was broken.
"""

from __future__ import annotations

import argparse
import queue
import random
import shutil
import signal
import sys
import tempfile
import threading
import time
from pathlib import Path

import httpx

from tests.chaos import report
from tests.chaos.auditor import Auditor, Sent
from tests.chaos.installation import Arrangement, Installation, installed
from tests.chaos.journal import Journal, Told
from tests.chaos.load import Caller, Importer, Watcher
from tests.chaos.misfortunes import Misfortunes
from tests.chaos.reviewing import Reviewer
from tests.receiver import Received, Reply

IMPORTERS, REVIEWERS = 3, 3
QUIET_SECONDS = 15
"""When nobody has had anything to do for so long, the load is over."""
BAD_ANSWERS = 0.12
"""Share of webhooks that the receiver does not take."""


def main() -> int:
    given = _arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that nothing of it is left behind
    arrangements: list[Arrangement] = ["cluster", "single"] if given.arrangement == "both" else [given.arrangement]
    broken = 0
    for number, arrangement in enumerate(arrangements):
        broken += _one(arrangement, given, given.seed + number)
    return 1 if broken else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--arrangement", choices=["cluster", "single", "both"], default="both")
    parser.add_argument("--seconds", type=float, default=300, help="how long each arrangement is disturbed at least")
    parser.add_argument("--kills", type=int, default=0, help="go on until there were so many kills")
    parser.add_argument("--seed", type=int, default=7, help="what chance begins with")
    parser.add_argument("--mean-pause", type=float, default=1.5, help="seconds between two misfortunes")
    parser.add_argument("--pause", type=float, default=1.5, help="seconds between two imports of one client at most")
    parser.add_argument("--settle", type=float, default=600, help="seconds for everything to come to an end afterwards")
    return parser.parse_args()


def _one(arrangement: Arrangement, given: argparse.Namespace, seed: int) -> int:
    chance, journal = random.Random(seed), Journal()  # noqa: S311 - chance that repeats
    sent: list[Sent] = []
    answers = random.Random(seed + 1)  # noqa: S311 - chance that repeats

    def answer(request: Received, _before: int) -> Reply:
        status = 500 if answers.random() < BAD_ANSWERS else 204
        sent.append(Sent(request, status))
        return Reply(status)

    report.say(f"{arrangement}: seed {seed}")
    began = time.monotonic()
    root = Path(tempfile.mkdtemp(prefix=f"headgate-chaos-{arrangement}-"))
    with installed(arrangement, root, answer) as made:
        key = made.key()
        _listen(made, key)
        misfortunes = Misfortunes(made, random.Random(chance.random()), given.mean_pause)  # noqa: S311 - as above
        load = Load(made, key, journal, chance, given.pause)
        misfortunes.happen(given.seconds, given.kills)
        made.come_up(300)
        load.end(given.settle)
        report.say("the load is over; now the auditor looks")
        headers = {"X-Dromo-License-Key": key}
        client = httpx.Client(base_url=f"{made.servers[0].address}/api/v1", headers=headers, timeout=60)
        auditor = Auditor(made, client, journal, sent, given.settle)
        try:
            auditor.audit()
        except TimeoutError as error:
            journal.break_(str(error))
        journal.write(root / "journal.jsonl")
    report.write(report.Run(arrangement, seed, time.monotonic() - began, made, misfortunes, journal, auditor, sent))
    if journal.broken:
        report.say(f"logs and the journal are kept in {root}")
    else:
        shutil.rmtree(root, ignore_errors=True)
    return len(journal.broken)


def _listen(made: Installation, key: str) -> None:
    """A managed webhook for everything."""
    address = f"{made.servers[0].address}/api/v1/webhooks/"
    body = {"url": made.receiver.url("/managed", made.host)}
    httpx.post(address, json=body, headers={"X-Dromo-License-Key": key}, timeout=30).raise_for_status()


class Load:
    """All clients, each a thread."""

    def __init__(self, made: Installation, key: str, journal: Journal, chance: random.Random, pause: float) -> None:
        self._enough, self._stopping = threading.Event(), threading.Event()
        reviews: queue.Queue[tuple[Told, str]] = queue.Queue()

        def caller() -> Caller:
            return Caller(made, key, journal, random.Random(chance.random()), self._stopping)  # noqa: S311 - repeats

        def hook(path: str) -> str:
            return made.receiver.url(f"/{path}", made.host)

        self._reviewers = [Reviewer(caller(), reviews) for _ in range(REVIEWERS)]
        self._importers = [Importer(caller(), hook, pause, self._enough) for _ in range(IMPORTERS)]
        self._watcher = Watcher(caller(), reviews)
        for one in self._threads:
            one.start()

    @property
    def _threads(self) -> list[threading.Thread]:
        return [*self._reviewers, *self._importers, self._watcher]

    def end(self, seconds: float) -> None:
        """Begin nothing more; what was interrupted is asked for again, and people end their reviews, for at most so long."""
        self._enough.set()
        until, quiet = time.monotonic() + seconds, 0
        while quiet < QUIET_SECONDS and time.monotonic() < until:
            time.sleep(1)
            busy = any(one.is_alive() for one in self._importers) or not all(one.idle for one in self._reviewers)
            quiet = 0 if busy else quiet + 1
        self._stopping.set()
        for one in self._threads:
            one.join(timeout=60)


if __name__ == "__main__":
    sys.exit(main())
