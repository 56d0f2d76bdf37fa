"""Metrics: what is counted, what stands, and that nobody outside can make new series."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from prometheus_client.parser import text_string_to_metric_families

from headgate.operations import metrics as metrics_module
from headgate.operations.health import Health
from headgate.operations.metrics import Metrics

WELL = Health(
    uptime_seconds=5, database_ok=True, database_seconds=0.002, database_size=4096, disk_total=1000, disk_free=400,
    disk_low=False, workers=2, workers_busy=1, waiting=3, running=1,
    oldest=None, webhooks_due=4, webhooks_dead=2,
)  # fmt: skip


def samples(metrics: Metrics) -> dict[str, float]:
    """Name and labels → value."""
    text, media_type = metrics.text("text/plain")
    assert media_type.startswith("text/plain")
    return {
        " ".join([sample.name, *sorted(sample.labels.values())]): sample.value
        for family in text_string_to_metric_families(text.decode())
        for sample in family.samples
    }


def test_requests_are_counted_by_route_and_status() -> None:
    metrics = Metrics("1.2.3", lambda: WELL)
    metrics.request("GET", "/api/v1/schemas/", 200, 0.02)
    metrics.request("GET", "/api/v1/schemas/", 200, 0.2)
    metrics.request("GET", "/api/v1/schemas/", 404, 0.2)
    found = samples(metrics)
    assert found["headgate_http_requests_total /api/v1/schemas/ 200 GET"] == 2
    assert found["headgate_http_requests_total /api/v1/schemas/ 404 GET"] == 1
    assert found["headgate_http_request_seconds_count /api/v1/schemas/ GET"] == 3
    assert found["headgate_build_info 1.2.3"] == 1


def test_requests_that_nothing_serves_make_one_series_whatever_they_ask_for() -> None:
    metrics = Metrics("1", lambda: WELL)
    for number in range(50):
        metrics.request(f"ODD{number}", None, 404, 0.001)
    found = [name for name in samples(metrics) if name.startswith("headgate_http_requests_total")]
    assert found == ["headgate_http_requests_total 404 none other"]


def test_imports_are_counted_once_and_their_rows_when_they_are_done() -> None:
    metrics = Metrics("1", lambda: WELL)
    metrics.import_ended("NEEDS_REVIEW", 100, 7)
    metrics.import_ended("SUCCESSFUL", 100, 2)
    metrics.import_ran(0.3)
    found = samples(metrics)
    assert found["headgate_imports_ended_total NEEDS_REVIEW"] == 1
    assert found["headgate_imports_ended_total SUCCESSFUL"] == 1
    assert found["headgate_import_rows_total read"] == 100
    assert found["headgate_import_rows_total invalid"] == 2
    assert found["headgate_import_seconds_count"] == 1


def test_files_that_vanished_are_counted_by_their_kind() -> None:
    metrics = Metrics("1", lambda: WELL)
    metrics.file_missing("source")
    metrics.file_missing("source")
    metrics.file_missing("result")
    found = samples(metrics)
    assert (found["headgate_files_missing_total source"], found["headgate_files_missing_total result"]) == (2, 1)


def test_what_stands_is_looked_up_when_somebody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    looks = 0

    def look() -> Health:
        nonlocal looks
        looks += 1
        return replace(WELL, waiting=looks, oldest=datetime.now(UTC) - timedelta(seconds=90))

    metrics = Metrics("1", look)
    assert looks == 0
    found = samples(metrics)
    assert found["headgate_imports_waiting"] == 1
    assert 89 < found["headgate_imports_oldest_seconds"] < 120
    assert (found["headgate_webhooks_due"], found["headgate_webhooks_dead"]) == (4, 2)
    assert samples(metrics)["headgate_imports_waiting"] == 1, "one look serves all who ask at once"
    monkeypatch.setattr(metrics_module, "LOOK_SECONDS", -1)
    assert samples(metrics)["headgate_imports_waiting"] == 2


def test_a_database_that_does_not_answer_is_a_metric_and_no_error() -> None:
    found = samples(Metrics("1", lambda: replace(WELL, database_ok=False, database_seconds=None)))
    assert found["headgate_database_up"] == 0
    assert "headgate_imports_waiting" not in found
    assert found["headgate_disk_free_bytes"] == 400
