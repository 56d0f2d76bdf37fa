"""What people ask and do in a review. The log is the truth; the process of the review computes."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from headgate.engine.review.log import DECISIONS, Direction, LogEntry, Prepared
from headgate.imports.states import Status
from headgate.reviews import views
from headgate.reviews.access import Reviewer
from headgate.reviews.api_models import ColumnSuggestions, ColumnsView, FieldInfo, TransformSuggestion
from headgate.reviews.desk import ReviewDesk
from headgate.reviews.errors import BusyError, ReviewConflictError
from headgate.reviews.log import AlreadyDoneError, ChangeLog, Recorded, VersionTakenError, check_in_review
from headgate.reviews.model_client import SuggestionError
from headgate.reviews.opened import Folded
from headgate.reviews.process import ReviewRefusedError
from headgate.reviews.stacks import Stacks
from headgate.reviews.suggest import TransformWriter
from headgate.reviews.suggesters import Suggester, suggested
from headgate.web.threads import in_thread

ATTEMPTS = 10
"""How often a change is prepared again because others were quicker."""
NO_ANSWER: dict[str, Any] = {"added": [], "conflicts": [], "skipped": 0}


class ReviewService:
    """Reviews as their pages see them."""

    def __init__(self, desk: ReviewDesk, writer: TransformWriter, suggesters: Sequence[Suggester]) -> None:
        self._desk = desk
        self._writer = writer
        self._suggesters = suggesters
        self._log: ChangeLog = desk.log

    # Looking

    async def state(self, reviewer: Reviewer) -> dict[str, Any]:
        """ReviewState; as it was submitted when it is no longer in review. Raises ReviewConflictError `preparing`."""
        if reviewer.row.status != Status.NEEDS_REVIEW or reviewer.row.submitted_seq is not None:
            return await in_thread(self._submitted_state, reviewer)
        try:
            found: dict[str, Any] = await self._desk.ask(
                reviewer.import_id, lambda folded: self._state(folded, reviewer)
            )
        except ReviewConflictError as error:
            known = self._desk.known_state(reviewer.import_id)
            if error.code in ("submitting", "finished") or known is None:
                raise
            return await in_thread(self._known_state, reviewer, known)
        return found

    async def query(self, reviewer: Reviewer, method: str, *arguments: Any) -> bytes:
        """The JSON of what a method of the engine's review gives."""
        check_in_review(reviewer.row)

        def unit(folded: Folded) -> Any:
            folded.catch_up()
            return folded.ask(method, *arguments, as_json=True)

        found: bytes = await self._desk.ask(reviewer.import_id, unit)
        return found

    async def cell(self, reviewer: Reviewer, query: dict[str, Any]) -> dict[str, Any]:
        """CellDetail."""
        check_in_review(reviewer.row)

        def unit(folded: Folded) -> dict[str, Any]:
            folded.catch_up()
            found: dict[str, Any] = folded.ask("cell", query)
            entries = self._log.named(folded.import_id, [change["version"] for change in found["history"]])
            found["history"] = [
                views.cell_change(change, entries[change["version"]], reviewer.author) for change in found["history"]
            ]
            return found

        detail: dict[str, Any] = await self._desk.ask(reviewer.import_id, unit)
        return detail

    async def suggest(self, reviewer: Reviewer, request: str) -> TransformSuggestion:
        """A row expression for a request in words. Raises SuggestionError."""
        state = await self.state(reviewer)
        check_in_review(reviewer.row)
        if not state["settings"]["transformations"]:
            raise SuggestionError(
                "Transform is switched off for this import, so there is nothing to write an expression for."
            )
        fields = [FieldInfo.model_validate(field) for field in state["fields"]]
        return await in_thread(self._writer.suggest, request, fields)

    async def suggest_columns(self, reviewer: Reviewer) -> ColumnSuggestions:
        """Fields for the columns that wait for a person, by every suggester that is set up."""
        state = await self.state(reviewer)
        check_in_review(reviewer.row)
        view = ColumnsView.model_validate_json(await self.query(reviewer, "columns"))
        fields = [FieldInfo.model_validate(field) for field in state["fields"]]
        return await in_thread(suggested, view, fields, self._suggesters)

    def history(self, reviewer: Reviewer, before: int | None, limit: int) -> list[dict[str, Any]]:
        """HistoryEntry, newest first; of ended reviews too."""
        stacks = self._stacks(reviewer.import_id)
        entries = self._log.newest(reviewer.import_id, before, limit)
        return [views.history_entry(entry, reviewer.author, stacks.undone) for entry in entries]

    # Deciding and changing

    async def advance(self, reviewer: Reviewer, step: str) -> dict[str, Any]:
        """Go to a step; ReviewState, which says `preparing` when that takes longer."""
        check_in_review(reviewer.row)

        def unit(folded: Folded) -> dict[str, Any]:
            folded.catch_up()
            folded.ask("advance", step, slow=True)
            return self._state(folded, reviewer)

        try:
            found: dict[str, Any] = await self._desk.ask(reviewer.import_id, unit, prepares=step)
        except ReviewConflictError as error:
            known = self._desk.known_state(reviewer.import_id)
            if error.code != "preparing" or known is None:
                raise
            return await in_thread(self._known_state, reviewer, known)
        return found

    async def decide(self, reviewer: Reviewer, kind: str, body: dict[str, Any]) -> dict[str, Any]:
        """Write a `header`, `columns` or `values` decision; DecisionResult."""
        check_in_review(reviewer.row)
        change_id = uuid.uuid4().hex

        def unit(folded: Folded) -> dict[str, Any]:
            done, _ = self._write(
                folded, reviewer.author, change_id, lambda: folded.ask("decide", kind, body, slow=True)
            )
            return {"version": done.entry.seq, "state": self._state(folded, reviewer)}

        return await self._changed(reviewer, unit)

    async def change(self, reviewer: Reviewer, change: dict[str, Any], change_id: str) -> dict[str, Any]:
        """Carry out a change once; ChangeResult."""
        check_in_review(reviewer.row)

        def unit(folded: Folded) -> dict[str, Any]:
            try:
                done, committed = self._write(
                    folded, reviewer.author, change_id, lambda: folded.ask_of_rows("prepare", change)
                )
            except ReviewRefusedError as error:
                if error.code != "nothing_to_do":
                    raise
                return self._result(folded, reviewer.author, None, None)
            return self._result(folded, reviewer.author, done, committed)

        return await self._changed(reviewer, unit)

    async def undo(self, reviewer: Reviewer, direction: Direction, change_id: str) -> dict[str, Any]:
        """Take back the author's last change, or bring it again; ChangeResult."""
        check_in_review(reviewer.row)

        def unit(folded: Folded) -> dict[str, Any]:
            done, committed = self._write(
                folded, reviewer.author, change_id, lambda: self._prepare_undo(folded, reviewer.author, direction)
            )
            if committed is not None and not committed.get("summary"):
                folded.engine_state()  # a decision: another step may be the current one
            return self._result(folded, reviewer.author, done, committed)

        return await self._changed(reviewer, unit)

    async def _changed(self, reviewer: Reviewer, unit: Callable[[Folded], dict[str, Any]]) -> dict[str, Any]:
        result: dict[str, Any] = await self._desk.ask(reviewer.import_id, unit)
        self._desk.events.publish(reviewer.import_id, None)
        return result

    def _write(
        self, folded: Folded, author: str, change_id: str, prepare: Callable[[], Prepared]
    ) -> tuple[Recorded, dict[str, Any] | None]:
        """Prepare, write the entry, bring it into effect. The second is None when an earlier request has done it."""
        if done := self._log.find(folded.import_id, change_id):
            folded.catch_up()
            return done, None
        for _ in range(ATTEMPTS):
            folded.catch_up()
            prepared = prepare()
            try:
                entry = self._log.append(folded.import_id, folded.version + 1, prepared, author, change_id)
            except VersionTakenError:
                continue
            except AlreadyDoneError as error:
                folded.catch_up()
                return error.done, None
            return Recorded(entry, prepared.answer), folded.commit(entry) or {}
        raise BusyError("Others change this review all the time. Try again in a few seconds.")

    def _prepare_undo(self, folded: Folded, author: str, direction: Direction) -> Prepared:
        stacks = folded.stacks
        seq = stacks.next_undo(author) if direction == "undo" else stacks.next_redo(author)
        if seq is None:
            raise ReviewConflictError(f"nothing_to_{direction}")
        entry = self._log.entry(folded.import_id, seq)
        decision = entry.kind in DECISIONS
        before = self._log.decisions_before(folded.import_id, seq) if decision else None
        try:
            asked = ("prepare_undo", entry, direction, before)
            prepared: Prepared = folded.ask(*asked, slow=True) if decision else folded.ask_of_rows(*asked)
        except ReviewRefusedError as error:
            if error.code != "nothing_to_do":
                raise
            # Every cell was changed since. The entry moves the author's stack on, to the change before.
            prepared = Prepared(direction, {}, answer={"skipped": entry.cells})
        return replace(prepared, kind=direction, undoes=seq)

    # What is answered

    def _result(
        self, folded: Folded, author: str, done: Recorded | None, committed: dict[str, Any] | None
    ) -> dict[str, Any]:
        summary = (committed or {}).get("summary") or _summary(folded)
        return {
            "version": folded.version if done is None else done.entry.seq,
            "cells": 0 if done is None else done.entry.cells,
            "rows": 0 if done is None else done.entry.rows,
            **NO_ANSWER,
            **({} if done is None else done.answer),
            "updated": (committed or {}).get("updated", []),
            "summary": summary,
            **self._undo_and_redo(folded.import_id, folded.stacks, author),
        }

    def _state(self, folded: Folded, reviewer: Reviewer) -> dict[str, Any]:
        folded.catch_up()
        offered = self._undo_and_redo(folded.import_id, folded.stacks, reviewer.author)
        problem = self._desk.problem(folded.import_id)
        return self._shown(reviewer, folded.engine_state(), version=folded.version, problem=problem, **offered)

    def _known_state(self, reviewer: Reviewer, engine: dict[str, Any]) -> dict[str, Any]:
        """The state while the process is busy."""
        stacks = self._stacks(reviewer.import_id)
        return self._shown(
            reviewer,
            engine,
            version=stacks.version,
            preparing=self._desk.preparing(reviewer.import_id),
            problem=self._desk.problem(reviewer.import_id),
            **self._undo_and_redo(reviewer.import_id, stacks, reviewer.author),
        )

    def _submitted_state(self, reviewer: Reviewer) -> dict[str, Any]:
        submission = self._log.submission(reviewer.import_id)
        if submission is None:
            raise ReviewConflictError("finished")
        submitting = reviewer.row.status == Status.NEEDS_REVIEW
        return self._shown(reviewer, submission.answer, version=submission.entry.seq, submitting=submitting)

    def _shown(self, reviewer: Reviewer, engine: dict[str, Any], **known: Any) -> dict[str, Any]:
        # Its own suggestions come with the columns; what a model adds is worth a request.
        suggests = any(suggester.source == "model" for suggester in self._suggesters)
        return views.state(reviewer, engine, in_words=self._writer.available, suggests=suggests, **known)

    def _stacks(self, import_id: uuid.UUID) -> Stacks:
        stacks = Stacks()
        for entry in self._log.headers(import_id):
            stacks.add(entry)
        return stacks

    def _undo_and_redo(self, import_id: uuid.UUID, stacks: Stacks, author: str) -> dict[str, Any]:
        def offered(seq: int | None) -> dict[str, Any] | None:
            entry: LogEntry | None = self._log.header(import_id, seq)
            return None if entry is None else views.history_entry(entry, author, stacks.undone)

        return {"undo": offered(stacks.next_undo(author)), "redo": offered(stacks.next_redo(author))}


def _summary(folded: Folded) -> dict[str, Any]:
    """What submitting would do now; before the rows were looked at nothing is known of them."""
    try:
        found: dict[str, Any] = folded.ask("confirmation")["summary"]
    except ReviewRefusedError as error:
        counts = (
            "rows",
            "rows_with_errors",
            "error_cells",
            "warning_cells",
            "info_cells",
            "changed_cells",
            "added_rows",
        )
        blocked = {"code": error.code, "text": error.message, "context": {}}
        return dict.fromkeys((*counts, "deleted_rows", "delivered", "left_out"), 0) | {"blocked": blocked}
    return found
