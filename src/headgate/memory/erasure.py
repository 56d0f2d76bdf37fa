"""Forgetting what was learned: of one importIdentifier, of one import, or certain texts, such as those of one person."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, delete, func, or_, select
from sqlalchemy.orm import Session

from headgate.db import Database
from headgate.deletions import Cause, DeletionKind, DeletionLedger, Reason
from headgate.errors import InvalidError, NotFoundError
from headgate.memory.models import LearnedMatch

MAX_TEXTS = 100
LEAST_TEXT = 2
"""Characters. A single one would be part of nearly everything."""


class MemoryErasure:
    """Removes learned matches, with receipts."""

    def __init__(self, database: Database, ledger: DeletionLedger) -> None:
        self._database = database
        self._ledger = ledger

    def forget(self, organization_id: uuid.UUID, identifier: str, cause: Cause) -> uuid.UUID:
        """Remove everything learned for an importIdentifier. Gives the id of the receipt. Raises NotFoundError when there is
        nothing."""
        if "\0" in identifier:
            raise NotFoundError
        receipt, removed = self._remove(organization_id, LearnedMatch.import_identifier == identifier, cause)
        if not removed or receipt is None:
            raise NotFoundError
        return receipt

    def forget_texts(self, organization_id: uuid.UUID, body: dict[str, Any], cause: Cause) -> tuple[uuid.UUID, int]:
        """Remove every match that holds one of the `texts`, in whatever letter case, for any importIdentifier. Gives the id of
        the receipt, which does not tell the texts, and how many went. Raises InvalidError."""
        texts = _texts(body)
        lowered = [func.lower(LearnedMatch.text), func.lower(LearnedMatch.target)]
        holds = [column.contains(text.lower(), autoescape=True) for text in texts for column in lowered]
        exact = [LearnedMatch.text.contains(text, autoescape=True) for text in texts]  # SQLite lowers ASCII only
        receipt, removed = self._remove(organization_id, or_(*holds, *exact), cause, even_nothing=True)
        if receipt is None:
            raise AssertionError("a receipt was asked for in any case")
        return receipt, removed

    def forget_import(self, session: Session, import_id: uuid.UUID, cause: Cause) -> dict[str, int]:
        """Remove what is known from this import alone, when people have it deleted. What only is not kept any longer has
        taught for good."""
        if cause.reason == Reason.RETENTION:
            return {}
        return {LearnedMatch.__tablename__: _delete(session, LearnedMatch.taught_by == import_id)}

    def _remove(
        self, organization_id: uuid.UUID, wanted: ColumnElement[bool], cause: Cause, *, even_nothing: bool = False
    ) -> tuple[uuid.UUID | None, int]:
        with self._database.write() as session:
            removed = _delete(session, (LearnedMatch.organization_id == organization_id) & wanted)
            if not removed and not even_nothing:
                return None, 0
            rows = {LearnedMatch.__tablename__: removed} if removed else {}
            receipt = self._ledger.begin(session, organization_id, DeletionKind.MEMORY, None, cause, rows)
        self._ledger.complete([receipt])
        return receipt, removed


def _delete(session: Session, wanted: ColumnElement[bool]) -> int:
    count = session.scalar(select(func.count()).select_from(LearnedMatch).where(wanted)) or 0
    session.execute(delete(LearnedMatch).where(wanted).execution_options(synchronize_session=False))
    return count


def _texts(body: dict[str, Any]) -> Sequence[str]:
    found = body.get("texts")
    expected = f"Expected a list of 1 to {MAX_TEXTS} texts of at least {LEAST_TEXT} characters."
    if not isinstance(found, list) or not 1 <= len(found) <= MAX_TEXTS:
        raise InvalidError({"texts": [expected]})
    if not all(isinstance(one, str) and len(one.strip()) >= LEAST_TEXT and "\0" not in one for one in found):
        raise InvalidError({"texts": [expected]})
    return [one.strip() for one in found]
