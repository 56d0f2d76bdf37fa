"""What of a finished review may be remembered for the next file: a recipe made of the review's own log, and of nothing else."""

from __future__ import annotations

import tempfile
import uuid
from pathlib import Path
from typing import Any

from headgate.db import Database
from headgate.engine.review.log import BULK, DECISIONS, LogEntry
from headgate.errors import DeletedError
from headgate.imports.models import FrozenSchema, Import
from headgate.imports.pool import MemoryLimitError, TimeLimitError, WorkerCrashedError, WorkerPool
from headgate.imports.states import Status
from headgate.imports.worker import ProposeJob, RecipeProposal
from headgate.recipes import RecipeService
from headgate.records import dataclass
from headgate.reviews.access import Reviewer
from headgate.reviews.errors import RefusedError, ReviewConflictError
from headgate.reviews.log import ChangeLog
from headgate.reviews.models import SUBMIT
from headgate.reviews.stacks import Stacks

NOT_CHANGES = DECISIONS | {"undo", "redo", "hooks", SUBMIT}
PARTS = ("columns", "values", "orders", "replacements")
LAST = 2**31 - 1

Author = tuple[str, uuid.UUID | None]


def _without(recipe: dict[str, Any] | None, masked: set[str]) -> dict[str, Any] | None:
    """A recipe as whoever may not see values of masked fields is shown it: without what somebody wrote of them by hand, and
    without the names of columns that no field has, which may be cells."""
    if recipe is None:
        return None
    shown = {key: part for key, part in recipe.items() if key != "knownHeaders"}
    for part in ("values", "replacements"):
        if part in shown:
            shown[part] = [
                one
                for one in shown[part]
                if one["field"] not in masked and (one.get("when") or {}).get("field") not in masked
            ]
    return shown


@dataclass(frozen=True)
class _Begun:
    """What an import was begun with, and what was decided."""

    document: dict[str, Any]
    decisions: dict[str, Any]
    recipe: dict[str, Any] | None


class RecipeOffers:
    """Recipes of reviews that came to their end."""

    def __init__(
        self, database: Database, log: ChangeLog, pool: WorkerPool, recipes: RecipeService, workdir: Path
    ) -> None:
        """`workdir`: where files are put while a recipe is made."""
        self._database = database
        self._log = log
        self._pool = pool
        self._recipes = recipes
        self._workdir = workdir

    def propose(self, reviewer: Reviewer) -> dict[str, Any]:
        """RecipeProposal for the holder of a link, who may where the schema says so. Raises RefusedError,
        ReviewConflictError."""
        self._check_allowed(reviewer.row)
        found = self.propose_of(reviewer.row)
        fields = self._begun(reviewer.row.id).document["fields"]
        masked = {field["key"] for field in fields if field.get("mask")}
        return found if not masked else found | {"recipe": _without(found["recipe"], masked)}

    def save(self, reviewer: Reviewer) -> dict[str, Any]:
        """Remember it: RecipeSaved. Saving the same again changes nothing. Raises as `propose`."""
        self._check_allowed(reviewer.row)
        saved = self.save_of(reviewer.row, ("reviewer", reviewer.row.id))
        return {"version": saved["version"], "enabled": saved["enabled"]}

    def propose_of(self, row: Import) -> dict[str, Any]:
        """RecipeProposal: what of the review of an import would be remembered, for somebody who may write recipes.

        Raises RefusedError, ReviewConflictError.
        """
        found = self._proposed(row)
        parts = {part: len((found.document or {}).get(part, ())) for part in PARTS}
        return {"recipe": found.document, "parts": parts, "left_out": found.left_out}

    def save_of(self, row: Import, author: Author) -> dict[str, Any]:
        """Remember it: the recipe as it then is. Saving the same again changes nothing. Raises as `propose_of`."""
        found = self._proposed(row)
        if found.document is None:
            raise RefusedError("nothing_to_do", "Nothing was done in this review that could be remembered.")
        return self._recipes.save(row.organization_id, row.import_identifier, found.document, author, repeat=False)

    def _check_allowed(self, row: Import) -> None:
        settings = self._begun(row.id).document["settings"]
        if not (settings.get("reviewStep") or {}).get("rememberCorrections"):
            raise RefusedError("not_allowed", "Corrections of this import are not remembered.")

    def _proposed(self, row: Import) -> RecipeProposal:
        if not row.import_identifier:
            raise RefusedError("not_allowed", "Corrections of this import are not remembered.")
        if row.review_deleted_at is not None or row.result_deleted_at is not None:
            raise DeletedError("The edits of this review were deleted, because they are not kept any longer.")
        if row.status != Status.SUCCESSFUL:
            raise ReviewConflictError("not_ready", "Corrections can be remembered once the import is finished.")
        with tempfile.TemporaryDirectory(prefix="recipe-", dir=self._workdir) as folder:
            job = self._job(row.id, Path(folder))
            try:
                answer = self._pool.run(job, f"recipe-{uuid.uuid4()}")
            except (WorkerCrashedError, MemoryLimitError, TimeLimitError) as error:
                raise ReviewConflictError("too_large") from error
        if not isinstance(answer, RecipeProposal):
            raise ReviewConflictError("too_large")
        return answer

    def _begun(self, import_id: uuid.UUID) -> _Begun:
        with self._database.read() as session:
            row = session.get_one(Import, import_id)
            frozen = session.get_one(FrozenSchema, row.frozen_schema_id)
            return _Begun(frozen.document, row.decisions or {}, row.recipe)

    def _job(self, import_id: uuid.UUID, folder: Path) -> ProposeJob:
        begun, kept, deltas = self._begun(import_id), self._kept(import_id), {}
        for position, entry in enumerate(kept):
            if entry.kind not in BULK:
                continue
            if (whole := self._log.header(import_id, entry.seq)) is not None:
                kept[position] = whole
            if (path := self._log.delta_file(import_id, entry.seq, folder)) is not None:
                deltas[entry.seq] = path
        applied = begun.recipe is not None and (begun.decisions.get("recipe") or {}).get("applied")
        return ProposeJob(
            document=begun.document,
            decisions=begun.decisions,
            person=self._log.decisions_before(import_id, LAST),
            log=tuple(kept),
            deltas=deltas,
            recipe=begun.recipe["document"] if begun.recipe is not None and applied else None,
        )

    def _kept(self, import_id: uuid.UUID) -> list[LogEntry]:
        """The changes that were not undone, without what they hold."""
        stacks, changes = Stacks(), []
        for entry in self._log.light(import_id):
            stacks.add(entry)
            if entry.kind not in NOT_CHANGES:
                changes.append(entry)
        return [entry for entry in changes if entry.seq not in stacks.undone]
