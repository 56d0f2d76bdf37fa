"""The parts of the webhooks, put together."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path

from headgate.config import Config
from headgate.db import Database
from headgate.imports.states import report_to
from headgate.net import AddressGuard
from headgate.records import dataclass
from headgate.storage import Sealer
from headgate.webhooks.deliveries import DeliveryService
from headgate.webhooks.delivery import Sender
from headgate.webhooks.jobs import Dispatcher, forget_old
from headgate.webhooks.outbox import WebhookOutbox
from headgate.webhooks.queue import Backoff, DeliveryQueue
from headgate.webhooks.service import FindSchema, WebhookService


@dataclass(frozen=True)
class Webhooks:
    """Everything that serves webhooks."""

    service: WebhookService
    deliveries: DeliveryService
    dispatcher: Dispatcher
    sweep: Callable[[], None]


def set_up_webhooks(config: Config, database: Database, data_dir: Path, find_schema: FindSchema) -> Webhooks:
    """The parts. From now on changes of imports are heard; they are sent once the dispatcher is started."""
    sealer = Sealer(data_dir)
    guard = AddressGuard("webhooks", config.webhook_private_hosts)
    queue = DeliveryQueue(database, sealer, Backoff(config.webhook_retry_delay, config.webhook_tries))
    if database.is_sqlite:  # the lock on the data directory says that no other process can hold a lease
        queue.end_leases()
    dispatcher = Dispatcher(queue, lambda: Sender(guard), concurrency=config.webhook_concurrency)
    report_to(database, WebhookOutbox(dispatcher.wake))
    return Webhooks(
        WebhookService(database, sealer, find_schema, dispatcher.wake),
        DeliveryService(database, dispatcher.wake),
        dispatcher,
        functools.partial(forget_old, database, config.webhook_log_lifetime),
    )
