"""The chaos suite's auditor finds each broken promise, and nothing where all were kept."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import httpx
import orjson
import pytest

from tests.chaos.auditor import Auditor, Sent
from tests.chaos.inputs import Kind, expected, input_of
from tests.chaos.installation import Arrangement
from tests.chaos.journal import Edit, Journal, Told
from tests.receiver import Received

NUMBER = "5f0c1c4e-8f0e-4f6e-9d6a-0f6f1c0f9a11"


@dataclass
class World:
    """A service that says what it is told to say, of one import."""

    state: dict[str, Any]
    result: bytes
    arrangement: Arrangement = "cluster"
    sent: list[Sent] = field(default_factory=list)
    files: list[str] = field(default_factory=lambda: [f"imports/5f/{NUMBER}/source-a", f"imports/5f/{NUMBER}/run-a/x"])
    times_listed: int = 1

    def restart(self, seconds: float) -> None:
        """It is well again at once."""

    def stored(self) -> list[str]:
        return self.files

    def answer(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path
        if path == "/result":
            return httpx.Response(200, content=self.result)
        if path.endswith("/imports/"):
            first = "offset=0" in str(request.url)
            return httpx.Response(
                200, json={"results": [self.state] * (self.times_listed if first and self.state else 0)}
            )
        if path.endswith("/deliveries/"):
            return httpx.Response(200, json={"results": []})
        if path.endswith("/url/"):
            return httpx.Response(200, json={"presigned_url": "http://service/result"})
        return httpx.Response(200, json=self.state) if self.state else httpx.Response(404)

    def audit(self, told: Told) -> list[str]:
        """What is found to be broken."""
        journal = Journal()
        journal.add(told)
        client = httpx.Client(base_url="http://service/api/v1", transport=httpx.MockTransport(self.answer))
        Auditor(self, client, journal, self.sent, settle=0.01, leftover=0).audit()
        return journal.broken


def hooked(path: str, event: str, number: str = "msg_1", status: int = 204) -> Sent:
    body = (
        f"uploadId={NUMBER}".encode()
        if event == "form"
        else json.dumps({"event": event, "data": {"id": NUMBER}}).encode()
    )
    return Sent(Received(path, {"webhook-id": f"{number}{path}{event}"}, body), status)


def told_of(kind: Kind = "small", **values: Any) -> Told:
    return Told("marker", input_of(kind, 0), NUMBER, **{"uploaded": "yes"} | values)


def world(kind: Kind = "small", result: bytes | None = None, status: str = "SUCCESSFUL", **values: Any) -> World:
    content = expected(input_of(kind, 0)) if result is None else result
    rows = len(orjson.loads(content)) if content else 0
    state = {
        "id": NUMBER, "status": status, "import_errors": None, "original_filename": "marker",
        "result_metadata": {"deliveredRows": rows},
    }  # fmt: skip
    sent = [hooked("/done", "form"), hooked("/managed", "import_completed")]
    return World(state, content, **{"sent": sent} | values)


def test_an_installation_that_kept_its_promises_is_not_accused() -> None:
    assert world().audit(told_of()) == []


def test_a_result_that_differs_by_a_byte_is_found() -> None:
    whole = expected(input_of("small", 0))
    found = world(result=whole.replace(b"Person 7 ", b"Person 8 ")).audit(told_of())
    assert len(found) == 1
    assert "another result" in found[0]


@pytest.mark.parametrize(
    ("status", "values"), [("PENDING", {}), ("AWAITING_UPLOAD", {}), ("FAILED", {}), ("NEEDS_REVIEW", {})]
)
def test_what_was_accepted_and_did_not_end_is_found(status: str, values: dict[str, Any]) -> None:
    found = world(status=status, sent=[hooked("/managed", "headless_import_failed")], **values).audit(told_of())
    assert any(f"ended as {status}" in one for one in found)


def test_a_review_whose_finish_failed_is_not_waited_for() -> None:
    state = {"status": "NEEDS_REVIEW", "import_errors": [{"code": "invalid_cells"}]}
    assert Auditor._on_its_way(state, submitted=True, uploaded=True)
    assert not Auditor._on_its_way(state, submitted=False, uploaded=True)
    state["import_errors"] = [{"code": "finish_failed"}]
    assert not Auditor._on_its_way(state, submitted=True, uploaded=True)


def test_an_import_that_is_gone_or_back_from_its_deletion_is_found() -> None:
    gone = world(files=[])
    gone.state = {}
    assert any("is gone" in one for one in gone.audit(told_of()))
    assert gone.audit(told_of(deleted="yes")) == []
    assert any("back from its deletion" in one for one in world().audit(told_of(deleted="yes")))


def test_a_status_that_goes_back_is_found() -> None:
    assert any(
        "went from SUCCESSFUL back to FAILED" in one
        for one in world(status="FAILED").audit(told_of(place=4, ended="SUCCESSFUL"))
    )


def test_an_edit_that_was_answered_and_is_not_there_is_found() -> None:
    mended = [Edit("b", [(row, "amount", "1.00") for row in (3, 17, 41)], "yes")]
    edits = [Edit("a", [(2, "name", "Edited")], "yes"), *mended]
    sent = [
        hooked("/review", "form"), hooked("/managed", "headless_import_needs_review"), hooked("/done", "form"),
        hooked("/managed", "import_completed"),
    ]  # fmt: skip
    right = expected(input_of("review", 0), tuple(cell for edit in edits for cell in edit.cells))
    lost = expected(input_of("review", 0), tuple(cell for edit in mended for cell in edit.cells))
    assert world("review", right, sent=sent).audit(told_of("review", edits=edits, submitted="yes")) == []
    found = world("review", lost, sent=sent).audit(told_of("review", edits=edits, submitted="yes"))
    assert any("another result" in one for one in found)
    doubtful = [*edits, Edit("c", [(5, "name", "Perhaps")])]
    found = world("review", lost, sent=sent).audit(told_of("review", edits=doubtful, submitted="yes"))
    assert any("has lost the edit 'Edited' of row 2" in one for one in found)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ([hooked("/managed", "import_completed")], "nothing was told at /done"),
        ([hooked("/done", "form"), hooked("/managed", "import_completed", status=500)], "nothing was told at /managed"),
        (
            [hooked("/done", "form"), *(hooked("/managed", "import_completed", number) for number in "ab")],
            "under 2 ids",
        ),
        (
            [
                hooked("/done", "form"),
                hooked("/managed", "import_completed"),
                hooked("/managed", "headless_import_needs_review"),
            ],
            "after completed",
        ),
    ],
)
def test_webhooks_that_are_missing_doubled_or_out_of_order_are_found(sent: list[Sent], said: str) -> None:
    assert any(said in one for one in world(sent=sent).audit(told_of()))


@pytest.mark.parametrize(
    "file",
    ["imports/aa/00000000-0000-4000-8000-000000000000/source-a", f"incoming/{NUMBER}", f"imports/5f/{NUMBER}/run-b/x"],
)
def test_a_file_that_nobody_needs_is_found(file: str) -> None:
    made = world()
    made.files.append(file)
    assert any("nobody needs" in one for one in made.audit(told_of()))


def test_an_import_that_was_made_twice_is_found() -> None:
    assert any("was created 2 times" in one for one in world(times_listed=2).audit(told_of()))
