"""Spans as a collector receives them."""

from __future__ import annotations

import importlib.util
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from headgate.tracing import current, tracer
from headgate.tracing.otlp import OtlpTracer
from headgate.tracing.setup import TracingUnavailableError, set_up_tracing
from tests.otlp_receiver import Collector
from tests.receiver import Reply

CALLER = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
SECRET = "ada@example.com"


@pytest.fixture
def collector(monkeypatch: pytest.MonkeyPatch) -> Iterator[Collector]:
    with Collector() as one:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", one.endpoint)
        monkeypatch.setenv("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=test")
        yield one


def test_spans_of_a_block_and_of_the_past_arrive_with_their_place_names_and_ids(collector: Collector) -> None:
    made = OtlpTracer({"service.version": "1"})
    began = datetime(2024, 3, 1, 12, 0, 0, 250_000, tzinfo=UTC)
    with made.span("PUT", CALLER, "server", http_route="/x", import_id="i", rows_read=None) as span:
        assert current() == span.traceparent != CALLER
        span.rename("PUT /x")
        span.link(CALLER)
        made.record("import.queue", current(), began, began + timedelta(seconds=2), start=1)
    assert current() is None
    made.close(10)
    put, queue = sorted(collector.spans(), key=lambda one: one.name)
    assert (put.trace, put.parent) == (CALLER.split("-")[1], CALLER.split("-")[2])
    assert put.attributes == {"http.route": "/x", "headgate.import_id": "i"}
    assert put.links == (put.trace,)
    assert (queue.parent, queue.attributes) == (put.id, {"headgate.start": 1})
    assert (queue.began, queue.ended - queue.began) == (1_709_294_400_250_000_000, 2_000_000_000)
    expected = {"service.name": "headgate", "service.version": "1", "deployment.environment.name": "test"}
    assert expected.items() <= put.process.items()


def test_what_fails_is_told_by_its_class_and_never_by_its_message(collector: Collector) -> None:
    made = OtlpTracer({})
    with pytest.raises(ValueError, match=SECRET), made.span("import.run", None):
        raise ValueError(SECRET)
    made.close(10)
    (span,) = collector.spans()
    assert (span.failed, span.attributes["error.type"]) == (True, "ValueError")
    assert SECRET.encode() not in b"".join(received.body for received in collector.requests)


def test_a_caller_that_keeps_no_trace_gets_none(collector: Collector) -> None:
    made = OtlpTracer({})
    with made.span("import.create", CALLER[:-1] + "0") as span:
        assert span.traceparent is not None
        assert span.traceparent.endswith("-00")
    made.close(10)
    assert collector.spans() == []


def test_a_collector_that_is_away_or_refuses_holds_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    with Collector(lambda *_: Reply(status=503)) as refusing:
        for endpoint in (refusing.endpoint, "http://127.0.0.1:9"):
            monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint)
            made = OtlpTracer({})
            with made.span("import.run", None):
                pass
            began = time.monotonic()
            made.close(0.2)
            assert time.monotonic() - began < 5


def test_without_the_extra_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "headgate.tracing.otlp", None)
    monkeypatch.delitem(sys.modules, "headgate.tracing.otlp")
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.resources", None)
    with pytest.raises(TracingUnavailableError, match=r"pip install \"headgate\[otel\]\""):
        set_up_tracing({})
    set_up_tracing(None)
    assert tracer().record("x", CALLER, datetime.now(UTC), datetime.now(UTC)) == CALLER
    assert importlib.util.find_spec("opentelemetry.sdk") is not None
