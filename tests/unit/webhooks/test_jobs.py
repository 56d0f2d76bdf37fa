"""Deliveries on their way: retries, order, giving up, and receivers that do not disturb one another."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update
from standardwebhooks import Webhook as Verifier

from headgate.db import utc_now
from headgate.imports.states import Status
from headgate.webhooks.delivery import Outcome, Problem
from headgate.webhooks.jobs import forget_old
from headgate.webhooks.models import WebhookDelivery, WebhookEvent
from headgate.webhooks.queue import Backoff, message_id
from tests.receiver import Received, Receiver, Reply
from tests.unit.webhooks.conftest import World


def reviewed(world: World) -> Any:
    """An import that needed review and then succeeded."""
    import_id = world.add_import()
    world.move(import_id, Status.RUNNING, Status.NEEDS_REVIEW)
    world.move(import_id, Status.NEEDS_REVIEW, Status.SUCCESSFUL)
    return import_id


def problems(world: World) -> list[str | None]:
    (details,) = world.listed()
    return [attempt.problem for attempt in details.attempts]


def test_a_committed_event_is_sent_at_once_and_signed(world: World) -> None:
    with Receiver() as receiver, world.sending(receiver, poll_seconds=30):
        made = world.webhook(receiver.url())
        import_id = world.ended()
        (received,) = receiver.wait(1, 10)
        data = Verifier(made.secret).verify(received.body, received.headers)["data"]
        assert data["id"] == str(import_id)
        world.until_states("delivered")
    (details,) = world.listed()
    assert [(attempt.status, attempt.problem) for attempt in details.attempts] == [(200, None)]
    assert received.headers["webhook-id"] == message_id(details.delivery.id)
    assert details.delivery.ended_at is not None


def test_a_basic_webhook_is_a_form_with_the_id(world: World) -> None:
    with Receiver() as receiver, world.sending(receiver):
        import_id = world.ended({"webhookUrl": receiver.url("/basic")})
        (received,) = receiver.wait(1)
        world.until_states("delivered")
    assert received.body == f"uploadId={import_id}".encode()
    assert received.headers["content-type"] == "application/x-www-form-urlencoded"


def test_failures_are_tried_again_with_the_same_id_and_body(world: World) -> None:
    with Receiver(lambda _, before: Reply(500 if before < 2 else 204)) as receiver, world.sending(receiver):
        made = world.webhook(receiver.url())
        world.ended()
        received = receiver.wait(3)
        world.until_states("delivered")
    assert len({one.headers["webhook-id"] for one in received}) == 1
    assert len({one.body for one in received}) == 1
    for one in received:
        Verifier(made.secret).verify(one.body, one.headers)
    assert problems(world) == ["error_status", "error_status", None]


def test_after_the_last_try_it_is_dead_visible_and_can_be_replayed(world: World) -> None:
    with Receiver(lambda *_: Reply(500, body=b"out of order")) as receiver, world.sending(receiver):
        world.webhook(receiver.url())
        world.ended()
        world.until_states("dead")
        (details,) = world.listed()
        assert [attempt.answer for attempt in details.attempts] == ["out of order"] * 3
        receiver.answer = lambda *_: Reply()
        world.deliveries.replay(world.organization, details.delivery.id)
        world.until_states("delivered")
        received = receiver.wait(4)
    assert len({one.headers["webhook-id"] for one in received}) == 1
    assert problems(world) == ["error_status"] * 3 + [None]


def test_a_later_event_of_an_import_waits_for_the_earlier_one(world: World) -> None:
    def answer(received: Received, before: int) -> Reply:
        return Reply(500 if before < 2 else 200)

    with Receiver(answer) as receiver:
        world.webhook(receiver.url())
        reviewed(world)
        with world.sending(receiver):
            received = receiver.wait(4)
            world.until_states("delivered", "delivered")
    events = ["import_completed" if b'"import_completed"' in one.body else "review" for one in received]
    assert events == ["review", "review", "review", "import_completed"]


def test_a_later_event_goes_out_when_the_earlier_one_is_dead(world: World) -> None:
    with Receiver(lambda _, before: Reply(500 if before < 3 else 200)) as receiver, world.sending(receiver):
        world.webhook(receiver.url())
        reviewed(world)
        world.until_states("dead", "delivered")
        received = receiver.wait(4)
    assert b'"import_completed"' in received[3].body
    assert all(b'"headless_import_needs_review"' in one.body for one in received[:3])


def test_order_is_kept_for_each_of_many_imports_under_failures(world: World) -> None:
    """Every third request fails; no receiver ever sees the completion of an import before its review."""
    lock, count = threading.Lock(), 0

    def answer(_received: Received, _before: int) -> Reply:
        nonlocal count
        with lock:
            count += 1
            return Reply(503 if count % 3 == 0 else 200)

    world.backoff = Backoff(first=0.02, tries=30, factor=1.0)
    with Receiver(answer) as receiver, world.sending(receiver):
        world.webhook(receiver.url())
        ids = [str(reviewed(world)) for _ in range(25)]
        world.until_states(*["delivered"] * 50)
        received = receiver.wait(50)
    for import_id in ids:
        events = [b'"event":"import_completed"' in one.body for one in received if import_id.encode() in one.body]
        assert events == sorted(events)
        assert {False, True} == set(events)


def test_one_webhook_does_not_hold_another_up(world: World) -> None:
    with Receiver() as good, Receiver(lambda *_: Reply(500)) as bad:
        world.backoff = Backoff(first=60, tries=3)
        world.webhook(good.url())
        world.webhook(bad.url())
        with world.sending(good, bad):
            reviewed(world)
            good.wait(2)
            world.until_states("delivered", "delivered", "pending", "pending")
            assert len(bad.requests) == 1


def test_a_receiver_that_hangs_does_not_delay_the_others(world: World) -> None:
    released = threading.Event()
    with Receiver() as good, Receiver(lambda *_: Reply(hang=released)) as bad:
        hanging, working = world.webhook(bad.url(), import_identifiers=["bad"]), world.webhook(good.url())
        assert hanging.webhook.id != working.webhook.id
        for _ in range(30):
            world.ended(import_identifier="bad")
        world.service.update(world.organization, working.webhook.id, {"import_identifiers": ["good"]}, partly=True)
        with world.sending(good, bad, seconds=20, concurrency=12):
            bad.wait(8)
            for _ in range(20):
                world.ended(import_identifier="good")
            good.wait(50)
            assert len(bad.requests) == 8  # as many as one receiver is given at once
            released.set()


def test_410_disables_the_webhook_and_what_is_due_waits(world: World) -> None:
    with Receiver(lambda *_: Reply(410)) as receiver:
        made = world.webhook(receiver.url())
        reviewed(world)
        with world.sending(receiver):
            world.until_states("dead", "held")
            row = world.service.get(world.organization, made.webhook.id)
            assert (row.enabled, row.disabled_reason) == (False, "gone")
            world.ended()
            assert len(world.rows()) == 2  # nobody listens any more
            receiver.answer = lambda *_: Reply()
            row = world.service.update(world.organization, made.webhook.id, {"enabled": True}, partly=True)
            assert (row.enabled, row.disabled_reason) == (True, None)
            world.until_states("dead", "delivered")


def test_410_to_a_basic_webhook_ends_that_delivery_only(world: World) -> None:
    with Receiver(lambda *_: Reply(410)) as receiver, world.sending(receiver):
        world.ended({"webhookUrl": receiver.url()})
        world.until_states("dead")
    assert problems(world) == ["gone"]


def test_a_receiver_that_asks_for_time_is_given_it(world: World) -> None:
    with Receiver(lambda *_: Reply(429, {"retry-after": "3600"})) as receiver, world.sending(receiver):
        world.webhook(receiver.url())
        world.ended()
        world.until(lambda: world.rows()[0].tries == 1)
    left = world.rows()[0].due_at - utc_now()
    assert timedelta(minutes=55) < left <= timedelta(hours=1)


def test_a_redirect_is_not_followed(world: World) -> None:
    with Receiver() as inner, Receiver(lambda *_: Reply(302, {"location": inner.url()})) as receiver:
        with world.sending(receiver, inner):
            world.webhook(receiver.url())
            world.ended()
            world.until_states("dead")
        assert inner.requests == []
    assert problems(world) == ["redirected"] * 3


def test_a_disabled_webhook_is_sent_what_was_due_when_it_is_enabled_again(world: World) -> None:
    with Receiver() as receiver:
        made = world.webhook(receiver.url())
        world.ended()
        world.service.update(world.organization, made.webhook.id, {"enabled": False}, partly=True)
        with world.sending(receiver):
            world.service.test(world.organization, made.webhook.id)
            world.until_states("delivered", "held")
            assert b'"event":"test"' in receiver.wait(1)[0].body
            world.service.update(world.organization, made.webhook.id, {"enabled": True}, partly=True)
            world.until_states("delivered", "delivered")


def test_a_test_is_tried_once(world: World) -> None:
    with Receiver(lambda *_: Reply(500)) as receiver, world.sending(receiver):
        made = world.webhook(receiver.url())
        world.service.test(world.organization, made.webhook.id)
        world.until_states("dead")
        assert len(receiver.requests) == 1


def test_what_is_due_goes_to_the_new_address(world: World) -> None:
    with Receiver() as receiver:
        made = world.webhook("https://old.example/")
        world.ended()
        world.service.update(world.organization, made.webhook.id, {"url": receiver.url("/new")}, partly=True)
        with world.sending(receiver):
            assert receiver.wait(1)[0].path == "/new"
            world.until_states("delivered")


def test_secrets_of_a_rotation_all_verify_until_they_expire(world: World) -> None:
    with Receiver() as receiver, world.sending(receiver):
        first = world.webhook(receiver.url())
        second = world.service.rotate_secret(world.organization, first.webhook.id, {})
        world.ended()
        received = receiver.wait(1)[0]
        for secret in (first.secret, second.secret):
            Verifier(secret).verify(received.body, received.headers)
        third = world.service.rotate_secret(world.organization, first.webhook.id, {"keep_seconds": 0})
        world.ended()
        received = receiver.wait(2)[1]
        Verifier(third.secret).verify(received.body, received.headers)
        for secret in (first.secret, second.secret):
            with pytest.raises(Exception, match="No matching signature"):
                Verifier(secret).verify(received.body, received.headers)
        world.until_states("delivered", "delivered")


def test_without_the_key_nothing_is_sent_unsigned(world: World) -> None:
    with Receiver() as receiver:
        world.webhook(receiver.url())
        world.ended()
        (world.data_dir / "encryption-key").write_bytes(b"k" * 32)
        with World(world.database, world.data_dir, world.backoff).sending(receiver):
            world.until_states("dead")
        assert receiver.requests == []
    assert problems(world) == ["secret_unreadable"] * 3


def test_a_lease_left_behind_runs_out_and_the_delivery_is_sent(world: World) -> None:
    with Receiver() as receiver:
        world.webhook(receiver.url())
        world.ended()
        (claim,) = world.queue().claim(10, {}, 8)  # by a process that is killed now
        assert world.queue().claim(10, {}, 8) == []
        with world.database.write() as session:
            session.execute(update(WebhookDelivery).values(lease_until=utc_now() - timedelta(seconds=1)))
        with world.sending(receiver):
            world.until_states("delivered")
        assert claim.message is not None
        assert receiver.requests[0].headers["webhook-id"] == claim.message.id
    assert problems(world) == ["interrupted", None]


def test_a_result_that_comes_after_the_lease_decides_nothing(world: World) -> None:
    world.webhook()
    world.ended()
    queue = world.queue()
    (late,) = queue.claim(10, {}, 8)
    queue.end_leases()
    (now,) = queue.claim(10, {}, 8)
    queue.record([(late, Outcome(utc_now(), 1, 500, Problem.ERROR_STATUS))])
    assert world.rows()[0].lease == now.lease
    assert world.rows()[0].tries == 0
    queue.record([(now, Outcome(utc_now(), 1, 200))])
    assert world.rows()[0].state == "delivered"


def test_of_two_processes_each_delivery_is_taken_by_one(world: World) -> None:
    world.webhook()
    for _ in range(40):
        world.ended()
    taken: list[Any] = []
    start = threading.Barrier(4)

    def take() -> None:
        queue = world.queue()
        start.wait()
        for _ in range(10):
            taken.extend(claim.delivery_id for claim in queue.claim(10, {}, 1000))

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == len(set(taken)) == 40


def test_a_delivery_whose_import_is_deleted_while_it_is_sent_is_forgotten(world: World) -> None:
    world.webhook()
    world.ended()
    queue = world.queue()
    (claim,) = queue.claim(10, {}, 8)
    with world.database.write() as session:
        for event in session.query(WebhookEvent):
            session.delete(event)
    queue.record([(claim, Outcome(utc_now(), 1, 200))])
    assert world.rows() == []


def test_a_stop_gives_back_what_was_not_sent_to_the_end(world: World) -> None:
    released = threading.Event()
    with Receiver(lambda *_: Reply(hang=released)) as receiver:
        world.webhook(receiver.url())
        world.ended()
        with world.sending(receiver, seconds=30) as dispatcher:
            receiver.wait(1)
            dispatcher.close(0)
            receiver.answer = lambda *_: Reply()
        released.set()
        with world.sending(receiver):
            world.until_states("delivered")
        assert len({one.headers["webhook-id"] for one in receiver.wait(2)}) == 1


def test_waits_grow_to_about_a_day_in_all_and_differ_by_chance() -> None:
    backoff = Backoff()
    total = sum(backoff.wait(tries) for tries in range(1, backoff.tries))
    assert 16 * 3600 < total < 26 * 3600
    assert len({backoff.wait(3) for _ in range(20)}) > 10
    assert all(8 <= backoff.wait(1) <= 12 for _ in range(100))
    assert all(backoff.wait(30) <= 12 * 3600 * 1.2 for _ in range(100))


def test_old_deliveries_are_removed_unless_something_is_still_to_be_sent(world: World) -> None:
    with Receiver() as receiver:
        world.webhook(receiver.url())
        delivered = world.ended()
        with world.sending(receiver):
            world.until_states("delivered")
        waiting = world.ended()
        forget_old(world.database, 3600)
        assert len(world.rows()) == 2
        with world.database.write() as session:
            session.execute(update(WebhookEvent).values(created_at=utc_now() - timedelta(hours=2)))
            session.execute(
                update(WebhookDelivery)
                .values(ended_at=utc_now() - timedelta(hours=2))
                .where(WebhookDelivery.state == "delivered")
            )
        forget_old(world.database, 3600)
    left = [details.event.import_id for details in world.listed()]
    assert left == [waiting]
    assert delivered not in left


@pytest.mark.slow
def test_a_thousand_deliveries_arrive_once_each(world: World) -> None:
    with Receiver() as one, Receiver() as two, world.sending(one, two):
        world.webhook(one.url())
        world.webhook(two.url())
        world.ended_together(500)
        one.wait(500, 120)
        two.wait(500, 120)
        world.until(lambda: {row.state for row in world.rows()} == {"delivered"}, 60)
        for receiver in (one, two):
            assert (
                len({received.headers["webhook-id"] for received in receiver.requests}) == len(receiver.requests) == 500
            )
