"""Deletions that come to their end whatever happens: noted with the rows that go, carried on by whoever is there."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from datetime import timedelta

import structlog
from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from headgate.accounts.audit import Actor
from headgate.accounts.models import ActorKind
from headgate.db import Database, utc_now
from headgate.deletions.models import Deletion, DeletionKind, Reason
from headgate.deletions.receipts import ReceiptSigner, receipt
from headgate.errors import NotFoundError, StorageUnavailableError
from headgate.records import dataclass
from headgate.storage import BlobStore

BATCH = 200
UNDER_WAY = timedelta(seconds=30)
"""So long whoever began a deletion is left to end it."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Cause:
    """Why something is deleted, and by whom."""

    reason: Reason = Reason.REQUEST
    actor_kind: str = ActorKind.SYSTEM
    actor_id: uuid.UUID | None = None

    @classmethod
    def request(cls, actor: Actor) -> Cause:
        """Somebody asked for it."""
        return cls(Reason.REQUEST, actor.kind, actor.id)


@dataclass(frozen=True)
class StoredFiles:
    """What goes from the store: everything below some prefixes, single blobs, and a file that arrived for an import."""

    trees: Sequence[str] = ()
    keys: Sequence[str] = ()
    incoming: uuid.UUID | None = None


@dataclass
class Page:
    """Some receipts, newest first, and how many there are in all."""

    count: int
    rows: list[Deletion] = field(default_factory=list)


class DeletionLedger:
    """Notes deletions, ends them, and shows their receipts."""

    def __init__(self, database: Database, store: BlobStore, secret: bytes) -> None:
        """`secret`: the service's, by which receipts are signed."""
        self._database = database
        self._store = store
        self._signer = ReceiptSigner(secret)

    def begin(
        self,
        session: Session,
        organization_id: uuid.UUID,
        kind: DeletionKind,
        object_id: uuid.UUID | None,
        cause: Cause,
        rows: Mapping[str, int],
        files: StoredFiles = StoredFiles(),
    ) -> uuid.UUID:
        """Note a deletion in the transaction that removes its rows; `complete` removes its files. Gives the receipt's id."""
        pending = {
            "trees": list(files.trees),
            "keys": list(files.keys),
            "incoming": None if files.incoming is None else str(files.incoming),
        }
        row = Deletion(
            id=uuid.uuid4(),
            organization_id=organization_id,
            kind=kind,
            object_id=None if object_id is None else str(object_id),
            reason=cause.reason,
            actor_kind=cause.actor_kind,
            actor_id=cause.actor_id,
            requested_at=utc_now(),
            rows=dict(rows),
            objects=0,
            bytes=0,
            pending=pending,
        )
        session.add(row)
        return row.id

    def complete(self, deletions: Iterable[uuid.UUID]) -> None:
        """Remove the files of deletions that were begun, and sign their receipts.

        What cannot be done now, because the store is away or the database busy, a sweep does later.
        """
        erased = [one for one in deletions if self._erase(one)]
        if not erased:
            return
        if not self._database.scrub():
            log.info("deletions_wait_for_database", count=len(erased))
            return
        for one in erased:
            self._sign(one)

    def sweep(self) -> None:
        """Bring deletions to their end that somebody began and left."""
        left = select(Deletion.id).where(Deletion.completed_at.is_(None), Deletion.requested_at < utc_now() - UNDER_WAY)
        with self._database.read() as session:
            found = list(session.scalars(left.order_by(Deletion.requested_at).limit(BATCH)))
        if found:
            log.info("deletions_resumed", count=len(found))
            self.complete(found)

    def page(
        self, organization_id: uuid.UUID, asked_by: uuid.UUID, object_id: str | None, offset: int, limit: int
    ) -> Page:
        """Receipts of an organization, and of organizations that the caller had deleted, newest first."""
        conditions = [_visible(organization_id, asked_by)]
        if object_id is not None:
            conditions.append(Deletion.object_id == object_id)
        newest = select(Deletion).where(*conditions).order_by(Deletion.requested_at.desc(), Deletion.id.desc())
        with self._database.read() as session:
            count = session.scalar(select(func.count()).select_from(Deletion).where(*conditions)) or 0
            return Page(count, list(session.scalars(newest.offset(offset).limit(limit))))

    def get(self, organization_id: uuid.UUID, asked_by: uuid.UUID, deletion_id: uuid.UUID) -> Deletion:
        """One receipt. Raises NotFoundError."""
        query = select(Deletion).where(Deletion.id == deletion_id, _visible(organization_id, asked_by))
        with self._database.read() as session:
            row = session.scalar(query)
        if row is None:
            raise NotFoundError
        return row

    def is_genuine(self, told: Mapping[str, object]) -> bool:
        """Whether this service signed just this receipt, also when it does not have it any more."""
        return self._signer.is_genuine(told)

    def _erase(self, deletion_id: uuid.UUID) -> bool:
        """Remove the files; False when there is nothing to sign (any more), or the store is away."""
        with self._database.read() as session:
            row = session.get(Deletion, deletion_id)
        if row is None or row.completed_at is not None:
            return False
        if row.pending is None:
            return True
        try:
            self._note_size(row)
            for prefix in row.pending["trees"]:
                self._store.delete_tree(prefix)
            for key in row.pending["keys"]:
                self._store.delete(key)
            if row.pending["incoming"] is not None and self._store.direct is not None:
                self._store.direct.drop(row.pending["incoming"])
        except StorageUnavailableError:
            return False
        with self._database.write() as session:
            session.get_one(Deletion, deletion_id).pending = None
        return True

    def _note_size(self, row: Deletion) -> None:
        """Note how much there is before it goes: who goes on after a stop finds less."""
        found = [self._store.usage(name) for name in (*row.pending["trees"], *row.pending["keys"])]
        objects, size = sum(one.objects for one in found), sum(one.bytes for one in found)
        if objects <= row.objects and size <= row.bytes:
            return
        with self._database.write() as session:
            noted = session.get_one(Deletion, row.id)
            noted.objects, noted.bytes = max(noted.objects, objects), max(noted.bytes, size)

    def _sign(self, deletion_id: uuid.UUID) -> None:
        with self._database.write() as session:
            row = session.get_one(Deletion, deletion_id, with_for_update=True)
            if row.completed_at is None:
                row.completed_at = utc_now()
                row.signature = self._signer.sign(receipt(row))


def _visible(organization_id: uuid.UUID, asked_by: uuid.UUID) -> ColumnElement[bool]:
    mine = (Deletion.kind == DeletionKind.ORGANIZATION) & (Deletion.actor_id == asked_by)
    return or_(Deletion.organization_id == organization_id, mine)
