"""Retries and waiting, driven without a network and without a clock."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headgate.client import (
    ConnectionFailedError,
    ImportFailedError,
    InvalidResponseError,
    NotFoundError,
    RateLimitedError,
    ReviewNeededError,
    WaitTimeoutError,
    flows,
    protocol,
)
from headgate.client.flows import Pace, Pause, RetryPolicy, Send
from headgate.client.models import Import
from headgate.client.sources import Source

from .conftest import import_json

REQUEST = httpx.Request("GET", "http://service.test/api/v1/")
CUT = httpx.RemoteProtocolError("peer closed connection")


def answer(status: int, json: Any = None, **headers: str) -> httpx.Response:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(status, json=json, headers=names, request=REQUEST)


def drive(
    flow: flows.Flow[Any], replies: list[Any], clock: Callable[[float], None] | None = None
) -> tuple[Any, list[float]]:
    """Run a flow on the given replies; gives its result and the pauses it asked for."""
    pauses: list[float] = []
    reply = None
    while True:
        try:
            step = flow.send(reply)
        except StopIteration as done:
            return done.value, pauses
        if isinstance(step, Pause):
            pauses.append(step.seconds)
            if clock:
                clock(step.seconds)
            reply = None
        else:
            assert isinstance(step, Send)
            reply = replies.pop(0)


class FakeClock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += seconds


def wait(replies: list[Any], **options: Any) -> tuple[Import, list[float]]:
    clock = FakeClock()
    flow = flows.wait(
        "x", RetryPolicy(), clock=clock, **{"timeout": None, "through_review": False, "on_change": None, **options}
    )
    return drive(flow, replies, clock.advance)


def test_a_cut_connection_is_tried_again_for_a_repeatable_call() -> None:
    got, pauses = drive(flows.perform(protocol.get_import("x"), RetryPolicy()), [CUT, CUT, answer(200, import_json())])
    assert got.status == "SUCCESSFUL"
    assert len(pauses) == 2


def test_a_cut_connection_is_final_for_a_call_that_may_not_be_repeated() -> None:
    call = protocol.create_schema({"name": "A"})
    with pytest.raises(ConnectionFailedError):
        drive(flows.perform(call, RetryPolicy()), [CUT])


def test_a_connection_that_never_stood_is_tried_again_even_for_a_call_that_may_not_be_repeated() -> None:
    body = {"id": "s", "name": "A", "fields": [], "settings": {}, "hooks": {}}
    call = protocol.create_schema({"name": "A"})
    got, _ = drive(flows.perform(call, RetryPolicy()), [httpx.ConnectError("refused"), answer(201, body)])
    assert got.name == "A"


def test_creating_an_import_is_repeatable_because_every_repetition_carries_the_same_key() -> None:
    first = protocol.create_import({"original_filename": "a.csv"}, {"schema_id": "s"})
    second = protocol.create_import({"original_filename": "a.csv"}, {"schema_id": "s"})
    assert first.repeatable
    assert first.headers["Idempotency-Key"]
    assert first.headers["Idempotency-Key"] != second.headers["Idempotency-Key"]
    own = protocol.create_import({"original_filename": "a.csv"}, {"schema_id": "s", "idempotency_key": "mine"})
    assert own.headers["Idempotency-Key"] == "mine"


def test_the_attempts_end() -> None:
    with pytest.raises(ConnectionFailedError, match="Is the service running"):
        drive(flows.perform(protocol.get_import("x"), RetryPolicy(attempts=3)), [CUT] * 3)


def test_a_connection_error_never_shows_the_signature_of_a_presigned_url() -> None:
    call = protocol.put_file("http://service.test/blobs/1?signature=secret", Source([b"x"]))
    with pytest.raises(ConnectionFailedError) as caught:
        drive(flows.perform(call, RetryPolicy()), [CUT])
    assert "secret" not in str(caught.value)
    assert "/blobs/1" in str(caught.value)


def test_a_gateway_error_is_tried_again_but_an_internal_error_is_not() -> None:
    got, _ = drive(flows.perform(protocol.get_import("x"), RetryPolicy()), [answer(503), answer(200, import_json())])
    assert got.id
    with pytest.raises(flows.protocol.ApiError):
        drive(flows.perform(protocol.get_import("x"), RetryPolicy()), [answer(500, {"detail": "broken"})])


def test_a_refused_request_waits_as_long_as_the_service_asks_even_when_not_repeatable() -> None:
    body = {"id": "s", "name": "A", "fields": [], "settings": {}, "hooks": {}}
    replies = [answer(429, {"detail": "Slow down."}, Retry_After="7"), answer(201, body)]
    _, pauses = drive(flows.perform(protocol.create_schema({}), RetryPolicy()), replies)
    assert pauses == [7.0]


def test_a_limit_without_retry_after_is_waited_for_by_its_reset() -> None:
    replies = [answer(429, {}, RateLimit_Reset="11"), answer(200, import_json())]
    assert drive(flows.perform(protocol.get_import("x"), RetryPolicy()), replies)[1] == [11.0]


def test_a_longer_wait_than_the_policy_allows_is_left_to_the_caller() -> None:
    with pytest.raises(RateLimitedError) as caught:
        drive(flows.perform(protocol.get_import("x"), RetryPolicy()), [answer(429, {}, Retry_After="3600")])
    assert caught.value.retry_after == 3600.0


def test_a_refused_upload_of_an_iterator_is_not_sent_again_because_its_bytes_are_gone() -> None:
    call = protocol.put_file("http://service.test/put?x", Source(iter([b"x"])))
    with pytest.raises(RateLimitedError):
        drive(flows.perform(call, RetryPolicy()), [answer(429, {}, Retry_After="1")])


def test_a_repeated_deletion_that_finds_nothing_has_succeeded_before() -> None:
    assert drive(
        flows.perform(protocol.delete_import("x"), RetryPolicy()), [CUT, answer(404, {"detail": "Not found."})]
    )


def test_a_first_deletion_that_finds_nothing_is_an_error() -> None:
    with pytest.raises(NotFoundError):
        drive(flows.perform(protocol.delete_import("x"), RetryPolicy()), [answer(404, {"detail": "Not found."})])


def test_a_repeated_upload_that_meets_a_conflict_has_succeeded_before() -> None:
    call = protocol.put_file("http://service.test/put?x", Source(b"abc"))
    drive(flows.perform(call, RetryPolicy()), [CUT, answer(409, {"detail": "Already uploaded."})])


def test_waiting_looks_soon_at_first_and_stays_within_twelve_looks_a_minute() -> None:
    clock = FakeClock()
    pace = Pace(clock)
    looks: list[float] = []
    while clock.now < 1300:
        looks.append(clock.now)
        pace.looked()
        clock.advance(pace.pause())
    assert looks[1] - looks[0] < 0.5
    assert max(b - a for a, b in itertools.pairwise(looks)) < 12
    assert all(sum(start <= look < start + 60 for look in looks) <= 12 for start in looks)


@given(st.integers(1, 60), st.floats(0, 3))
def test_no_minute_ever_sees_more_looks_than_the_limit(per_minute: int, latency: float) -> None:
    clock = FakeClock()
    pace = Pace(clock, per_minute)
    looks: list[float] = []
    for _ in range(50):
        looks.append(clock.now)
        pace.looked()
        clock.advance(latency)
        clock.advance(pace.pause())
    # A tick of float rounding at the window's edge is no look too many.
    assert all(sum(start <= look < start + 60 - 1e-6 for look in looks) <= per_minute for start in looks)


def test_waiting_ends_at_each_resting_status() -> None:
    for status in ("SUCCESSFUL", "FAILED", "NEEDS_REVIEW"):
        got, _ = wait([answer(200, import_json("PENDING")), answer(200, import_json(status))])
        assert got.status == status


def test_waiting_through_a_review_goes_on_until_the_person_has_submitted() -> None:
    replies = [answer(200, import_json(s)) for s in ("RUNNING", "NEEDS_REVIEW", "NEEDS_REVIEW", "SUCCESSFUL")]
    seen: list[str] = []
    got, _ = wait(replies, through_review=True, on_change=lambda i: seen.append(i.status))
    assert got.status == "SUCCESSFUL"
    assert seen == ["RUNNING", "NEEDS_REVIEW", "SUCCESSFUL"]


def test_waiting_survives_the_rate_limit_and_pauses_as_asked() -> None:
    replies = [answer(429, {}, Retry_After="30"), answer(200, import_json())]
    got, pauses = wait(replies)
    assert got.status == "SUCCESSFUL"
    assert pauses == [30.0]


def test_waiting_heeds_an_exhausted_limit_before_it_is_refused() -> None:
    replies = [
        answer(200, import_json("RUNNING"), RateLimit_Remaining="0", RateLimit_Reset="42"),
        answer(200, import_json()),
    ]
    assert wait(replies)[1] == [42.0]


def test_waiting_gives_up_in_time_with_the_last_known_state() -> None:
    with pytest.raises(WaitTimeoutError) as caught:
        wait([answer(200, import_json("RUNNING"))] * 100, timeout=20)
    assert caught.value.detail is not None
    assert caught.value.detail.status == "RUNNING"
    with pytest.raises(WaitTimeoutError):
        wait([answer(429, {}, Retry_After="30")], timeout=20)


def test_a_failed_import_raises_with_the_reasons_of_the_service() -> None:
    failed = Import.model_validate(
        import_json("FAILED", import_errors=[{"code": "file_empty", "message": "The file is empty.", "size": 0}])
    )
    with pytest.raises(ImportFailedError, match=r"file_empty.*The file is empty") as caught:
        flows.successful(failed)
    assert caught.value.detail is failed
    assert failed.import_errors is not None
    assert failed.import_errors[0].model_extra == {"size": 0}


def test_an_import_that_needs_a_person_raises_with_the_address_of_its_review() -> None:
    waiting = Import.model_validate(import_json("NEEDS_REVIEW", review_url="http://service.test/review/1"))
    with pytest.raises(ReviewNeededError, match=r"http://service\.test/review/1"):
        flows.successful(waiting)


def test_an_answer_from_something_else_than_headgate_is_named_as_such() -> None:
    page = httpx.Response(200, text="<html>Welcome to nginx</html>", request=REQUEST)
    with pytest.raises(InvalidResponseError, match="base URL") as caught:
        drive(flows.perform(protocol.get_import("x"), RetryPolicy()), [page])
    assert "nginx" in caught.value.body
