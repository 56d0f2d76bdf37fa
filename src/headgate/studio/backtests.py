"""Back-tests: starting, looking, cancelling. `backtest_runner.py` runs them."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from sqlalchemy import case, delete, func, or_, select, update
from sqlalchemy.orm import Session, undefer

from headgate.db import Database, iso, utc_now
from headgate.errors import ConflictError, InvalidError, NotFoundError
from headgate.imports.jobs import ImportJobs
from headgate.imports.models import Import
from headgate.imports.states import Status
from headgate.message import Message
from headgate.schemas import SavedSchema, SchemaService
from headgate.schemas.authors import Author, AuthorNames
from headgate.schemas.difference import difference
from headgate.schemas.models import SchemaRow
from headgate.studio.models import UNFINISHED, Backtest, BacktestImport, BacktestState, ResultState
from headgate.studio.requests import draft_of

DEFAULT_IMPORTS, MAX_IMPORTS = 10, 100
LISTED = 20
KEPT = timedelta(days=7)
"""How long ended back-tests are kept: their examples are data of imports."""
NOTHING_YET: dict[str, Any] = {"reason": None, "summary": [], "rows_differ": None, "cells_differ": None}
DETAILS: dict[str, Any] = {
    "before": None, "after": None, "decisions": [], "fields": [], "examples": [], "review": None,
}  # fmt: skip


class BacktestService:
    """Back-tests of an organization. Methods raise NotFoundError for what it does not have."""

    def __init__(self, database: Database, schemas: SchemaService, jobs: ImportJobs) -> None:
        self._database = database
        self._schemas = schemas
        self._jobs = jobs

    def start(
        self, organization_id: uuid.UUID, schema_id: uuid.UUID, body: dict[str, Any], author: Author | None = None
    ) -> dict[str, Any]:
        """Start one. Raises InvalidError; ConflictError while the schema has one that runs, or has no imports."""
        saved = self._schemas.get(organization_id, schema_id)
        count, document = _wanted(body)
        backtest_id = uuid.uuid4()
        identifier = str(saved.settings["importIdentifier"])
        with self._database.write() as session:
            self._refuse_second(session, schema_id)
            chosen = self._imports(session, organization_id, identifier, count)
            if not chosen:
                raise ConflictError(
                    Message(
                        "There are no completed imports of {identifier}, so there is nothing to test the schema on.",
                        identifier=identifier[:80],
                    )
                )
            session.add(
                Backtest(
                    id=backtest_id, organization_id=organization_id, schema_id=schema_id, state=BacktestState.PENDING,
                    import_identifier=identifier, document=document, changes=_changes(saved, document),
                    created_at=utc_now(), author_kind=None if author is None else author.kind,
                    author_id=None if author is None else author.id,
                )
            )  # fmt: skip
            session.flush()
            session.add_all(
                BacktestImport(
                    backtest_id=backtest_id, position=position, organization_id=organization_id, import_id=row.id,
                    state=ResultState.PENDING,
                    original_filename=row.original_filename, import_created_at=row.created_at,
                )
                for position, row in enumerate(chosen)
            )  # fmt: skip
        self._jobs.enqueue_backtest(backtest_id)
        return self.get(organization_id, schema_id, backtest_id)

    def all(self, organization_id: uuid.UUID, schema_id: uuid.UUID) -> list[dict[str, Any]]:
        """The last ones of a schema, newest first."""
        self._schemas.get(organization_id, schema_id)
        query = select(Backtest).where(Backtest.schema_id == schema_id).order_by(Backtest.created_at.desc())
        with self._database.read() as session:
            rows = list(session.scalars(query.limit(LISTED)))
            names = AuthorNames(session, [row.author_id for row in rows])
            return [_summary(row, names, _counts(session, row.id)) for row in rows]

    def get(self, organization_id: uuid.UUID, schema_id: uuid.UUID, backtest_id: uuid.UUID) -> dict[str, Any]:
        """One with the results so far."""
        own = select(BacktestImport).where(BacktestImport.backtest_id == backtest_id).order_by(BacktestImport.position)
        with self._database.read() as session:
            row = _find(session, organization_id, schema_id, backtest_id)
            names = AuthorNames(session, [row.author_id])
            return {
                **_summary(row, names, _counts(session, row.id)),
                "schema_id": str(row.schema_id),
                "import_identifier": row.import_identifier,
                "changes": row.changes,
                "results": [_result(one) for one in session.scalars(own)],
            }

    def detail(
        self, organization_id: uuid.UUID, schema_id: uuid.UUID, backtest_id: uuid.UUID, import_id: uuid.UUID
    ) -> dict[str, Any]:
        """One import in a back-test with everything that differs."""
        query = (
            select(BacktestImport)
            .where(BacktestImport.backtest_id == backtest_id, BacktestImport.import_id == import_id)
            .options(undefer(BacktestImport.detail))
        )
        with self._database.read() as session:
            _find(session, organization_id, schema_id, backtest_id)
            row = session.scalar(query)
        if row is None:
            raise NotFoundError
        return {**_result(row), **DETAILS, **(row.detail or {})}

    def cancel(self, organization_id: uuid.UUID, schema_id: uuid.UUID, backtest_id: uuid.UUID) -> dict[str, Any]:
        """Stop one; what was found stays. Raises ConflictError when it has ended."""
        with self._database.write() as session:
            row = _find(session, organization_id, schema_id, backtest_id)
            cancelled = session.scalar(
                update(Backtest)
                .where(Backtest.id == backtest_id, Backtest.state.in_(UNFINISHED))
                .values(state=BacktestState.CANCELLED, ended_at=utc_now(), run_node=None, run_token=None)
                .returning(Backtest.id)
                .execution_options(synchronize_session=False)
            )
            if cancelled is None:
                raise ConflictError(f"This back-test is {row.state}, so there is nothing to cancel.")
        self._jobs.stop_backtest(backtest_id)
        return self.get(organization_id, schema_id, backtest_id)

    def forget(self) -> None:
        """Remove back-tests that ended long ago."""
        with self._database.write_relaxed() as session:
            session.execute(delete(Backtest).where(Backtest.ended_at <= utc_now() - KEPT))

    @staticmethod
    def _refuse_second(session: Session, schema_id: uuid.UUID) -> None:
        # Locked, because of two that start at once only one may.
        session.get(SchemaRow, schema_id, with_for_update=True)
        running = select(Backtest.id).where(Backtest.schema_id == schema_id, Backtest.state.in_(UNFINISHED))
        if session.scalar(running.limit(1)) is not None:
            raise ConflictError("A back-test of this schema is running. Wait until it has ended, or cancel it.")

    @staticmethod
    def _imports(session: Session, organization_id: uuid.UUID, identifier: str, count: int) -> list[Import]:
        """The newest imports that came to a rest with a source; one that failed counts while its source is there."""
        completed = or_(
            Import.status.in_((Status.SUCCESSFUL, Status.NEEDS_REVIEW)),
            (Import.status == Status.FAILED) & Import.source_key.is_not(None),
        )
        own = (Import.organization_id == organization_id, Import.import_identifier == identifier)
        newest = select(Import).where(*own, completed).order_by(Import.created_at.desc(), Import.id.desc())
        return list(session.scalars(newest.limit(count)))


def _wanted(body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    """How many imports, and the schema. Raises InvalidError."""
    problems: dict[str, list[str]] = {}
    count = body.get("imports", DEFAULT_IMPORTS)
    if isinstance(count, bool) or not isinstance(count, int) or not 1 <= count <= MAX_IMPORTS:
        problems["imports"] = [Message("Expected a whole number from {least} to {most}.", least=1, most=MAX_IMPORTS)]
    document: dict[str, Any] = {}
    try:
        document = draft_of(body)
    except InvalidError as error:
        problems |= error.problems
    if problems:
        raise InvalidError(problems)
    return count, document


def _changes(saved: SavedSchema, document: dict[str, Any]) -> list[dict[str, Any]]:
    before = {key: value for key, value in saved.to_json().items() if key not in {"id", "name"}}
    return [one.to_json() for one in difference(before, document)]


def _find(session: Session, organization_id: uuid.UUID, schema_id: uuid.UUID, backtest_id: uuid.UUID) -> Backtest:
    row = session.get(Backtest, backtest_id, options=[undefer(Backtest.changes)])
    if row is None or row.organization_id != organization_id or row.schema_id != schema_id:
        raise NotFoundError
    return row


def _counts(session: Session, backtest_id: uuid.UUID) -> dict[str, int]:
    states = {state.lower(): func.sum(case((BacktestImport.state == state, 1), else_=0)) for state in ResultState}
    columns = [column.label(name) for name, column in states.items()]
    found = session.execute(
        select(func.count().label("total"), *columns).where(BacktestImport.backtest_id == backtest_id)
    ).mappings()
    return {name: int(value or 0) for name, value in found.one().items()}


def _summary(row: Backtest, names: AuthorNames, counts: dict[str, int]) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "state": row.state,
        "created_date": iso(row.created_at),
        "ended_date": None if row.ended_at is None else iso(row.ended_at),
        "created_by": names.shown(row.author_kind, row.author_id),
        "counts": counts,
    }


def _result(row: BacktestImport) -> dict[str, Any]:
    return {
        "import_id": str(row.import_id),
        "original_filename": row.original_filename,
        "created_date": iso(row.import_created_at),
        "state": row.state,
        **NOTHING_YET,
        **(row.overview or {}),
    }
