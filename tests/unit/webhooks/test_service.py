"""Setting webhooks up: limits, addresses, and secrets that change."""

from __future__ import annotations

import base64
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from headgate.db import utc_now
from headgate.errors import ConflictError, InvalidError, NotFoundError
from headgate.webhooks import service as service_module
from headgate.webhooks.secrets import new_secret, valid_entries, valid_secrets
from headgate.webhooks.targets import TargetError, checked_url, normalized, receiver_of
from tests.unit.webhooks.conftest import World


def test_a_secret_has_the_length_that_the_standard_asks_for() -> None:
    secret = new_secret()
    assert 24 <= len(base64.b64decode(secret.removeprefix("whsec_"))) <= 64
    assert new_secret() != secret


def test_there_are_only_so_many_webhooks(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service_module, "MAX_WEBHOOKS", 2)
    world.webhook()
    made = world.webhook()
    with pytest.raises(ConflictError, match="Delete one"):
        world.webhook()
    world.service.delete(world.organization, made.webhook.id)
    world.webhook()


def test_what_was_due_goes_with_a_deleted_webhook_and_nobody_else(world: World) -> None:
    made = world.webhook("https://a.example/")
    world.webhook("https://b.example/")
    world.ended()
    world.service.delete(world.organization, made.webhook.id)
    assert world.sent_to() == ["https://b.example/"]
    with pytest.raises(NotFoundError):
        world.service.delete(world.organization, made.webhook.id)


def test_a_schema_that_was_chosen_may_be_deleted_without_making_the_webhook_unchangeable(world: World) -> None:
    schema = world.schemas.create(
        world.organization,
        {"name": "S", "fields": [{"key": "a", "label": "A"}], "settings": {"importIdentifier": "S"}},
    )
    made = world.webhook(schema_ids=[str(schema.id).upper()])
    assert made.webhook.schema_ids == [str(schema.id)]
    world.schemas.delete(world.organization, schema.id)
    changed = world.service.update(world.organization, made.webhook.id, {"description": "x"}, partly=True)
    assert changed.schema_ids == [str(schema.id)]
    with pytest.raises(InvalidError, match="no saved schema"):
        world.webhook(schema_ids=[str(schema.id)])


def test_the_secrets_before_expire_and_a_shorter_time_wins(world: World) -> None:
    made = world.webhook()
    world.service.rotate_secret(world.organization, made.webhook.id, {"keep_seconds": 100})
    newest = world.service.rotate_secret(world.organization, made.webhook.id, {"keep_seconds": 1000})
    now = utc_now()
    assert len(valid_entries(newest.webhook, now)) == 3
    assert len(valid_entries(newest.webhook, now + timedelta(seconds=200))) == 2
    assert valid_secrets(newest.webhook, world.sealer, now + timedelta(seconds=2000)) == (newest.secret,)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("HTTPS://Example.COM:443/A?b", "https://example.com/A?b"),
        ("http://example.com:80", "http://example.com/"),
        (" https://bücher.example/ ", "https://xn--bcher-kva.example/"),
        ("http://0x7f.1/", "http://127.0.0.1/"),
        ("https://example.com:8443/x", "https://example.com:8443/x"),
    ],
)
def test_an_address_is_kept_as_it_is_sent(given: str, kept: str) -> None:
    assert checked_url(given) == kept == normalized(given)


@pytest.mark.parametrize(
    "given", ["", "x", "https://", "mailto:a@b.example", "https://u@h.example/", "https://h.example/#a"]
)
def test_what_is_no_receiver_is_refused(given: str) -> None:
    with pytest.raises(TargetError):
        checked_url(given)


@pytest.mark.parametrize(
    ("url", "receiver"),
    [
        ("https://a.example/x", "a.example:443"), ("http://a.example/", "a.example:80"),
        ("http://a.example:81/", "a.example:81"), ("no address", "no address"), ("http://[::1]:9/", "[::1]:9"),
    ],
)  # fmt: skip
def test_receivers_are_told_apart_by_host_and_port(url: str, receiver: str) -> None:
    assert receiver_of(url) == receiver


def test_two_people_who_change_different_keys_do_not_undo_one_another(world: World) -> None:
    identifier = world.webhook().webhook.id
    one_look, number = threading.Barrier(8), iter(range(1000))
    changes = [
        {"url": "https://new.example/"}, {"description": "new"}, {"enabled": False}, {"events": ["import_completed"]},
        {"import_identifiers": ["People"]}, {"development_mode": True}, {"unknown": 1}, {"enabled": None},
    ]  # fmt: skip

    def change(body: dict[str, Any]) -> None:
        one_look.wait(10)
        world.service.update(world.organization, identifier, body, partly=True)

    for _ in range(5):
        world.service.update(world.organization, identifier, {"url": f"https://{next(number)}.example/"}, partly=False)
        with ThreadPoolExecutor(8) as people:
            list(people.map(change, changes))
        now = world.service.get(world.organization, identifier)
        found = (now.url, now.description, now.enabled, now.events, now.import_identifiers, now.development_mode)
        assert found == ("https://new.example/", "new", False, ["import_completed"], ["People"], True)
