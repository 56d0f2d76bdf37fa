"""Upgrades in the middle of the work: imports of the version before come to their end, and it goes on beside the next."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from alembic import command
from alembic.config import Config

from headgate.db import current_revision, migrate, newest_revision
from headgate.db.migrate import MIGRATIONS
from tests.contract.harness import CSV, Service, create, held, upload, wait
from tests.contract.review_page import ROWS, Page, until
from tests.later_version import later_version
from tests.postgres import Postgres


@pytest.fixture
def service(postgres: Postgres, tmp_path: Path) -> Iterator[Service]:
    one = Service(
        tmp_path / "data", database_url=postgres.database(), workers=1, shutdown_grace=0, database_connections=8
    )
    yield one.start()
    one.kill()


def test_imports_that_run_through_upgrades_come_to_their_end(service: Service, tmp_path: Path) -> None:
    key = service.key()
    with service.client(key) as client:
        reviewed = create(client)
        upload(reviewed, ROWS)
        assert wait(client, reviewed["id"])["status"] == "NEEDS_REVIEW"
        running, waiting, awaiting = (create(client) for _ in range(3))
        upload(running, held(tmp_path / "go"))
        until(lambda: client.get(f"/headless/imports/{running['id']}/").json()["status"] == "RUNNING")
        upload(waiting)
    service.kill()
    (tmp_path / "go").touch()
    downgraded_to = _as_the_version_before_left_it(service)
    assert downgraded_to < newest_revision()
    service.start()
    database = service.database()
    try:
        assert current_revision(database) == newest_revision()
        with service.client(key) as client:
            for one in (running, waiting):
                assert wait(client, one["id"])["status"] == "SUCCESSFUL"
            with _load(client) as made, later_version(tmp_path / "next", oldest=newest_revision()):
                until(lambda: len(made) > 2)
                migrate(database)
                until(lambda: len(made) > 5)
            assert current_revision(database) == "9999"
            for import_id in made:
                assert wait(client, import_id)["status"] == "SUCCESSFUL"
        service.kill()
        service.start()  # the older version, on the tables of the next
        with service.client(key) as client:
            assert httpx.put(service.upload_url(awaiting), content=CSV, timeout=60).status_code == 200
            assert wait(client, awaiting["id"])["status"] == "SUCCESSFUL"
            page = Page(service, client.get(f"/headless/imports/{reviewed['id']}/").json())
            page.ready()
            page.submit()
            until(lambda: client.get(f"/headless/imports/{reviewed['id']}/").json()["status"] == "SUCCESSFUL")
    finally:
        database.dispose()


def _as_the_version_before_left_it(service: Service) -> str:
    """Take the newest migration back, with all rows as they stand."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    database = service.database()
    try:
        with database.engine.begin() as connection:
            config.attributes["connection"] = connection
            command.downgrade(config, "-1")
        return current_revision(database) or ""
    finally:
        database.dispose()


class _load:  # noqa: N801 - used as a block
    """Somebody creates imports all the time. Whatever they are answered but 201 fails the block."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client
        self._made: list[str] = []
        self._over = threading.Event()
        self._problem: BaseException | None = None
        self._thread = threading.Thread(target=self._create)

    def __enter__(self) -> list[str]:
        self._thread.start()
        return self._made

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()
        if self._problem is not None:
            raise self._problem

    def _create(self) -> None:
        try:
            while not self._over.is_set():
                made = create(self._client)
                upload(made)
                self._made.append(made["id"])
        except BaseException as error:
            self._problem = error
