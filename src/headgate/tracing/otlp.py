"""Spans to whoever collects them, by OpenTelemetry's protocol over HTTP. Loaded only where tracing is on.

Where they go, how many, and with which headers say the standard variables of OpenTelemetry (`OTEL_EXPORTER_OTLP_…`,
`OTEL_TRACES_SAMPLER`, `OTEL_RESOURCE_ATTRIBUTES`, …), which its SDK reads itself.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import OTELResourceDetector, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

from headgate.tracing.context import standing_at
from headgate.tracing.tracer import Kind, Span, Value

KINDS: dict[Kind, trace.SpanKind] = {
    "internal": trace.SpanKind.INTERNAL,
    "server": trace.SpanKind.SERVER,
    "client": trace.SpanKind.CLIENT,
    "consumer": trace.SpanKind.CONSUMER,
}
STANDARD = {
    "http_request_method": "http.request.method",
    "http_response_status_code": "http.response.status_code",
    "http_route": "http.route",
    "server_address": "server.address",
}
"""Attributes that the semantic conventions of OpenTelemetry know; all others are ours."""


class OtlpTracer:
    """Sends spans in batches, in a thread of its own. `about`: attributes of this process."""

    def __init__(self, about: Mapping[str, str]) -> None:
        named = Resource.create({"service.name": "headgate"} | dict(about)).merge(OTELResourceDetector().detect())
        self._provider = TracerProvider(resource=named, shutdown_on_exit=False)
        self._provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
        self._tracer = self._provider.get_tracer("headgate")

    @contextmanager
    def span(
        self, name: str, parent: str | None, kind: Kind = "internal", **attributes: Value | None
    ) -> Iterator[Span]:
        made = self._tracer.start_span(name, _context(parent), KINDS[kind], _named(attributes))
        span = _OtlpSpan(made)
        try:
            with standing_at(span.traceparent):
                yield span
        except BaseException as error:
            # Its message may quote data.
            span.fail(type(error).__name__)
            raise
        finally:
            made.end()

    def record(
        self, name: str, parent: str | None, began: datetime, ended: datetime, **attributes: Value | None
    ) -> str | None:
        made = self._tracer.start_span(
            name, _context(parent), attributes=_named(attributes), start_time=_nanoseconds(began)
        )
        made.end(_nanoseconds(max(began, ended)))
        return _traceparent(made)

    def close(self, seconds: float) -> None:
        # A collector that does not answer must not hold the stop up.
        closing = threading.Thread(target=self._provider.shutdown, daemon=True, name="headgate-traces")
        closing.start()
        closing.join(seconds)


class _OtlpSpan:
    def __init__(self, span: trace.Span) -> None:
        self._span = span
        self.traceparent: str | None = _traceparent(span)

    def set(self, **attributes: Value | None) -> None:
        self._span.set_attributes(_named(attributes))

    def rename(self, name: str) -> None:
        self._span.update_name(name)

    def link(self, traceparent: str | None) -> None:
        if traceparent is not None:
            self._span.add_link(_span_context(traceparent))

    def fail(self, code: str) -> None:
        self._span.set_attribute("error.type", code)
        self._span.set_status(trace.StatusCode.ERROR)


def _context(parent: str | None) -> Context:
    """Always one of our own: what other code of this process may have left in the global one is no parent."""
    if parent is None:
        return Context()
    return trace.set_span_in_context(trace.NonRecordingSpan(_span_context(parent)), Context())


def _span_context(traceparent: str) -> trace.SpanContext:
    _, trace_id, span_id, flags = traceparent.split("-")
    return trace.SpanContext(
        int(trace_id, 16), int(span_id, 16), is_remote=True, trace_flags=trace.TraceFlags(int(flags, 16))
    )


def _traceparent(span: trace.Span) -> str:
    context = span.get_span_context()
    return f"00-{context.trace_id:032x}-{context.span_id:016x}-{context.trace_flags:02x}"


def _named(attributes: Mapping[str, Value | None]) -> dict[str, Value]:
    return {STANDARD.get(name, f"headgate.{name}"): value for name, value in attributes.items() if value is not None}


def _nanoseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1_000_000) * 1000
