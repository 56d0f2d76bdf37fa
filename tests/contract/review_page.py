"""A review's page as far as it speaks HTTP: what a browser would send, without the browser."""

from __future__ import annotations

import json
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from tests.contract.harness import Service, run

ROWS = b"#do review\nname,email\nAda,ada@example.com\nAlan,bad\nGrace,grace@example.com\n"


class Page:
    """One browser that has a review open."""

    def __init__(self, service: Service, waiting: dict[str, Any], author: str = "browser-one") -> None:
        self.id = waiting["id"]
        self.service = service
        self.token = waiting["review_url"].partition("#")[2]
        self.headers = {"Authorization": f"Bearer {self.token}", "X-Review-Author": author}

    def send(self, method: str, path: str, **options: Any) -> httpx.Response:
        headers = self.headers | options.pop("headers", {})
        url = f"{self.service.address}/api/v1/reviews/{self.id}{path}"
        return httpx.request(method, url, headers=headers, timeout=options.pop("timeout", 30), **options)

    def get(self, path: str = "/", **query: Any) -> Any:
        answer = self.send("GET", path, params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, body: Any = None, status: int = 200) -> Any:
        answer = self.send("POST", path, json=body or {})
        assert answer.status_code == status, answer.text
        return answer.json()

    def edit(self, row: int, column: str, text: str | None, change_id: str | None = None, **more: Any) -> Any:
        cells = [{"row": row, "column": column, "text": text, **more}]
        return self.post("/changes", change({"kind": "set_cells", "cells": cells}, change_id))

    def texts(self) -> list[list[str | None]]:
        return [row["cells"] for row in self.post("/rows", {})["rows"]]

    def submit(self) -> None:
        confirmed = self.post("/submit/preview")
        self.post("/submit", {"version": confirmed["version"]}, 202)

    def ready(self, seconds: float = 90) -> Any:
        """The state once nothing is being prepared."""
        return until(lambda: self._state_if_ready(), seconds)

    def _state_if_ready(self) -> Any:
        answer = self.send("GET", "/")
        if answer.status_code in {409, 503}:
            return None
        assert answer.status_code == 200, answer.text
        return None if answer.json()["preparing"] else answer.json()

    @contextmanager
    def listening(self, last: int | None = None) -> Iterator[Events]:
        headers = self.headers | ({} if last is None else {"Last-Event-ID": str(last)})
        url = f"{self.service.address}/api/v1/reviews/{self.id}/events"
        with httpx.stream("GET", url, headers=headers, timeout=30) as answer:
            assert answer.status_code == 200, answer.read()
            events = Events(answer)
            events.wait(lambda: events.connected)
            yield events


class Events:
    """What an event stream has said so far: `(name, data)`, and the ids that came with them."""

    def __init__(self, answer: httpx.Response) -> None:
        self.seen: list[tuple[str, dict[str, Any]]] = []
        self.ids: list[str] = []
        self.connected = self.ended = False
        self._lines = answer.iter_lines()
        threading.Thread(target=self._read, daemon=True).start()

    def named(self, name: str) -> list[dict[str, Any]]:
        return [data for found, data in self.seen if found == name]

    def wait(self, condition: Callable[[], Any]) -> None:
        until(condition)

    def _read(self) -> None:
        name = ""
        try:
            for line in self._lines:
                self.connected = True
                if line.startswith("event: "):
                    name = line.removeprefix("event: ")
                elif line.startswith("id: "):
                    self.ids.append(line.removeprefix("id: "))
                elif line.startswith("data: "):
                    self.seen.append((name, json.loads(line.removeprefix("data: "))))
        except (httpx.HTTPError, httpx.StreamError):
            pass
        self.ended = True


def change(body: dict[str, Any], change_id: str | None = None) -> dict[str, Any]:
    return {"change": body, "id": change_id or uuid.uuid4().hex}


def until(condition: Callable[[], Any], seconds: float = 90) -> Any:
    """What `condition` gives once it is true."""
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, "it did not become true"
        time.sleep(0.02)
    return found


def open_page(service: Service, client: httpx.Client, content: bytes = ROWS, **body: Any) -> Page:
    """An import that needs a person, and the page of it."""
    waiting = run(client, content, **body)
    assert waiting["status"] == "NEEDS_REVIEW", waiting
    return Page(service, waiting)


def second_browser(page: Page, author: str = "browser-two") -> Page:
    other = Page.__new__(Page)
    other.__dict__ = page.__dict__ | {"headers": page.headers | {"X-Review-Author": author}}
    return other
