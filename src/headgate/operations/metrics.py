"""Metrics in Prometheus' text format: what this process did, and how the service stands when somebody asks."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, Info, PlatformCollector, ProcessCollector
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector

from headgate.db import utc_now
from headgate.imports.states import Status
from headgate.operations.health import Health

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
"""A label takes known values only: whoever sends requests must not be able to make new series."""
REQUEST_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60)
IMPORT_SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800)
LOOK_SECONDS = 5.0
"""For so long one look at the database answers all who ask."""


class Metrics:
    """The metrics of this process. `look`: how the service stands."""

    def __init__(self, version: str, look: Callable[[], Health]) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        PlatformCollector(registry=self._registry)
        Info("headgate_build", "The running version.", registry=self._registry).info({"version": version})
        self._requests = Counter(
            "headgate_http_requests", "Answered requests.", ["method", "route", "status"], registry=self._registry
        )
        self._request_seconds = Histogram(
            "headgate_http_request_seconds",
            "Seconds from a request to the end of its answer.",
            ["method", "route"],
            buckets=REQUEST_SECONDS,
            registry=self._registry,
        )
        self._series: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}
        """What is counted of a request, by its labels: to find it by these takes longer than to count."""
        self._imports = Counter(
            "headgate_imports_ended",
            "Imports that came to a rest in this process.",
            ["status"],
            registry=self._registry,
        )
        self._import_seconds = Histogram(
            "headgate_import_seconds",
            "Seconds that a run of an import took, without its time in the queue.",
            buckets=IMPORT_SECONDS,
            registry=self._registry,
        )
        self._rows = Counter(
            "headgate_import_rows", "Rows that imports read, and those of them with errors.", ["kind"],
            registry=self._registry,
        )  # fmt: skip
        self._missing = Counter(
            "headgate_files_missing",
            "Files that were found to have vanished from the store: each time that one was needed.",
            ["kind"],
            registry=self._registry,
        )
        self._statements = Counter(
            "headgate_database_statements", "Statements of this process to the database.", registry=self._registry
        )
        self._statement_seconds = Counter(
            "headgate_database_statement_seconds",
            "Seconds from such statements to the beginning of their answers.",
            registry=self._registry,
        )
        self._registry.register(_Standing(look))

    def request(self, method: str, route: str | None, status: int, seconds: float) -> None:
        """A request was answered. `route`: the path of its route, None where nothing is."""
        key = method if method in METHODS else "other", route or "none", status
        series = self._series.get(key)
        if series is None:
            series = self._requests.labels(*map(str, key)), self._request_seconds.labels(*key[:2])
            self._series[key] = series
        series[0].inc()
        series[1].observe(seconds)

    def statement(self, seconds: float) -> None:
        """The database did what a statement says."""
        self._statements.inc()
        self._statement_seconds.inc(seconds)

    def import_ran(self, seconds: float) -> None:
        """A run of an import was published."""
        self._import_seconds.observe(seconds)

    def import_ended(self, status: str, rows: int, invalid_rows: int) -> None:
        """An import came to a rest, by itself or after its review."""
        self._imports.labels(status).inc()
        if status == Status.NEEDS_REVIEW:
            return  # its rows count when the person is done
        self._rows.labels("read").inc(rows)
        self._rows.labels("invalid").inc(invalid_rows)

    def file_missing(self, kind: str) -> None:
        """A file was needed and is gone from the store. `kind`: `source`, `result` or `review`."""
        self._missing.labels(kind).inc()

    def text(self, accept: str) -> tuple[bytes, str]:
        """The metrics and their media type, in the newest format that `accept` (RFC 9110, 12.5.1) allows."""
        encode, media_type = choose_encoder(accept)
        return encode(self._registry), media_type


class _Standing(Collector):
    """Gauges of the whole service, looked up when they are asked for."""

    def __init__(self, look: Callable[[], Health]) -> None:
        self._look = look
        self._lock = threading.Lock()
        self._found: Health | None = None
        self._found_at = 0.0

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Nothing: what is here is only known when it is asked for."""
        return iter(())

    def collect(self) -> Iterator[GaugeMetricFamily]:
        health = self._health()
        yield _gauge("database_up", "1 where the database answers.", int(health.database_ok))
        if health.database_seconds is not None:
            yield _gauge("database_seconds", "Seconds of one question to the database.", health.database_seconds)
        yield _gauge("disk_bytes", "Size of the disk that holds the data directory.", health.disk_total)
        yield _gauge("disk_free_bytes", "What is free of it.", health.disk_free)
        yield _gauge("workers", "Worker processes.", health.workers)
        yield _gauge("workers_busy", "Those that run an import.", health.workers_busy)
        if health.database_ok:
            yield _gauge("imports_waiting", "Imports that wait for a worker.", health.waiting)
            yield _gauge("imports_running", "Imports that run.", health.running)
            age = 0.0 if health.oldest is None else max(0.0, utc_now().timestamp() - health.oldest.timestamp())
            yield _gauge("imports_oldest_seconds", "For how long the oldest of the waiting ones has been there.", age)
            yield _gauge("webhooks_due", "Webhooks that are to be sent.", health.webhooks_due)
            yield _gauge("webhooks_dead", "Webhooks that were given up.", health.webhooks_dead)

    def _health(self) -> Health:
        with self._lock:
            if self._found is None or time.monotonic() - self._found_at > LOOK_SECONDS:
                self._found, self._found_at = self._look(), time.monotonic()
            return self._found


def _gauge(name: str, documentation: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"headgate_{name}", documentation, value=value)
