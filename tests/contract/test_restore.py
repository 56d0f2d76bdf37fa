"""An installation moves between databases by a backup, in the middle of its work, and goes on there as if nothing had been."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from headgate.config import Config, load_config
from headgate.db import Database
from headgate.operations.backup import back_up, restore
from tests.contract.harness import CSV, FIELDS, Service, create, held, rows, run, upload, wait
from tests.contract.review_page import ROWS, Page, until
from tests.postgres import Postgres
from tests.receiver import Receiver, Reply
from tests.s3_server import S3Server, start_rclone

ALONE: dict[str, Any] = {"database_url": None, "store_url": None}
"""SQLite and the disk, whatever the other tests are on."""
ADA = {"email": "ada@example.com", "password": "correct horse battery staple"}


@pytest.fixture(scope="module")
def receiver() -> Iterator[Receiver]:
    with Receiver() as one:
        yield one


def service(data_dir: Path, receiver: Receiver, **settings: Any) -> Service:
    private = f"127.0.0.1:{receiver.port}"
    return Service(
        data_dir, workers=1, webhook_private_hosts=private, webhook_retry_delay=0.2, shutdown_grace=0, **settings
    )


def keep(backup: Path, of: Service) -> None:
    """A backup of what a service has, with its settings."""
    config = _config(of)
    database = Database(config.resolved_database_url)
    try:
        back_up(config, database, backup, lambda _: None)
    finally:
        database.dispose()


def _config(of: Service) -> Config:
    return load_config({"data_dir": of.data_dir} | of.settings, environment={})


class Story:
    """Imports in every state, told to a receiver that does not answer well, of an organization that a person can sign in to."""

    def __init__(self, running: Service, receiver: Receiver) -> None:
        self.key = running.key()
        self._go = running.data_dir.parent / "go"
        self._add_person(running)
        receiver.forget()
        receiver.answer = lambda *_: Reply(status=503)
        url = receiver.url("/told", "127.0.0.1")
        with running.client(self.key) as client:
            added = client.post("/webhooks/", json={"url": url, "events": ["import_completed"], "enabled": True})
            assert added.status_code == 201, added.text
            self.schema = client.post(
                "/schemas/", json={"name": "People", "fields": FIELDS, "settings": {"importIdentifier": "People"}}
            ).json()["id"]
            self.done = run(client)
            self.failed = run(client, b" \n")
            self.reviewed = run(client, ROWS)
            page = Page(running, self.reviewed)
            page.ready()
            page.edit(2, "email", "alan@example.com")
            page.edit(3, "name", "Wrong")
            page.post("/undo", {"id": uuid.uuid4().hex})
            self.version = page.get()["version"]
            self.awaiting = create(client)
            self.running, self.waiting = create(client), create(client)
            upload(self.running, held(self._go))
            until(lambda: client.get(f"/headless/imports/{self.running['id']}/").json()["status"] == "RUNNING")
            upload(self.waiting)
            until(lambda: client.get(f"/headless/imports/{self.waiting['id']}/").json()["status"] == "PENDING")
            self.rows = rows(client, self.done["id"])
        receiver.wait(1)

    def goes_on(self, running: Service, receiver: Receiver) -> None:
        """Everything that was begun comes to its end."""
        receiver.forget()
        self._go.touch()
        with running.client(self.key) as client:
            assert client.get(f"/schemas/{self.schema}/").json()["name"] == "People"
            assert rows(client, self.done["id"]) == self.rows
            assert client.get(f"/headless/imports/{self.failed['id']}/").json()["status"] == "FAILED"
            page = Page(running, self.reviewed)
            assert page.ready()["version"] == self.version
            assert page.texts() == [
                ["Ada", "ada@example.com"],
                ["Alan", "alan@example.com"],
                ["Grace", "grace@example.com"],
            ]
            assert httpx.put(running.upload_url(self.awaiting), content=CSV, timeout=60).status_code == 200
            for one in (self.awaiting, self.running, self.waiting):
                assert wait(client, one["id"], 60)["status"] == "SUCCESSFUL"
        told = until(lambda: [one for one in receiver.requests if self.done["id"].encode() in one.body])
        assert told[0].headers["webhook-signature"], "the secret could be read"
        with _browser(running) as browser:
            assert browser.post("/account/sign_in/", json=ADA).status_code == 200

    def finish_review(self, running: Service) -> None:
        with running.client(self.key) as client:
            page = Page(running, self.reviewed)
            page.ready()
            page.submit()
            until(lambda: client.get(f"/headless/imports/{self.reviewed['id']}/").json()["status"] == "SUCCESSFUL")
            assert [row["email"] for row in rows(client, self.reviewed["id"])][1] == "alan@example.com"

    def _add_person(self, running: Service) -> None:
        (token,) = re.findall(rf"open {running.address}/setup#(\S+)", running.log.read_text())
        with _browser(running) as browser:
            made = browser.post("/account/setup/", json=ADA | {"name": "Ada", "token": token})
            assert made.status_code == 201, made.text


def _browser(running: Service) -> httpx.Client:
    return httpx.Client(
        base_url=f"{running.address}/api/v1", headers={"Origin": running.address, "X-Headgate-Request": "1"}, timeout=30
    )


def test_an_installation_moves_to_postgresql_and_back_in_the_middle_of_its_work(
    postgres: Postgres, receiver: Receiver, tmp_path: Path
) -> None:
    first = service(tmp_path / "first", receiver, **ALONE).start()
    second = service(tmp_path / "second", receiver, **ALONE | {"database_url": postgres.database()})
    third = service(tmp_path / "third", receiver, **ALONE)
    try:
        story = Story(first, receiver)
        first.kill()
        keep(tmp_path / "there", first)
        restore(_config(second), tmp_path / "there", lambda _: None)
        second.start()
        story.goes_on(second, receiver)
        second.kill()
        keep(tmp_path / "back", second)
        restore(_config(third), tmp_path / "back", lambda _: None)
        third.start()
        story.finish_review(third)
    finally:
        for one in (first, second, third):
            one.kill()


@pytest.fixture
def bucket(tmp_path: Path) -> Iterator[S3Server]:
    server = start_rclone(tmp_path)
    yield server
    server.stop()


def test_what_is_in_a_bucket_is_found_again_by_a_restored_installation(
    bucket: S3Server, receiver: Receiver, tmp_path: Path
) -> None:
    settings = bucket.settings("imports") | {"store_upload_grace": 0}
    first = service(tmp_path / "first", receiver, **settings).start()
    second = service(tmp_path / "second", receiver, **settings)
    key = first.key()
    try:
        with first.client(key) as client:
            done = run(client)
            reviewed = run(client, ROWS)
            page = Page(first, reviewed)
            page.ready()
            page.edit(2, "email", "alan@example.com")
            waiting = create(client)
        first.kill()
        keep(tmp_path / "backup", first)
        assert not list((tmp_path / "backup").rglob("files/*")), "the bucket keeps them"
        restore(_config(second), tmp_path / "backup", lambda _: None)
        second.start()
        with second.client(key) as client:
            assert [row["name"] for row in rows(client, done["id"])] == ["Ada", "Alan"]
            assert httpx.put(waiting["upload"], content=CSV, timeout=60).status_code == 200, (
                "its URL leads to the bucket"
            )
            assert wait(client, waiting["id"])["status"] == "SUCCESSFUL"
            page = Page(second, reviewed)
            page.ready()
            page.submit()
            until(lambda: client.get(f"/headless/imports/{reviewed['id']}/").json()["status"] == "SUCCESSFUL")
            assert [row["email"] for row in rows(client, reviewed["id"])][1] == "alan@example.com"
    finally:
        first.kill()
        second.kill()
