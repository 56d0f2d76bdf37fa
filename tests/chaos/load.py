"""Clients that create, upload, look, delete and run again, through whichever server answers."""

from __future__ import annotations

import contextlib
import queue
import random
import socket
import threading
import time
import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import httpx
import orjson

from tests.chaos.inputs import FIELDS, KINDS, VARIANTS, Input, input_of
from tests.chaos.installation import Installation
from tests.chaos.journal import Journal, Told

AWAY = frozenset({429, 503, 507})
"""Answers that ask to be asked again."""
TIMEOUT = httpx.Timeout(20, connect=3)


class Caller:
    """Sends requests to servers by chance, and notes answers that no misfortune excuses."""

    def __init__(
        self, made: Installation, key: str, journal: Journal, chance: random.Random, stopping: threading.Event
    ) -> None:
        self._made, self.journal, self.chance, self.stopping = made, journal, chance, stopping
        self._server = chance.choice(made.servers)
        self._clients = {
            one.name: httpx.Client(headers={"X-Dromo-License-Key": key}, timeout=TIMEOUT) for one in made.servers
        }

    def send(self, what: str, method: str, path: str, **options: Any) -> httpx.Response | None:
        """The answer of one server; None when none came, or it asks to come again."""
        server = self._server
        try:
            answer = self._clients[server.name].request(method, f"{server.address}/api/v1{path}", **options)
        except httpx.HTTPError:
            self.turn()
            return None
        self.journal.answered(what, answer.status_code)
        if answer.status_code >= 500 and answer.status_code not in AWAY:
            self.journal.break_(f"{server.name} answers {answer.status_code} to {what}: {answer.text[:200]}")
            return None
        return None if answer.status_code in AWAY else answer

    def turn(self) -> None:
        """Go to another server, or come back to the same, as a proxy may decide."""
        self._server = self.chance.choice(self._made.servers)

    def insist(self, what: str, method: str, path: str, **options: Any) -> httpx.Response | None:
        """Ask until there is an answer; None when the load is over before."""
        while not self.stopping.is_set():
            if (answer := self.send(what, method, path, **options)) is not None:
                return answer
            self.stopping.wait(0.5)
        return None


class Importer(threading.Thread):
    """One client that has imports done, one after the other. `pause`: seconds between them at most."""

    def __init__(self, caller: Caller, hook: Callable[[str], str], pause: float, enough: threading.Event) -> None:
        """`enough`: nothing more shall begin."""
        super().__init__(daemon=True)
        self._caller, self._hook, self._pause, self._enough = caller, hook, pause, enough
        self._journal, self._chance = caller.journal, caller.chance

    def run(self) -> None:
        while not self._enough.is_set():
            self._caller.turn()
            self._one()
            self._caller.stopping.wait(self._chance.uniform(0, self._pause))

    def _one(self) -> None:
        kind = self._chance.choices(list(KINDS), list(KINDS.values()))[0]
        told = self._journal.add(Told(f"m-{uuid.uuid4().hex}", input_of(kind, self._chance.randrange(VARIANTS))))
        created = self._create(told)
        if created is None:
            return
        if kind != "rows":
            self._upload(told, created["upload"])
        if self._chance.random() < 0.12:
            self._caller.stopping.wait(self._chance.uniform(0, 3))
            self._remove(told)
        elif self._chance.random() < 0.1:
            self._rerun()

    def _create(self, told: Told) -> dict[str, Any] | None:
        settings = {"webhookUrl": self._hook("done"), "needsReviewWebhookUrl": self._hook("review")}
        body: dict[str, Any] = {
            "fields": FIELDS, "settings": settings | told.given.settings, "hooks": told.given.hooks,
            "import_metadata": {"user": {"id": told.marker}},
        }  # fmt: skip
        body |= {"initial_data": told.given.rows} if told.given.kind == "rows" else {"original_filename": told.marker}
        headers = {"Idempotency-Key": told.marker, "Content-Type": "application/json"}
        answer = self._caller.insist(
            "create", "POST", "/headless/imports/", content=orjson.dumps(body), headers=headers
        )
        if answer is None:
            return None
        if answer.status_code != 201:
            self._journal.break_(f"creating answers {answer.status_code} {answer.text[:200]}")
            return None
        created: dict[str, Any] = answer.json()
        told.id = created["id"]
        return created

    def _upload(self, told: Told, url: str) -> None:
        if self._chance.random() < 0.15 and told.given.content:
            self._cut_off(url, told.given.content)
            if self._chance.random() < 0.3:
                return
        for _ in range(20):
            if self._caller.stopping.is_set():
                return
            told.uploaded = "unknown" if told.uploaded == "no" else told.uploaded
            try:
                answer = httpx.put(url, content=told.given.content, timeout=TIMEOUT)
            except httpx.HTTPError:
                self._caller.stopping.wait(0.5)
                continue
            self._journal.answered("upload", answer.status_code)
            if answer.status_code in {200, 409}:  # 409: what was sent before did arrive
                told.uploaded = "yes"
                return
            if answer.status_code in {403, 404}:  # signed by a machine whose clock was wrong
                found = self._caller.send("retrieve", "GET", f"/headless/imports/{told.id}/")
                url = (found.json().get("upload") if found is not None and found.status_code == 200 else None) or url
            elif answer.status_code >= 500 and answer.status_code not in AWAY | {500}:
                self._journal.break_(f"an upload answers {answer.status_code} {answer.text[:200]}")
            self._caller.stopping.wait(0.5)

    def _cut_off(self, url: str, content: bytes) -> None:
        """Half of a file, then nobody is there any more."""
        parts = urlsplit(url)
        head = (
            f"PUT {parts.path}?{parts.query} HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Length: {len(content)}\r\n\r\n"
        )
        with (
            contextlib.suppress(OSError),
            socket.create_connection((parts.hostname or "", parts.port or 80), timeout=3) as one,
        ):
            one.sendall(head.encode() + content[: len(content) // 2])
            time.sleep(self._chance.uniform(0, 0.3))

    def _remove(self, told: Told) -> None:
        told.deleted = "unknown"
        answer = self._caller.insist("delete", "DELETE", f"/headless/imports/{told.id}/")
        if answer is not None and answer.status_code in {204, 404}:  # 404: an earlier try was heard
            told.deleted = "yes"
        elif answer is not None:
            self._journal.break_(f"deleting answers {answer.status_code} {answer.text[:200]}")

    def _rerun(self) -> None:
        """Of an import that has ended well. A repetition whose answer is lost is one that nobody knows."""
        ended = [one for one in self._journal.known() if one.ended == "SUCCESSFUL" and one.deleted == "no"]
        if not ended:
            return
        old = self._chance.choice(ended)
        old.repetitions += 1
        answer = self._caller.send("rerun", "POST", f"/dashboard/imports/{old.id}/rerun/", json={})
        if answer is not None and answer.status_code == 201:
            given = Input(old.given.kind, old.given.variant, old.given.content)
            self._journal.add(Told(old.marker, given, answer.json()["id"], uploaded="yes", rerun=True))


class Watcher(threading.Thread):
    """Looks at what is not over yet, and hands what needs a person to the reviewers."""

    def __init__(self, caller: Caller, reviews: queue.Queue[tuple[Told, str]]) -> None:
        super().__init__(daemon=True)
        self._caller, self._reviews, self._handed = caller, reviews, set[str]()

    def run(self) -> None:
        while not self._caller.stopping.is_set():
            known = self._caller.journal.known()
            ended = [one for one in known if one.ended]
            some = self._caller.chance.sample(ended, min(3, len(ended)))
            for told in [one for one in known if not one.ended and one.deleted == "no"] + some:
                if self._caller.stopping.is_set():
                    return
                self.look(told)
            self._caller.stopping.wait(0.5)

    def look(self, told: Told) -> None:
        self._caller.turn()
        floor = self._caller.journal.floor(told)
        answer = self._caller.send("retrieve", "GET", f"/headless/imports/{told.id}/")
        if answer is None or told.deleted != "no":
            return
        if answer.status_code != 200:
            self._caller.journal.break_(f"{told.id} answers {answer.status_code} {answer.text[:200]}")
            return
        found = answer.json()
        self._caller.journal.saw(told, found["status"], floor)
        if found["status"] == "NEEDS_REVIEW" and told.id not in self._handed:
            self._handed.add(told.id)
            self._reviews.put((told, found["review_url"].partition("#")[2]))
