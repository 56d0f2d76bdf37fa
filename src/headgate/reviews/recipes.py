"""What a reviewer may have remembered for the next file: a recipe made of the review's own log, and of nothing else."""

from __future__ import annotations

import uuid
from typing import Any

from headgate.db import Database
from headgate.engine.review.log import DECISIONS
from headgate.imports.models import FrozenSchema, Import
from headgate.imports.pool import MemoryLimitError, TimeLimitError, WorkerCrashedError, WorkerPool
from headgate.imports.states import Status
from headgate.imports.worker import ProposeJob, RecipeProposal
from headgate.recipes import RecipeService
from headgate.reviews.access import Reviewer
from headgate.reviews.errors import RefusedError, ReviewConflictError
from headgate.reviews.log import ChangeLog
from headgate.reviews.models import SUBMIT
from headgate.reviews.stacks import Stacks

NOT_CHANGES = DECISIONS | {"undo", "redo", "hooks", SUBMIT}
PARTS = ("columns", "values", "orders", "replacements")
LAST = 2**31


class RecipeOffers:
    """Recipes of reviews that came to their end."""

    def __init__(self, database: Database, log: ChangeLog, pool: WorkerPool, recipes: RecipeService) -> None:
        self._database = database
        self._log = log
        self._pool = pool
        self._recipes = recipes

    def propose(self, reviewer: Reviewer) -> dict[str, Any]:
        """RecipeProposal: what would be remembered. Raises RefusedError, ReviewConflictError."""
        found = self._proposed(reviewer)
        parts = {part: len((found.document or {}).get(part, ())) for part in PARTS}
        return {"recipe": found.document, "parts": parts, "left_out": found.left_out}

    def save(self, reviewer: Reviewer) -> dict[str, Any]:
        """Remember it: RecipeSaved. Saving the same again changes nothing. Raises as `propose`."""
        found = self._proposed(reviewer)
        if found.document is None:
            raise RefusedError("nothing_to_do", "Nothing was done in this review that could be remembered.")
        row = reviewer.row
        saved = self._recipes.save(
            row.organization_id, row.import_identifier, found.document, ("reviewer", row.id), repeat=False
        )
        return {"version": saved["version"], "enabled": saved["enabled"]}

    def _proposed(self, reviewer: Reviewer) -> RecipeProposal:
        row = reviewer.row
        job = self._job(row.id)
        settings = job.document["settings"]
        if not (settings.get("reviewStep") or {}).get("rememberCorrections") or not row.import_identifier:
            raise RefusedError("not_allowed", "Corrections of this import are not remembered.")
        if row.status != Status.SUCCESSFUL:
            raise ReviewConflictError("not_ready", "Corrections can be remembered once the import is finished.")
        try:
            answer = self._pool.run(job, f"recipe-{uuid.uuid4()}")
        except (WorkerCrashedError, MemoryLimitError, TimeLimitError) as error:
            raise ReviewConflictError("too_large") from error
        if not isinstance(answer, RecipeProposal):
            raise ReviewConflictError("too_large")
        return answer

    def _job(self, import_id: uuid.UUID) -> ProposeJob:
        with self._database.read() as session:
            row = session.get_one(Import, import_id)
            frozen = session.get_one(FrozenSchema, row.frozen_schema_id)
            decisions, recipe = row.decisions or {}, row.recipe
        stacks = Stacks()
        entries = self._log.headers(import_id)
        for entry in entries:
            stacks.add(entry)
        kept = [entry.seq for entry in entries if entry.kind not in NOT_CHANGES and entry.seq not in stacks.undone]
        applied = recipe is not None and (decisions.get("recipe") or {}).get("applied")
        return ProposeJob(
            document=frozen.document,
            decisions=decisions,
            person=self._log.decisions_before(import_id, LAST),
            log=tuple(self._log.entry(import_id, seq) for seq in kept),
            recipe=recipe["document"] if applied else None,
        )
