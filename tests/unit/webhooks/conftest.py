"""Imports whose status changes, and who hears of it."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from headgate.accounts.service import AccountService
from headgate.db import Database, utc_now
from headgate.imports.models import FrozenSchema, Import
from headgate.imports.states import Status, report_to, transition, transition_all
from headgate.net import AddressGuard
from headgate.schemas import SchemaService
from headgate.storage import Sealer
from headgate.webhooks.deliveries import DeliveryService, Details, Filter
from headgate.webhooks.delivery import Sender
from headgate.webhooks.jobs import Dispatcher
from headgate.webhooks.models import WebhookDelivery
from headgate.webhooks.outbox import WebhookOutbox
from headgate.webhooks.queue import Backoff, DeliveryQueue
from headgate.webhooks.service import WebhookService, WithSecret
from tests.receiver import Receiver

FAST = Backoff(first=0.05, tries=3, factor=1.0)


@dataclass
class World:
    """A database with an organization, and the parts of the webhooks over it."""

    database: Database
    data_dir: Path
    backoff: Backoff = FAST

    def __post_init__(self) -> None:
        self.organization = AccountService(self.database).default_organization()
        self.sealer = Sealer(self.data_dir)
        self.schemas = SchemaService(self.database)
        self.dispatcher: Dispatcher | None = None
        self.service = WebhookService(self.database, self.sealer, self.schemas.get, self._wake)
        self.deliveries = DeliveryService(self.database, self._wake)
        report_to(self.database, WebhookOutbox(self._wake))

    def queue(self) -> DeliveryQueue:
        return DeliveryQueue(self.database, self.sealer, self.backoff)

    def webhook(self, url: str = "https://receiver.example/hook", **values: Any) -> WithSecret:
        return self.service.create(self.organization, {"url": url} | values)

    def add_import(
        self, status: Status = Status.RUNNING, settings: dict[str, Any] | None = None, **values: Any
    ) -> uuid.UUID:
        now = utc_now()
        document = {"fields": [], "settings": settings or {}, "hooks": {}}
        frozen = FrozenSchema(
            id=uuid.uuid4(), organization_id=self.organization, digest=uuid.uuid4().hex, document=document
        )
        row = Import(
            id=uuid.uuid4(), status=status, kind="file", max_upload_size=1, created_at=now, modified_at=now,
            frozen_schema_id=frozen.id, **{"organization_id": self.organization, "schema_id": None} | values,
        )  # fmt: skip
        with self.database.write() as session:
            session.add(frozen)
            session.flush()
            session.add(row)
        return row.id

    def move(self, import_id: uuid.UUID, source: Status, target: Status, **values: Any) -> None:
        with self.database.write() as session:
            assert transition(session, import_id, source, target, **values)

    def ended(self, settings: dict[str, Any] | None = None, **values: Any) -> uuid.UUID:
        """An import that has just become SUCCESSFUL."""
        import_id = self.add_import(settings=settings, **values)
        self.move(import_id, Status.RUNNING, Status.SUCCESSFUL, has_result=True, result_metadata={"deliveredRows": 2})
        return import_id

    def ended_together(self, count: int) -> None:
        """So many imports that became SUCCESSFUL in one transaction."""
        first = self.add_import()
        with self.database.write() as session:
            row = session.get_one(Import, first)
            same = {name: getattr(row, name) for name in ("organization_id", "frozen_schema_id", "created_at", "kind")}
            ids = [first, *(uuid.uuid4() for _ in range(count - 1))]
            session.add_all(
                Import(id=one, status=Status.RUNNING, modified_at=row.modified_at, max_upload_size=1, **same)
                for one in ids[1:]
            )
            session.flush()
            assert len(transition_all(session, [Import.id.in_(ids)], Status.RUNNING, Status.SUCCESSFUL)) == count

    def rows(self) -> list[WebhookDelivery]:
        with self.database.read() as session:
            return list(
                session.scalars(select(WebhookDelivery).order_by(WebhookDelivery.created_at, WebhookDelivery.position))
            )

    def sent_to(self) -> list[str]:
        return sorted(row.url for row in self.rows())

    def listed(self, **wanted: Any) -> list[Details]:
        _, found = self.deliveries.page(self.organization, Filter(**wanted), 0, 1000)
        return [self.deliveries.get(self.organization, delivery.id) for delivery, _ in found]

    def until(self, true: Callable[[], object], seconds: float = 30) -> None:
        deadline = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < deadline, [(row.state, row.tries) for row in self.rows()]
            time.sleep(0.01)

    def until_states(self, *states: str) -> None:
        self.until(lambda: sorted(row.state for row in self.rows()) == sorted(states))

    @contextmanager
    def sending(self, *receivers: Receiver, seconds: float = 5.0, **options: Any) -> Iterator[Dispatcher]:
        """A dispatcher for the time being, for which every host below `example` is one of the receivers."""
        guard = guard_of(*receivers)
        made = Dispatcher(self.queue(), lambda: Sender(guard, seconds=seconds), **{"poll_seconds": 0.02} | options)
        self.dispatcher = made
        made.start()
        try:
            yield made
        finally:
            self.dispatcher = None
            made.close(5)

    def _wake(self) -> None:
        if self.dispatcher is not None:
            self.dispatcher.wake()


def guard_of(*receivers: Receiver) -> AddressGuard:
    hosts = [f"*.example:{receiver.port}" for receiver in receivers]
    return AddressGuard("webhooks", hosts, resolver=lambda *_: ["127.0.0.1"])


@pytest.fixture
def world(database: Database, tmp_path: Path) -> World:
    (tmp_path / "data").mkdir()
    return World(database, tmp_path / "data")
