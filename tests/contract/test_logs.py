"""The log of a whole import, review and webhook: each line knows its import, and nobody's data stands in any."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.contract.harness import Service, create, upload, wait
from tests.contract.review_page import Page, until
from tests.receiver import Receiver, Reply

MARK = "Zaphod"
CSV = f"{MARK} name,age\n{MARK} Beeblebrox,42\n{MARK} B.,{MARK}\n".encode()
FIELDS = [
    {"label": f"{MARK} name", "key": "name"},
    {"label": "age", "key": "age", "type": "number"},
]
ROW_HOOK = (
    f"""(record) => {{ console.log("{MARK}", record.get("name")); throw new Error("{MARK} " + record.get("name")); }}"""
)
LINE = re.compile(r"^headgate (serves|works)|^To set headgate up")
"""What is said to the person who starts the service."""


@pytest.fixture(scope="module")
def receiver() -> Iterator[Receiver]:
    with Receiver() as one:
        yield one


@pytest.fixture(scope="module")
def logged(tmp_path_factory: pytest.TempPathFactory, receiver: Receiver) -> Iterator[Service]:
    """A service that logs as much as it can, with the real engine."""
    running = Service(
        tmp_path_factory.mktemp("logged") / "data", real_engine=True, workers=1, review_processes=1, log_level="debug",
        webhook_private_hosts=f"127.0.0.1:{receiver.port}", webhook_tries=2, webhook_retry_delay=0.05,
    ).start()  # fmt: skip
    yield running
    running.kill()


def lines(service: Service) -> list[dict[str, Any]]:
    text = service.log.read_text(encoding="utf-8")
    assert MARK not in text
    assert MARK.lower() not in text.lower()
    return [json.loads(line) for line in text.splitlines() if not LINE.match(line)]


def of_import(service: Service, import_id: str) -> list[dict[str, Any]]:
    """The lines that bear its id; it stands in no other way in any."""
    found = lines(service)
    assert [line for line in found if import_id in json.dumps(line) and line.get("import_id") != import_id] == []
    return [line for line in found if line.get("import_id") == import_id]


def test_an_import_with_a_review_and_webhooks_can_be_followed_by_its_id_and_tells_of_nobody(
    logged: Service, receiver: Receiver
) -> None:
    receiver.forget()
    receiver.answer = lambda *_: Reply(status=500, body=MARK.encode())
    settings = {
        "needsReviewWebhookUrl": receiver.url(f"/{MARK}", "127.0.0.1"),
        "title": MARK,
        "invalidDataBehavior": "BLOCK_SUBMIT",
    }
    with logged.client(logged.key()) as client:
        made = create(
            client, fields=FIELDS, settings=settings, original_filename=f"{MARK}.csv", user={"id": MARK, "name": MARK}
        )
        upload(made, CSV)
        waiting = wait(client, made["id"])
        assert waiting["status"] == "NEEDS_REVIEW", waiting
        page = Page(logged, waiting, author=f"{MARK}-browser")
        page.ready()
        page.edit(2, "age", f"{MARK}43")
        page.edit(2, "age", "43")
        page.submit()
        until(lambda: client.get(f"/headless/imports/{made['id']}/").json()["status"] == "SUCCESSFUL")
        assert client.get(f"/headless/imports/{made['id']}/url/?format=xlsx").status_code == 200
    until(lambda: "webhook_dead" in logged.log.read_text(encoding="utf-8"))
    events = [line["event"] for line in of_import(logged, made["id"])]
    for expected in (
        "import_created",
        "file_accepted",
        "job_over",
        "request",
        "import_ended",
        "webhook_tried",
        "webhook_dead",
    ):
        assert expected in events, expected
    assert events.count("job_over") >= 2, "the run and the finish, told by worker processes"


def test_hooks_that_fail_and_files_that_cannot_be_read_leave_no_data_in_the_log(logged: Service) -> None:
    hooks = {"rowHooks": [ROW_HOOK]}
    with logged.client(logged.key()) as client:
        for content, more in ((CSV, {"hooks": hooks}), (b"PK\x03\x04" + CSV, {}), (b"\x00\xff" * 50 + CSV, {})):
            made = create(client, fields=FIELDS, original_filename=f"{MARK}.xlsx", **more)
            upload(made, content)
            ended = wait(client, made["id"])
            assert of_import(logged, made["id"])[-1]["event"]
            assert ended["status"] in {"FAILED", "NEEDS_REVIEW"}


def test_refused_requests_leave_nothing_of_what_was_asked(logged: Service) -> None:
    with logged.client(logged.key()) as client:
        assert client.post("/headless/imports/", json={"fields": MARK}).status_code == 400
        assert client.post("/headless/imports/", content=f"{{{MARK}").status_code == 400
        assert client.get(f"/headless/imports/{MARK}/").status_code == 404
    assert httpx.get(f"{logged.address}/{MARK}?{MARK}={MARK}", headers={"X-Dromo-License-Key": MARK}).status_code == 404
    until(lambda: [line["route"] for line in lines(logged) if line["event"] == "request"][-1] is None)
