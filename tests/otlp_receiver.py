"""A collector of traces for tests: takes OpenTelemetry's protocol over HTTP and decodes it."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from tests.receiver import Receiver


@dataclass(frozen=True)
class ReceivedSpan:
    """One span, ids in hexadecimal. `process`: attributes of who sent it."""

    name: str
    trace: str
    id: str
    parent: str
    began: int
    ended: int
    failed: bool
    attributes: dict[str, Any]
    links: tuple[str, ...]
    process: dict[str, Any]


class Collector(Receiver):
    """Has all spans that came."""

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def spans(self) -> list[ReceivedSpan]:
        return [span for received in list(self.requests) for span in _decoded(received.body, received.headers)]

    def wait_for(self, found: Callable[[list[ReceivedSpan]], bool], seconds: float = 60) -> list[ReceivedSpan]:
        """All spans once `found` says yes to them."""
        deadline = time.monotonic() + seconds
        while not found(spans := self.spans()):
            assert time.monotonic() < deadline, sorted(span.name for span in spans)
            time.sleep(0.05)
        return spans


def _decoded(body: bytes, headers: dict[str, str]) -> list[ReceivedSpan]:
    assert headers["content-type"] == "application/x-protobuf"
    plain = gzip.decompress(body) if headers.get("content-encoding") == "gzip" else body
    message = ExportTraceServiceRequest.FromString(plain)
    return [
        ReceivedSpan(
            span.name,
            span.trace_id.hex(),
            span.span_id.hex(),
            span.parent_span_id.hex(),
            span.start_time_unix_nano,
            span.end_time_unix_nano,
            span.status.code == 2,
            _values(span.attributes),
            tuple(link.trace_id.hex() for link in span.links),
            _values(resource.resource.attributes),
        )
        for resource in message.resource_spans
        for scope in resource.scope_spans
        for span in scope.spans
    ]


def _values(attributes: Any) -> dict[str, Any]:
    return {one.key: getattr(one.value, one.value.WhichOneof("value")) for one in attributes}
