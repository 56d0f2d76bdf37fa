"""Which versions of files were dealt with, and the transaction in which one becomes an import."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from headgate.db import Database, utc_now
from headgate.deletions import Cause
from headgate.imports.models import Import
from headgate.sftp.models import FileState, SftpConnector, SftpFile, SftpRun
from headgate.sftp.names import Entry, path_of, shown
from headgate.sftp.problems import LeftReason

BATCH = 500


class AlreadyImportedError(Exception):
    """This version of the file is an import already."""


class RunOverError(Exception):
    """The run belongs to somebody else, or its connector was paused or deleted."""


class FileRegister:
    """The files of one connector, for one run of it."""

    def __init__(self, database: Database, run: SftpRun, connector: SftpConnector) -> None:
        self._database = database
        self._run = run
        self._connector = connector

    def known(self, entries: Collection[Entry], limit: int) -> set[str]:
        """The versions among these that were dealt with; one that was too large counts while it still is."""
        wanted = [entry.version(self._connector.directory) for entry in entries]
        counts = or_(SftpFile.state == FileState.IMPORTED, SftpFile.size > limit)
        query = select(SftpFile.version).where(SftpFile.connector_id == self._connector.id, counts)
        with self._database.read() as session:
            return set(session.scalars(query.where(SftpFile.version.in_(wanted))))

    def import_file(self, session: Session, row: Import, entry: Entry) -> None:
        """Note, in the transaction that makes the import, that this version of the file is this import.

        Raises AlreadyImportedError, RunOverError: then there is no import either.
        """
        self._still_ours(session)
        found = self._find(session, entry)
        if found is None:
            session.add(self._row(entry, FileState.IMPORTED, None, row.id))
        elif found.state == FileState.IMPORTED:
            raise AlreadyImportedError
        else:
            found.state, found.problem = FileState.IMPORTED, None
            found.import_id, found.run_id, found.created_at = row.id, self._run.id, utc_now()
        session.flush()

    def refuse(self, entry: Entry, reason: LeftReason) -> None:
        """Note that this version cannot be imported as it is."""
        with self._database.write() as session:
            if self._find(session, entry) is None:
                session.add(self._row(entry, FileState.REFUSED, reason, None))

    def _still_ours(self, session: Session) -> None:
        lease = session.scalar(select(SftpRun.lease).where(SftpRun.id == self._run.id).with_for_update())
        enabled = session.scalar(select(SftpConnector.enabled).where(SftpConnector.id == self._connector.id))
        if lease is None or lease != self._run.lease or not enabled:
            raise RunOverError

    def _find(self, session: Session, entry: Entry) -> SftpFile | None:
        version = entry.version(self._connector.directory)
        return session.scalar(
            select(SftpFile)
            .where(SftpFile.connector_id == self._connector.id, SftpFile.version == version)
            .with_for_update()
        )

    def _row(self, entry: Entry, state: FileState, reason: LeftReason | None, import_id: uuid.UUID | None) -> SftpFile:
        return SftpFile(
            id=uuid.uuid4(),
            organization_id=self._connector.organization_id,
            connector_id=self._connector.id,
            version=entry.version(self._connector.directory),
            path=shown(path_of(self._connector.directory, entry.name)),
            size=entry.size,
            changed_at=entry.changed_at,
            state=state,
            problem=reason,
            import_id=import_id,
            run_id=self._run.id,
            created_at=utc_now(),
        )


def forget_paths(session: Session, import_id: uuid.UUID, _cause: Cause) -> dict[str, int]:
    """Remove what the file of an import was called. That its version was dealt with stays known, by a digest."""
    changed = 0
    for file in session.scalars(select(SftpFile).where(SftpFile.import_id == import_id)):
        runs = select(SftpRun).where(SftpRun.connector_id == file.connector_id)
        for run in session.scalars(runs):
            others = [one for one in run.left if not file.path.endswith(one["name"])]
            changed += others != run.left
            run.left = others
        file.path, changed = "", changed + 1
    return {"sftp_files": changed} if changed else {}
