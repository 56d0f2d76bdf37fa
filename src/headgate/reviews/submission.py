"""Submitting a review: say exactly what it will do, then do it once, in the queue that runs imports."""

from __future__ import annotations

import uuid
from typing import Any, Protocol

from headgate.engine.review.log import Prepared
from headgate.imports.states import Status
from headgate.reviews.access import Reviewer
from headgate.reviews.desk import ReviewDesk
from headgate.reviews.errors import BusyError, ReviewConflictError
from headgate.reviews.log import AlreadyDoneError, VersionTakenError, check_in_review
from headgate.reviews.opened import Folded
from headgate.web.threads import in_thread

ATTEMPTS = 10


class FinishQueue(Protocol):
    """Finishes submitted reviews in the background."""

    def enqueue_finish(self, import_id: uuid.UUID, seq: int) -> None:
        """Have a submission finished. A second call for the same one changes nothing."""


class SubmissionService:
    """What happens between a person's "Finish" and the job."""

    def __init__(self, desk: ReviewDesk, jobs: FinishQueue) -> None:
        self._desk = desk
        self._log = desk.log
        self._jobs = jobs

    async def preview(self, reviewer: Reviewer) -> dict[str, Any]:
        """Confirmation, after the REVIEW_STEP_PRE_SUBMIT hooks; what they change is an entry of the log."""
        check_in_review(reviewer.row)
        change_id = uuid.uuid4().hex

        def unit(folded: Folded) -> dict[str, Any]:
            self._run_hooks(folded, reviewer.author, change_id)
            confirmation: dict[str, Any] = folded.ask_of_rows("confirmation")
            return {"version": folded.version} | confirmation

        found: dict[str, Any] = await self._desk.ask(reviewer.import_id, unit)
        self._desk.events.publish(reviewer.import_id, None)
        return found

    async def submit(self, reviewer: Reviewer, version: int) -> None:
        """Submit the review as it stood in `version`. To submit the same again changes nothing.

        Raises ReviewConflictError: `version_changed`, `blocked`, `submitting` (of another version), `finished`.
        """
        if reviewer.row.status == Status.NEEDS_REVIEW and reviewer.row.submitted_seq == version + 1:
            await in_thread(self._jobs.enqueue_finish, reviewer.import_id, version + 1)
            return
        check_in_review(reviewer.row)

        def unit(folded: Folded) -> int:
            folded.catch_up()
            if folded.version != version:
                raise ReviewConflictError("version_changed")
            confirmation = folded.ask_of_rows("confirmation")
            if blocked := confirmation["summary"].get("blocked"):
                raise ReviewConflictError("blocked", blocked["text"])
            try:
                entry = self._log.submit(
                    folded.import_id, version + 1, reviewer.author, confirmation, folded.engine_state()
                )
            except VersionTakenError:
                raise ReviewConflictError("version_changed") from None
            folded.leave()  # the job works in the same directory
            return entry.seq

        seq = await self._desk.ask(reviewer.import_id, unit)
        await in_thread(self._jobs.enqueue_finish, reviewer.import_id, seq)
        self._desk.events.publish(reviewer.import_id, "submitting")

    def _run_hooks(self, folded: Folded, author: str, change_id: str) -> None:
        if self._log.find(folded.import_id, change_id):  # by the process before this one
            folded.catch_up()
            return
        for _ in range(ATTEMPTS):
            folded.catch_up()
            prepared: Prepared | None = folded.ask_of_rows("prepare_submit")
            if prepared is None:
                return
            try:
                folded.commit(self._log.append(folded.import_id, folded.version + 1, prepared, author, change_id))
            except VersionTakenError:
                continue
            except AlreadyDoneError:
                folded.catch_up()
            return
        raise BusyError("Others change this review all the time. Try again in a few seconds.")
