"""What may happen to imports, apart from their run."""

from __future__ import annotations

import hashlib
import uuid
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any, TypeVar

import structlog
from sqlalchemy import bindparam, delete, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, undefer

from headgate.accounts.models import ActorKind
from headgate.config import Config
from headgate.db import Database, Statement, detached, is_away, session_on, utc_now
from headgate.deletions import Cause, DeletionKind, DeletionLedger, Reason, StoredFiles
from headgate.deletions.counting import rows_with
from headgate.errors import ConflictError, InvalidError, MismatchError, NotFoundError, StorageUnavailableError
from headgate.imports.frozen import forget_unused, freeze
from headgate.imports.models import OUTCOME_COLUMNS, IdempotencyKey, Import
from headgate.imports.request import CreateRequest, parse_create_request
from headgate.imports.states import UNFINISHED, Status, transition_all
from headgate.imports.uploads import ActiveUploads, JobQueue
from headgate.nodes import NodeRow
from headgate.schemas import SchemaService
from headgate.storage import BlobStore
from headgate.storage.base import import_prefix
from headgate.tracing import current, tracer
from headgate.web import JsonBody

MAX_IDEMPOTENCY_KEY = 255
ATTEMPTS = 5
FETCHED_AT_ONCE = 50
EXPIRED_UPLOAD = {
    "code": "upload_expired",
    "message": "Nothing was uploaded before the upload URL expired. Create a new import and upload the file to it.",
}

# Needed for each import, so they are made once.
_KEYS = IdempotencyKey.metadata.tables[IdempotencyKey.__tablename__]
_FORGET_KEY = Statement(
    delete(_KEYS).where(
        _KEYS.c.organization_id == bindparam("of_organization_id"),
        _KEYS.c.key == bindparam("of_key"),
        _KEYS.c.created_at <= bindparam("until"),
    )
)
_KEEP_KEY = Statement(insert(_KEYS))
_IMPORTS = Import.metadata.tables[Import.__tablename__]
_INSERT = Statement(insert(_IMPORTS))
_WITHOUT_OUTCOME = [column for column in _IMPORTS.c if column.key not in ("sent", "recipe", *OUTCOME_COLUMNS)]
_OF_ID = _IMPORTS.c.id == bindparam("of_id")
_STANDING = Statement(select(*_WITHOUT_OUTCOME).where(_OF_ID))
_WHOLE = Statement(select(*_WITHOUT_OUTCOME, *(_IMPORTS.c[name] for name in OUTCOME_COLUMNS)).where(_OF_ID))

Listed = TypeVar("Listed")
Along = Callable[[Session, Import], None]
"""Writes what must be there together with an import, in the transaction that makes it."""
Forgetter = Callable[[Session, uuid.UUID, Cause], Mapping[str, int]]
"""Removes something of an import in the transaction that deletes it; gives table → rows."""

log = structlog.get_logger(__name__)


class ImportService:
    """Imports of an organization."""

    def __init__(
        self,
        database: Database,
        store: BlobStore,
        schemas: SchemaService,
        jobs: JobQueue,
        uploads: ActiveUploads,
        config: Config,
        ledger: DeletionLedger,
        on_delete: Callable[[uuid.UUID], None] = lambda _: None,
        admit: Callable[[], None] = lambda: None,
    ) -> None:
        """`on_delete` is told the id of each import that was just deleted. `admit` raises OverloadedError when no import can
        be taken in."""
        self.forgetters: list[Forgetter] = []
        """What other domains remove of an import that refers to it by more than a key of the database."""
        self._ledger = ledger
        self._admit = admit
        self._database = database
        self._store = store
        self._schemas = schemas
        self._jobs = jobs
        self._uploads = uploads
        self._config = config
        self._on_delete = on_delete

    def create(
        self, organization_id: uuid.UUID, body: JsonBody, idempotency_key: str | None = None
    ) -> tuple[Import, bool]:
        """A new import, or the one that the same key made before (then True).

        Raises InvalidError, NotFoundError for an unknown schema, MismatchError for a key with another body.
        """
        digest = hashlib.sha256(body.raw).hexdigest()
        if idempotency_key is not None:
            _check_idempotency_key(idempotency_key)
            if earlier := self._earlier(organization_id, idempotency_key, digest):
                return earlier, True
        request = parse_create_request(body, lambda schema_id: self._schemas.get(organization_id, schema_id))

        def put_rows(key: str) -> None:
            if request.initial_data is not None:
                self._store.put(key, request.initial_data)

        return self.begin(organization_id, request, put_rows, idempotency_key, digest)

    def begin(
        self,
        organization_id: uuid.UUID,
        request: CreateRequest,
        put_source: Callable[[str], None],
        idempotency_key: str | None = None,
        digest: str = "",
        along: Along | None = None,
    ) -> tuple[Import, bool]:
        """As `create`, with a request that was checked. `put_source` writes the source, if it is there, to a key.

        `along` writes what must be there together with the import, in the same transaction. Whatever the two raise, nothing
        has happened. Raises OverloadedError.
        """
        self._admit()
        import_id = uuid.uuid4()
        source_key = f"{import_prefix(import_id)}/source-{uuid.uuid4().hex}"
        try:
            self._store.prepare(import_id)
            put_source(source_key)
            for attempt in range(ATTEMPTS):
                try:
                    with tracer().span("import.create", current(), import_id=str(import_id), source=request.kind):
                        row = self._insert(
                            organization_id, import_id, source_key, request, idempotency_key, digest, along
                        )
                    break
                except IntegrityError:
                    # Another request took the same key, or the frozen schema went with its last import.
                    earlier = self._earlier(organization_id, idempotency_key, digest) if idempotency_key else None
                    if earlier is not None:
                        self._store.delete_tree(import_prefix(import_id))
                        return earlier, True
                    if attempt == ATTEMPTS - 1:
                        raise
        except BaseException as error:
            # Where the answer to a commit was lost, the import may be there; a sweep removes its files if it is not.
            if not is_away(error):
                self._store.delete_tree(import_prefix(import_id))
            raise
        log.info("import_created", import_id=str(import_id), kind=row.kind, organization_id=str(organization_id))
        if row.status == Status.PENDING:
            self._jobs.enqueue(import_id)
        return row, False

    def upload_limit(self, request: CreateRequest) -> int:
        """The most bytes that the file of such an import may have."""
        return min(request.max_file_size, self._config.max_upload_size)

    def waiting(self, most: int) -> int:
        """How many imports of all organizations wait for a worker, counted up to `most`."""
        waiting = select(Import.id).where(Import.status == Status.PENDING).limit(most).subquery()
        with self._database.read() as session:
            return session.scalar(select(func.count()).select_from(waiting)) or 0

    def page(self, organization_id: uuid.UUID, offset: int, limit: int) -> tuple[int, list[Import]]:
        """How many there are, and a page of them, newest first."""
        self.expire_uploads(organization_id)
        own = Import.organization_id == organization_id
        page = (
            select(Import).where(own).order_by(Import.created_at.desc(), Import.id.desc()).offset(offset).limit(limit)
        )
        with self._database.read() as session:
            count = session.scalar(select(func.count()).select_from(Import).where(own)) or 0
            return count, list(session.scalars(page))

    def list_completed(
        self, organization_id: uuid.UUID, start: int, end: int, view: Callable[[Import], Listed]
    ) -> tuple[int, list[Listed]]:
        """How many imports became SUCCESSFUL, and those from position `start` to before `end`, newest first.

        `view` gives what is kept of each: the metadata of an import can be megabytes, and a page has thousands.
        """
        own = (Import.organization_id == organization_id, Import.status == Status.SUCCESSFUL)
        page = (
            select(Import)
            .where(*own)
            .options(undefer(Import.result_metadata))
            .order_by(Import.created_at.desc(), Import.id.desc())
            .offset(start)
            .limit(max(0, end - start))
            .execution_options(yield_per=FETCHED_AT_ONCE)
        )
        with self._database.read() as session:
            count = session.scalar(select(func.count()).select_from(Import).where(*own)) or 0
            return count, [view(row) for row in session.scalars(page)]

    def get(self, organization_id: uuid.UUID, import_id: uuid.UUID, *, outcome: bool = True) -> Import:
        """As `find`, one import of an organization. Raises NotFoundError."""
        row = self.find(import_id, outcome=outcome)
        if row is None or row.organization_id != organization_id:
            raise NotFoundError
        if (
            row.status == Status.AWAITING_UPLOAD
            and row.upload_expires_at
            and row.upload_expires_at <= self._uploads.over(utc_now())
        ):
            if self.expire_uploads(organization_id):
                row = self.find(import_id, outcome=outcome)
            if row is None:
                raise NotFoundError
        return row

    def find(self, import_id: uuid.UUID, *, outcome: bool = True) -> Import | None:
        """One import of any organization. `outcome`: with the columns that say in full what came of it, which may be long."""
        found = self._database.ask(_WHOLE if outcome else _STANDING, of_id=import_id).first()
        return None if found is None else detached(Import, found._asdict())

    def delete(self, organization_id: uuid.UUID, import_id: uuid.UUID, cause: Cause) -> uuid.UUID:
        """Remove an import and everything of it; its run stops. Gives the id of the receipt. Raises NotFoundError.

        The row goes first: a run that is about to publish finds it gone and removes what it wrote. The receipt is noted with
        it, and names the files: whatever stops the process in between, a sweep goes on.
        """
        with self._database.write() as session:
            row = session.get(Import, import_id, with_for_update=True)
            if row is None or row.organization_id != organization_id:
                raise NotFoundError
            frozen = row.frozen_schema_id
            rows = Counter(rows_with(session, Import.__tablename__, import_id))
            for forget in self.forgetters:
                rows.update(forget(session, import_id, cause))
            session.execute(delete(Import).where(Import.id == import_id))
            files = StoredFiles(trees=[import_prefix(import_id)], incoming=import_id)
            receipt = self._ledger.begin(
                session,
                organization_id,
                DeletionKind.IMPORT,
                import_id,
                cause,
                {k: v for k, v in rows.items() if v},
                files,
            )
        self._jobs.stop(import_id)
        self._on_delete(import_id)
        forget_unused(self._database, frozen)
        self._ledger.complete([receipt])
        return receipt

    def count(self, organization_id: uuid.UUID) -> int:
        """How many imports an organization has."""
        own = select(func.count()).select_from(Import).where(Import.organization_id == organization_id)
        with self._database.read() as session:
            return session.scalar(own) or 0

    def some(self, session: Session, organization_id: uuid.UUID, limit: int) -> list[uuid.UUID]:
        """Some imports of an organization; those that still go on come first, because they are to stop soonest."""
        own = select(Import.id).where(Import.organization_id == organization_id).limit(limit)
        unended = own.where(Import.status.in_((*UNFINISHED, Status.AWAITING_UPLOAD, Status.NEEDS_REVIEW)))
        return list(session.scalars(unended)) or list(session.scalars(own))

    def erase(self, organization_id: uuid.UUID, import_id: uuid.UUID) -> None:
        """Remove an import and everything of it, also what was left when an earlier removal was cut off."""
        try:
            self.delete(organization_id, import_id, Cause(Reason.ORGANIZATION))
        except NotFoundError:
            self._drop(import_id)

    def gone(self, session: Session, organization_id: uuid.UUID, asked_by: uuid.UUID | None) -> Callable[[], None]:
        """Note that the organization itself goes in this transaction; what is given back ends its receipt afterwards."""
        rows = rows_with(session, "organizations", organization_id)
        cause = Cause(Reason.REQUEST, ActorKind.USER if asked_by else ActorKind.SYSTEM, asked_by)
        receipt = self._ledger.begin(
            session, organization_id, DeletionKind.ORGANIZATION, organization_id, cause, rows, StoredFiles()
        )
        return lambda: self._ledger.complete([receipt])

    def renew_review_link(self, organization_id: uuid.UUID, import_id: uuid.UUID) -> Import:
        """Revoke all review links of an import that is in review; new ones are made of what is given back.

        Raises NotFoundError, ConflictError.
        """
        row = self.get(organization_id, import_id)
        with self._database.write() as session:
            renewed = session.scalar(
                update(Import)
                .where(Import.id == import_id, Import.status == Status.NEEDS_REVIEW)
                .values(review_epoch=Import.review_epoch + 1)
                .returning(Import.review_epoch)
            )
        if renewed is None:
            raise ConflictError(f"This import is {row.status}, not NEEDS_REVIEW, so there is nothing to review.")
        return self.get(organization_id, import_id)

    def expire_uploads(self, organization_id: uuid.UUID | None = None) -> list[uuid.UUID]:
        """Fail the imports whose upload URL expired unused; gives their ids. An upload under way goes on.

        While a store does not answer that may hold their files, none fails.
        """
        living = select(NodeRow.id)
        unused = or_(Import.upload_node.is_(None), Import.upload_node.not_in(living))
        conditions = [Import.upload_expires_at <= self._uploads.over(utc_now()), unused]
        if organization_id is not None:
            conditions.append(Import.organization_id == organization_id)
        waiting = select(Import.id).where(Import.status == Status.AWAITING_UPLOAD, *conditions)
        with self._database.read() as session:
            candidates = list(session.scalars(waiting))
        try:
            coming = self._uploads.coming(candidates)
        except StorageUnavailableError:
            return []
        expired = [found for found in candidates if found not in coming]
        for position in range(0, len(expired), 500):
            chosen = [*conditions, Import.id.in_(expired[position : position + 500])]
            with self._database.write() as session:
                ended = transition_all(
                    session, chosen, Status.AWAITING_UPLOAD, Status.FAILED, import_errors=[EXPIRED_UPLOAD]
                )
            for import_id in ended:
                log.info("import_ended", import_id=str(import_id), status=Status.FAILED, codes=[EXPIRED_UPLOAD["code"]])
        return expired

    def _drop(self, import_id: uuid.UUID) -> None:
        """Stop what runs of an import whose row is gone, and remove what it has outside of the database."""
        self._jobs.stop(import_id)
        self._on_delete(import_id)
        with suppress(StorageUnavailableError):  # a sweep removes what remains once the store is back
            self._store.delete_tree(import_prefix(import_id))
            if self._store.direct is not None:
                self._store.direct.drop(import_id)

    def _insert(
        self,
        organization_id: uuid.UUID,
        import_id: uuid.UUID,
        source_key: str,
        request: CreateRequest,
        idempotency_key: str | None,
        digest: str,
        along: Along | None,
    ) -> Import:
        now = utc_now()
        has_source = request.has_source
        values: dict[str, Any] = {
            "id": import_id,
            "organization_id": organization_id,
            "schema_id": request.schema_id,
            "status": Status.PENDING if has_source else Status.AWAITING_UPLOAD,
            "kind": request.kind,
            "import_identifier": request.import_identifier,
            "development_mode": request.development_mode,
            "rerun_of": request.rerun_of,
            "sent": request.sent,
            "original_filename": request.original_filename,
            "source_key": source_key if has_source else None,
            "user": request.user,
            "origin": request.origin,
            "traceparent": current(),
            "max_upload_size": self.upload_limit(request),
            "created_at": now,
            "modified_at": now,
            "queued_at": now if has_source else None,
            "upload_expires_at": None if has_source else now + timedelta(seconds=self._config.upload_url_lifetime),
            "result_metadata": None,
            "decisions": None,
        }
        with self._database.change() as connection:
            values["frozen_schema_id"] = freeze(connection, organization_id, request.document)
            _INSERT.run(connection, values)
            row = Import(**values)
            if idempotency_key is not None:
                outdated = now - timedelta(seconds=self._config.idempotency_lifetime)
                kept = {"organization_id": organization_id, "key": idempotency_key}
                _FORGET_KEY.run(connection, {f"of_{name}": value for name, value in kept.items()} | {"until": outdated})
                made = {"import_id": import_id, "body_digest": digest, "created_at": now}
                _KEEP_KEY.run(connection, kept | made)
            if along is not None:
                with session_on(connection) as session:
                    along(session, row)
                    session.flush()
        return row

    def _earlier(self, organization_id: uuid.UUID, key: str, digest: str) -> Import | None:
        with self._database.read() as session:
            known = session.get(IdempotencyKey, (organization_id, key))
        if known is None or known.created_at <= utc_now() - timedelta(seconds=self._config.idempotency_lifetime):
            return None
        if known.body_digest != digest:
            raise MismatchError("This Idempotency-Key was used with another body. Use a new key for another import.")
        return self.find(known.import_id)


def _check_idempotency_key(key: str) -> None:
    if not key.strip() or len(key) > MAX_IDEMPOTENCY_KEY or "\0" in key:
        raise InvalidError({"Idempotency-Key": [f"Expected 1 to {MAX_IDEMPOTENCY_KEY} characters."]})
