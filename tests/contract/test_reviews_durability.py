"""What was answered is kept: `kill -9` of the review's process, of the server, of the finishing job, at any moment."""

from __future__ import annotations

import random
import threading
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from tests.contract.harness import Service, rows, wait
from tests.contract.review_double import OPENED
from tests.contract.review_page import Page, change, open_page, second_browser, until


@pytest.fixture
def durable(tmp_path: Path) -> Iterator[Service]:
    running = Service(tmp_path / "data", workers=1, shutdown_grace=0, review_processes=2).start()
    yield running
    running.kill()


def client_of(service: Service, key: str) -> httpx.Client:
    return service.client(key)


def review_processes(service: Service) -> list[psutil.Process]:
    """The processes of reviews and the warm ones: those that loaded the module of their pipe, as workers did not."""
    assert service.process is not None
    children = psutil.Process(service.process.pid).children(recursive=True)
    return [one for one in children if _works_on_reviews(one)]


def _works_on_reviews(process: psutil.Process) -> bool:
    try:
        return "spawn_main" in " ".join(process.cmdline()) and process.num_threads() > 0
    except psutil.NoSuchProcess:
        return False


def kill_children(service: Service) -> None:
    for one in review_processes(service):
        one.kill()


def test_no_edit_is_lost_when_processes_are_killed_between_any_two(durable: Service) -> None:
    with client_of(durable, durable.key()) as client:
        page = open_page(durable, client)
        for number in range(4):
            assert page.ready()["version"] == number
            assert page.edit(1, "name", f"edit {number}")["version"] == number + 1
            kill_children(durable)
        assert page.ready()["version"] == 4
        assert page.texts()[0][0] == "edit 3"
        assert page.post("/undo", {"id": uuid.uuid4().hex})["cells"] == 1
        assert page.texts()[0][0] == "edit 2"


def test_no_edit_is_lost_when_the_server_is_killed_between_any_two(durable: Service) -> None:
    key = durable.key()
    with client_of(durable, key) as client:
        page = open_page(durable, client)
    for number in range(3):
        page.ready()
        page.edit(1, "name", f"edit {number}", f"change-{number}")
        durable.kill()
        durable.start()
        page.ready()
        again = page.edit(1, "name", f"edit {number}", f"change-{number}")
        assert again["version"] == number + 1
    assert [one["version"] for one in page.get("/history")] == [3, 2, 1]
    cell = page.post("/cell", {"row": 1, "column": "name"})["history"]
    assert [(one["before"], one["after"]) for one in cell] == [
        ("edit 1", "edit 2"), ("edit 0", "edit 1"), ("Ada", "edit 0"),
    ]  # fmt: skip


def test_no_process_of_a_review_outlives_a_killed_server(durable: Service) -> None:
    with client_of(durable, durable.key()) as client:
        open_page(durable, client).ready()
    processes = review_processes(durable)
    assert durable.process is not None
    psutil.Process(durable.process.pid).kill()
    durable.process.wait()
    _, alive = psutil.wait_procs(processes, timeout=60)
    assert not alive


@pytest.mark.slow
def test_nothing_answered_is_lost_over_random_kills(durable: Service) -> None:
    """Two browsers edit while processes and the whole server are killed: each answered edit is in the log, once."""
    key = durable.key()
    with client_of(durable, key) as client:
        page = open_page(durable, client)
        page.ready()
    load = _Load(page)
    chance = random.Random(5)  # noqa: S311 - chance that repeats
    threads = [threading.Thread(target=load.work, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for kill in (kill_children, kill_children, _restart, kill_children, _restart):
        load.wait_for_more(3)
        time.sleep(chance.random() * 0.2)
        kill(durable)
    load.stopping.set()
    for thread in threads:
        thread.join()
    page.ready()
    history = page.get("/history", limit=500)
    assert [one["version"] for one in history] == list(range(len(history), 0, -1))
    cells = page.post("/cell", {"row": 1, "column": "name"})["history"]
    written = [one["after"] for one in cells]
    assert len(set(written)) == len(written)
    assert load.answered <= set(written)


def _restart(service: Service) -> None:
    service.kill()
    service.start()


class _Load:
    """Browsers that send an edit again, with its id, until it is answered."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.answered: set[str] = set()
        self.stopping = threading.Event()

    def wait_for_more(self, edits: int) -> None:
        enough = len(self.answered) + edits
        until(lambda: len(self.answered) >= enough, 60)

    def work(self, number: int) -> None:
        one = second_browser(self.page, f"browser-{number:02}")
        for step in range(1000):
            if self.stopping.is_set():
                return
            text = f"{number}-{step}"
            body = change({"kind": "set_cells", "cells": [{"row": 1, "column": "name", "text": text}]})
            while not self._sent(one, body):
                time.sleep(0.1)
            self.answered.add(text)

    def _sent(self, one: Page, body: dict[str, Any]) -> bool:
        try:
            answer = one.send("POST", "/changes", json=body)
        except httpx.HTTPError:
            return False
        assert answer.status_code in {200, 409, 503}, answer.text
        return answer.status_code == 200


def test_the_longest_unused_review_makes_room(durable: Service) -> None:
    with client_of(durable, durable.key()) as client:
        pages = [open_page(durable, client) for _ in range(4)]
        for page in pages:
            page.ready()
            page.edit(1, "name", "x")
        assert len(review_processes(durable)) <= 1 + 2 + 2  # the worker, the open ones, the warm ones
        for page in reversed(pages):
            page.ready()
            assert page.texts()[0][0] == "x"
        opened = [(durable.data_dir / "reviews" / page.id / OPENED).read_text() for page in pages]
        assert opened == ["..", "..", ".", "."]


def test_a_review_that_nobody_uses_ends_its_process(tmp_path: Path) -> None:
    idle = Service(tmp_path / "data", workers=1, review_idle_time=1).start()
    try:
        with client_of(idle, idle.key()) as client:
            page = open_page(idle, client)
            page.ready()
            page.edit(1, "name", "x")
            time.sleep(1.5)
            page.ready()
            opened = idle.data_dir / "reviews" / page.id / OPENED
            until(lambda: page.texts()[0][0] == "x" and opened.read_text() != ".")
    finally:
        idle.kill()


# Finishing


def test_a_finish_that_was_killed_ends_after_a_restart(durable: Service, tmp_path: Path) -> None:
    key = durable.key()
    with client_of(durable, key) as client:
        page = open_page(durable, client)
        page.ready()
        page.edit(1, "name", f"wait at the end for {tmp_path}/go")
        page.edit(2, "email", "alan@example.com")
        page.submit()
        assert page.get()["submitting"] is True
    durable.kill()
    (tmp_path / "go").touch()
    durable.start()
    with client_of(durable, key) as client:
        until(lambda: client.get(f"/headless/imports/{page.id}/").json()["status"] == "SUCCESSFUL", 40)
        assert [row["email"] for row in rows(client, page.id)][1] == "alan@example.com"
    assert not (durable.data_dir / "reviews" / page.id).exists()


def test_a_finish_that_crashes_its_worker_gives_the_review_back(durable: Service) -> None:
    with client_of(durable, durable.key()) as client:
        page = open_page(durable, client)
        page.ready()
        page.edit(1, "name", "crash at the end")
        page.submit()
        until(
            lambda: client.get(f"/headless/imports/{page.id}/").json()["import_errors"][0]["code"] == "finish_failed",
            60,
        )
        assert wait(client, page.id)["status"] == "NEEDS_REVIEW"
        state = page.ready()
        assert (state["submitting"], state["reasons"][0]["code"]) == (False, "finish_failed")
        assert page.texts()[0][0] == "crash at the end"
        page.edit(1, "name", "better")
        page.submit()
        until(lambda: client.get(f"/headless/imports/{page.id}/").json()["status"] == "SUCCESSFUL", 60)
        assert rows(client, page.id)[0]["name"] == "better"
