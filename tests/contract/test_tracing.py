"""One trace follows an import from the caller's request over servers and workers to its webhooks, and tells of nobody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.contract.harness import Service, create, upload, wait
from tests.contract.review_page import Page, until
from tests.otlp_receiver import Collector, ReceivedSpan
from tests.postgres import Postgres
from tests.receiver import Receiver

CALLER = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
TRACE, CALLING = CALLER.split("-")[1:3]
MARK = "Zaphod"
CSV = f"{MARK} name,age\n{MARK} Beeblebrox,42\n{MARK} B.,{MARK}\n".encode()
FIELDS = [{"label": f"{MARK} name", "key": "name"}, {"label": "age", "key": "age", "type": "number"}]


@pytest.fixture
def traced(
    postgres: Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Service, Collector, Receiver]]:
    """A server that leaves imports to a worker; both send their traces to a collector, and webhooks to a receiver."""
    with Collector() as collector, Receiver() as receiver:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint)
        monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "100")
        shared: dict[str, Any] = {
            "database_url": postgres.database(), "tracing": True, "webhook_private_hosts": f"127.0.0.1:{receiver.port}",
            "database_connections": 8, "shutdown_grace": 0,
        }  # fmt: skip
        server = Service(tmp_path / "data", name="server", real_engine=True, workers=0, **shared)
        worker = Service(tmp_path / "data", name="worker", kind="worker", real_engine=True, workers=1, **shared)
        try:
            server.start()
            worker.start()
            yield server, collector, receiver
        finally:
            server.kill()
            worker.kill()


def test_a_trace_follows_an_import_over_processes_through_its_review_to_its_webhooks(
    traced: tuple[Service, Collector, Receiver],
) -> None:
    server, collector, receiver = traced
    url = receiver.url(f"/{MARK}", "127.0.0.1")
    settings = {"invalidDataBehavior": "BLOCK_SUBMIT", "needsReviewWebhookUrl": url, "webhookUrl": url}
    with server.client(server.key()) as client:
        client.headers["traceparent"] = CALLER
        made = create(client, fields=FIELDS, settings=settings, original_filename=f"{MARK}.csv", user={"id": MARK})
        del client.headers["traceparent"]
        upload(made, CSV)
        page = Page(server, wait(client, made["id"], 60))
        page.ready()
        page.edit(2, "age", "43")
        page.submit()
        until(lambda: client.get(f"/headless/imports/{made['id']}/").json()["status"] == "SUCCESSFUL")
    hooked = receiver.wait(2)
    names = {"webhook.send", "import.finish", "review.open", "POST /api/v1/reviews/{import_id}/submit/"}
    spans = collector.wait_for(
        lambda found: (
            names <= {span.name for span in found}
            and len(_named("webhook.send", found)) == len(hooked)
            and {span.parent for span in _of_the_trace(found)} <= {CALLING, *(span.id for span in found)}
        )
    )
    ours = {span.id: span for span in _of_the_trace(spans)}
    tree = {(_path(span, ours), span.process["headgate.kind"]) for span in ours.values()}
    create_route = "POST /api/v1/headless/imports/"
    beginning = f"{create_route} > import.create"
    assert {(create_route, "server"), (beginning, "server"), (f"{beginning} > import.upload", "server")} <= tree
    assert {(f"{beginning} > import.{part}", "worker") for part in ("queue", "run", "finish")} <= tree
    stages = {path.rpartition(".")[2] for path, _ in tree if path.startswith(f"{beginning} > import.run > import.run.")}
    assert {"read", "header", "match", "validators", "output"} <= stages
    assert (f"{beginning} > review.open", "server") in tree
    sent = _named("webhook.send", spans)
    assert sorted(one.headers["traceparent"] for one in hooked) == sorted(f"00-{TRACE}-{span.id}-01" for span in sent)
    run = next(span for span in ours.values() if span.name == "import.run")
    assert run.attributes["headgate.import_id"] == made["id"]
    assert (run.attributes["headgate.rows_read"], run.attributes["headgate.status"]) == (2, "NEEDS_REVIEW")
    submit = next(span for span in spans if span.name == "POST /api/v1/reviews/{import_id}/submit/")
    assert (submit.links, submit.attributes["http.response.status_code"]) == ((TRACE,), 202)
    told = b"".join(received.body for received in collector.requests)
    assert MARK.encode() not in told
    assert MARK.lower().encode() not in told.lower()


def _of_the_trace(spans: list[ReceivedSpan]) -> list[ReceivedSpan]:
    return [span for span in spans if span.trace == TRACE]


def _named(name: str, spans: list[ReceivedSpan]) -> list[ReceivedSpan]:
    return [span for span in _of_the_trace(spans) if span.name == name]


def _path(span: ReceivedSpan, known: dict[str, ReceivedSpan]) -> str:
    """Its name behind those of its parents, up to the caller."""
    if span.parent == CALLING:
        return span.name
    return f"{_path(known[span.parent], known)} > {span.name}"
