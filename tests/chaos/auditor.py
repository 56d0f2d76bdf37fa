"""Compares what was promised with what there is, seen from the outside: the API, the receiver, and the list of files."""

from __future__ import annotations

import io
import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import parse_qs

import httpx
import orjson

from tests.chaos.inputs import expected
from tests.chaos.installation import LEFTOVER_SECONDS, Arrangement
from tests.chaos.journal import Journal, Told
from tests.receiver import Received

FINAL = frozenset({"SUCCESSFUL", "FAILED"})


@dataclass
class Sent:
    """What the receiver got and how it answered."""

    request: Received
    status: int


class Audited(Protocol):
    """What must be known of an installation beside its API."""

    arrangement: Arrangement

    def restart(self, seconds: float) -> None:
        """Stop everything in good order and start it again."""

    def stored(self) -> list[str]:
        """Paths of all files that are kept."""


class Auditor:
    """Asks one server; everything runs again, and nothing disturbs it any more."""

    def __init__(
        self,
        made: Audited,
        client: httpx.Client,
        journal: Journal,
        sent: list[Sent],
        settle: float,
        leftover: float = LEFTOVER_SECONDS + 5,
    ) -> None:
        """`settle`: seconds that everything may take to come to its end; `leftover`: until what is left over is removed."""
        self._made, self._client, self._journal, self._sent = made, client, journal, sent
        self._settle, self._leftover = settle, leftover
        self.ends: Counter[str] = Counter()

    def audit(self) -> None:
        """Everything; what is broken stands in the journal."""
        states = self._settled()
        for told in self._journal.known():
            self._check(told, states.get(told.id))
        self._check_strangers()
        self._check_webhooks(states)
        self._check_files()

    def _get(self, path: str) -> httpx.Response:
        deadline = time.monotonic() + 120
        while True:
            try:
                answer = self._client.get(path)
                if answer.status_code < 500:
                    return answer
            except httpx.HTTPError:
                answer = None
            if time.monotonic() > deadline:
                raise TimeoutError(f"{path} is not answered: {answer}")
            time.sleep(1)

    def _settled(self) -> dict[str, dict[str, Any] | None]:
        """All imports once none is on its way any more; None for those that are not there."""
        deadline = time.monotonic() + self._settle
        found: dict[str, dict[str, Any] | None] = {}
        open_ids = [told.id for told in self._journal.known()]
        submitted = {told.id for told in self._journal.known() if told.submitted == "yes"}
        uploaded = {told.id for told in self._journal.known() if told.uploaded == "yes"}
        while open_ids and time.monotonic() < deadline:
            for one in open_ids:
                answer = self._get(f"/headless/imports/{one}/")
                found[one] = answer.json() if answer.status_code == 200 else None
            open_ids = [one for one in open_ids if self._on_its_way(found[one], one in submitted, one in uploaded)]
            time.sleep(1 if open_ids else 0)
        return found

    @staticmethod
    def _on_its_way(state: dict[str, Any] | None, submitted: bool, uploaded: bool) -> bool:
        if state is None or state["status"] in FINAL:
            return False
        if state["status"] == "AWAITING_UPLOAD":
            return uploaded
        given_back = any(error["code"] == "finish_failed" for error in state["import_errors"] or [])
        return state["status"] != "NEEDS_REVIEW" or (submitted and not given_back)

    def _check(self, told: Told, state: dict[str, Any] | None) -> None:
        if told.deleted == "yes":
            if state is not None:
                self._break(told, "is back from its deletion")
            return
        if state is None:
            if told.deleted == "no":
                self._break(told, "is gone")
            return
        status = state["status"]
        self._journal.saw(told, status, self._journal.floor(told))
        codes = [error["code"] for error in state["import_errors"] or []]
        self.ends[status if status != "FAILED" else f"FAILED ({', '.join(codes)})"] += 1
        if status == "SUCCESSFUL":
            self._check_result(told, state)
        elif not self._may_rest(told, status, codes):
            self._break(told, f"({told.given.kind}, uploaded: {told.uploaded}) ended as {status} {codes}")

    def _may_rest(self, told: Told, status: str, codes: list[str]) -> bool:
        """Whether an import that has no result may be so."""
        if status == "FAILED":
            if codes == ["upload_expired"]:  # only where the machine's one clock was put forward
                return told.uploaded != "yes" and self._made.arrangement == "single"
            return codes == ["worker_crashed"] or (told.given.kind == "broken" and codes == ["file_empty"])
        if status == "NEEDS_REVIEW":
            return told.given.kind == "review" and (told.submitted != "yes" or "finish_failed" in codes)
        return not told.accepted and status == "AWAITING_UPLOAD"

    def _check_result(self, told: Told, state: dict[str, Any]) -> None:
        delivered = self._result(told)
        if delivered is None:
            return
        certain = all(edit.answered == "yes" and edit.undone != "unknown" for edit in told.edits)
        cells = tuple(cell for edit in told.edits if edit.undone != "yes" for cell in edit.cells)
        if told.given.kind == "review" and told.submitted == "no":
            self._break(told, "was ended by nobody")
        elif certain and delivered != expected(told.given, cells):
            self._break(
                told, f"({told.given.kind}) has another result: {_difference(delivered, expected(told.given, cells))}"
            )
        elif not certain:
            self._check_edits(told, orjson.loads(delivered))
        if len(orjson.loads(delivered)) != state["result_metadata"]["deliveredRows"]:
            self._break(told, "says another number of rows than it delivers")

    def _check_edits(self, told: Told, rows: list[dict[str, Any]]) -> None:
        """Where the answer to one change is not known, each that is known to have been made must still be there."""
        doubtful = {
            cell[:2] for edit in told.edits if edit.answered != "yes" or edit.undone != "no" for cell in edit.cells
        }
        for edit in told.edits:
            for row, field, text in edit.cells:
                if (row, field) not in doubtful and field != "amount" and rows[row].get(field) != text:
                    self._break(told, f"has lost the edit {text!r} of row {row}")

    def _result(self, told: Told) -> bytes | None:
        answer = self._get(f"/headless/imports/{told.id}/url/")
        if answer.status_code != 200:
            self._break(told, f"is SUCCESSFUL without a result: {answer.status_code}")
            return None
        delivered = self._client.get(answer.json()["presigned_url"])
        if delivered.status_code != 200:
            self._break(told, f"is SUCCESSFUL, and its result answers {delivered.status_code}")
            return None
        return delivered.content

    def _check_strangers(self) -> None:
        """What is listed is what was asked for: each once, however often the request was sent. Repetitions whose answer was lost
        bear the name of the import that they repeat; rows have no name."""
        asked: Counter[str | None] = Counter()
        for told in self._journal.imports:
            name = None if told.given.kind == "rows" else told.marker
            asked[name] += (not told.rerun) + told.repetitions
        listed = Counter(one["original_filename"] for one in self._pages("/headless/imports/"))
        for name, count in listed.items():
            if count > asked[name]:
                self._journal.break_(f"{name or 'rows'} was created {count} times, and asked for {asked[name]} times")

    def _pages(self, path: str) -> Iterator[dict[str, Any]]:
        offset = 0
        while True:
            page = self._get(f"{path}{'&' if '?' in path else '?'}limit=500&offset={offset}").json()["results"]
            yield from page
            offset += len(page)
            if not page:
                return

    def _check_webhooks(self, states: dict[str, dict[str, Any] | None]) -> None:
        deadline = time.monotonic() + self._settle
        while next(self._pages("/webhooks/deliveries/?state=pending"), None) and time.monotonic() < deadline:
            time.sleep(2)
        ids, order = defaultdict(set), defaultdict(list)
        for one in list(self._sent):
            about, event = _about(one.request)
            ids[one.request.path, about, event].add(one.request.headers["webhook-id"])
            if 200 <= one.status < 300:
                order[one.request.path, about].append(event)
        for (path, about, event), found in ids.items():
            if len(found) > 1:
                self._journal.break_(f"{about} was told {event} at {path} under {len(found)} ids")
        for (_, about), events in order.items():
            if (
                "headless_import_needs_review" in events[events.index("import_completed") :]
                if "import_completed" in events
                else False
            ):
                self._journal.break_(f"{about}: needs_review was told after completed")
        for told in self._journal.known():
            if told.deleted == "no" and (state := states.get(told.id)) is not None:
                self._check_told(told, state, order)

    def _check_told(self, told: Told, state: dict[str, Any], order: dict[tuple[str, str], list[str]]) -> None:
        reviewed = told.given.kind == "review" and state["status"] != "FAILED" and state["status"] != "AWAITING_UPLOAD"
        wanted = []
        if reviewed:
            wanted += [("/review", "form"), ("/managed", "headless_import_needs_review")]
        if state["status"] == "SUCCESSFUL":
            wanted += [("/done", "form"), ("/managed", "import_completed")]
        if state["status"] == "FAILED":
            wanted += [("/managed", "headless_import_failed")]
        for path, event in wanted:
            if event not in order.get((path, told.id), []):
                self._break(told, f"is {state['status']}, and nothing was told at {path} ({event})")

    def _check_files(self) -> None:
        """After a restart, and once what is left over is old enough, every file belongs to an import that is there."""
        known = {listed["id"] for listed in self._pages("/headless/imports/")}
        time.sleep(self._leftover)
        self._made.restart(180)
        deadline = time.monotonic() + min(120, self._settle)
        while (left := self._left_over(known)) and time.monotonic() < deadline:
            time.sleep(2)
        for path in left[:20]:
            self._journal.break_(f"nobody needs {path}")

    def _left_over(self, known: set[str]) -> list[str]:
        left, parts = [], defaultdict(set)
        for path in self._made.stored():
            names = path.split("/")
            if "check" in names:  # written to learn the store's clock
                continue
            about = next((name for name in names if len(name) == 36 and name.count("-") == 4), None)
            if about not in known or "incoming" in names:
                left.append(path)
            elif len(names) > names.index(about) + 1:
                kind, _, number = names[names.index(about) + 1].partition("-")
                if (
                    kind != "source"
                ):  # a copy of the file that a kill left beside the one that counts goes with the import
                    parts[about, kind].add(number)
        return left + [
            f"{len(numbers)} of {kind} in {about}" for (about, kind), numbers in parts.items() if len(numbers) > 1
        ]

    def _break(self, told: Told, what: str) -> None:
        self._journal.break_(f"{told.id} {what}")


def _about(request: Received) -> tuple[str, str]:
    if request.body.startswith(b"{"):
        body = json.loads(request.body)
        return body["data"]["id"], body["event"]
    return parse_qs(request.body.decode())["uploadId"][0], "form"


def _difference(one: bytes, other: bytes) -> str:
    """The first rows that differ, and how large both are."""
    pairs = zip(io.BytesIO(one), io.BytesIO(other), strict=False)
    first = next(((a[:200], b[:200]) for a, b in pairs if a != b), None)
    return f"{len(one)} bytes instead of {len(other)}, first difference {first}"
