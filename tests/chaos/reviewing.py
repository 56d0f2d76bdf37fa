"""People who review: they open, edit, take back, replace everywhere, and submit."""

from __future__ import annotations

import queue
import random
import threading
import uuid
from typing import Any

import httpx

from tests.chaos.inputs import BAD_ROWS, SIZES
from tests.chaos.journal import Edit, Told
from tests.chaos.load import Caller

BUSY = frozenset({"preparing", "not_ready", "version_changed"})
"""Refusals that ask to be asked again."""


class Reviewer(threading.Thread):
    """Takes one review after the other, and sends what was not answered again, under the same id."""

    def __init__(self, caller: Caller, reviews: queue.Queue[tuple[Told, str]]) -> None:
        super().__init__(daemon=True)
        self._caller, self._reviews = caller, reviews
        self.idle = True
        self._chance: random.Random = caller.chance
        self._author = f"browser-{uuid.uuid4().hex[:12]}"

    def run(self) -> None:
        while not self._caller.stopping.is_set():
            try:
                told, token = self._reviews.get(timeout=0.5)
            except queue.Empty:
                self.idle = True
                continue
            self.idle = False
            self._caller.turn()
            _Review(self._caller, told, token, self._author).work()


class _Review:
    def __init__(self, caller: Caller, told: Told, token: str, author: str) -> None:
        self._caller, self._told, self._chance = caller, told, caller.chance
        self._headers = {"Authorization": f"Bearer {token}", "X-Review-Author": author}
        self._texts = [dict(row) for row in told.given.rows]

    def work(self) -> None:
        rows = self._chance.sample(range(SIZES["review"]), self._chance.randrange(1, 6))
        edits = [[(row, "name", f"Edited {uuid.uuid4().hex[:8]}")] for row in rows]
        edits += [[(row, "amount", f"{self._chance.randrange(1000)}.25")] for row in BAD_ROWS]
        for cells in edits:
            body = [{"row": row + 1, "column": column, "text": text} for row, column, text in cells]
            if not self._change({"kind": "set_cells", "cells": body}, cells):
                return
            if self._chance.random() < 0.2 and not self._undo():
                return
        if self._chance.random() < 0.5 and not self._replace():
            return
        for row in BAD_ROWS:  # what was taken back is set right again
            if self._texts[row]["amount"] == "unknown":
                cells = [(row, "amount", "7.50")]
                body = [{"row": row + 1, "column": "amount", "text": "7.50"}]
                if not self._change({"kind": "set_cells", "cells": body}, cells):
                    return
        if self._chance.random() < 0.9:
            self._submit()

    def _replace(self) -> bool:
        cells = [(row, "city", "Bonn") for row, one in enumerate(self._texts) if one["city"] == "Berlin"]
        change = {"kind": "replace", "find": "Berlin", "replace": "Bonn", "columns": ["city"], "whole_cell": True}
        return self._change(change | {"match_case": True}, cells)

    def _change(self, change: dict[str, Any], cells: list[tuple[int, str, str]]) -> bool:
        edit = Edit(uuid.uuid4().hex, cells)
        self._told.edits.append(edit)
        if self._ask("change", "POST", "/changes", {"change": change, "id": edit.id}) is None:
            return False
        edit.answered = "yes"
        self._fold()
        return True

    def _undo(self) -> bool:
        edit = self._told.edits[-1]
        edit.undone = "unknown"
        if self._ask("undo", "POST", "/undo", {"id": uuid.uuid4().hex}) is None:
            return False
        edit.undone = "yes"
        self._fold()
        return True

    def _fold(self) -> None:
        self._texts = [dict(row) for row in self._told.given.rows]
        for edit in self._told.edits:
            for row, column, text in edit.cells if edit.undone == "no" else []:
                self._texts[row][column] = text

    def _submit(self) -> None:
        while not self._caller.stopping.is_set():
            confirmed = self._ask("confirm", "POST", "/submit/preview", {})
            if confirmed is None:
                return
            self._told.submitted = "unknown"
            answer = self._ask("submit", "POST", "/submit", {"version": confirmed.json()["version"]}, final=True)
            if answer is None:
                return
            if answer.status_code == 202 or answer.json().get("code") in {"submitting", "finished"}:
                self._told.submitted = "yes"
                return

    def _ask(
        self, what: str, method: str, path: str, body: dict[str, Any], *, final: bool = False
    ) -> httpx.Response | None:
        """The answer that counts; None when there is none, because the load ended or the import was deleted. `final`:
        it may have been done before."""
        address = f"/reviews/{self._told.id}{path}"
        while not self._caller.stopping.is_set() and self._told.deleted == "no":
            answer = self._caller.send(what, method, address, json=body, headers=self._headers)
            if answer is None:
                self._caller.stopping.wait(0.5)
            elif answer.status_code < 300:
                return answer
            elif answer.status_code == 409 and answer.json().get("code") in BUSY:
                if answer.json()["code"] == "not_ready":  # this server has not built the rows yet, and is to begin
                    self._caller.send(
                        "advance",
                        "POST",
                        f"/reviews/{self._told.id}/advance",
                        json={"to": "review"},
                        headers=self._headers,
                    )
                self._caller.stopping.wait(1)
                if final and answer.json()["code"] == "version_changed":
                    return answer
            elif final and answer.status_code == 409 and answer.json().get("code") in {"submitting", "finished"}:
                return answer
            elif self._told.deleted == "no":
                self._caller.journal.break_(
                    f"{what} in {self._told.id} answers {answer.status_code} {answer.text[:200]}"
                )
                return None
        return None
