"""Parts of large imports that run here are lent to processes of other machines, by way of the database and the store.

The table says which part who has; the files travel through the store. Nothing depends on it: a part that does not come back is
made here, and one that comes back late is thrown away.
"""

from __future__ import annotations

import os
import time
import uuid
from contextlib import ExitStack
from dataclasses import field
from pathlib import Path

import orjson
import structlog
from sqlalchemy import Select, delete, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from headgate.db import Database
from headgate.engine.large.lent import PART_NOTE, Beat, UnfitError, chunks_of, files_told, for_all_parts, taken_in
from headgate.engine.large.offers import Claims, Offer, part_name
from headgate.errors import StorageFullError, StorageUnavailableError
from headgate.imports.lent_files import LIST, SHARED, LentFiles, chunks_place, made_place, new_loan
from headgate.imports.models import Import, LentPart
from headgate.imports.states import UNFINISHED
from headgate.nodes import Node, NodeRow
from headgate.nodes.polling import Poller
from headgate.records import dataclass
from headgate.storage import BlobStore

LOOK_SECONDS = 1.0
AHEAD = 2
"""So many parts lie in the store that nobody has taken yet: what they take there is bounded, and nobody waits for them."""
LOAN_SECONDS = 900.0
"""After so long a part that somebody has is made here, although that process is alive."""

log = structlog.get_logger(__name__)


@dataclass
class _Lent:
    """A part in other hands: it is claimed here meanwhile, so that no process of this machine makes it."""

    since: float
    beat: Beat
    claim: ExitStack = field(default_factory=ExitStack)


class Loans:
    """The lent parts of one run of an import. `folder`: of its files in the store; `spared`: how many of the parts that are
    next are left to this machine's own workers."""

    def __init__(
        self, database: Database, node: Node, version: str, offer: Offer, files: LentFiles, folder: str, spared: int
    ) -> None:
        self._database = database
        self._node = node
        self._version = version
        self._offer = offer
        self._files = files
        self._spared = spared
        self._lent: dict[int, _Lent] = {}
        self._import_id = uuid.UUID(offer.directory.name)
        self._has_shared = False
        self.folder = folder

    def step(self) -> None:
        """Take back what was made or lost, and lend what is open."""
        with self._database.read() as session:
            rows = {row.number: row for row in session.scalars(self._rows())}
            living = set(session.scalars(select(NodeRow.id)))
            helpers = self._helpers(session)
        for row in rows.values():
            self._look_after(row, row.node in living)
        for number in [number for number in self._lent if number not in rows]:
            self._release(number)
        waiting = sum(row.node is None for row in rows.values())
        if helpers and waiting < AHEAD:
            for number in [n for n in self._offer.open_parts() if n not in rows][self._spared :][: AHEAD - waiting]:
                self._lend(number)

    def end(self) -> None:
        """The import needs nobody any more."""
        for number in list(self._lent):
            self._release(number)
        with self._database.write() as session:
            session.execute(
                delete(LentPart).where(LentPart.import_id == self._import_id, LentPart.folder == self.folder)
            )
        self._files.remove()

    def _rows(self) -> Select[LentPart]:
        return select(LentPart).where(LentPart.import_id == self._import_id, LentPart.folder == self.folder)

    def _helpers(self, session: Session) -> bool:
        """Whether any other process could make a part."""
        others = NodeRow.id != self._node.id, NodeRow.workers > 0, NodeRow.version == self._version
        return session.scalar(select(NodeRow.id).where(*others).limit(1)) is not None

    def _look_after(self, row: LentPart, in_living_hands: bool) -> None:
        if row.made:
            self._take_back(row)
        elif row.node is None:
            if row.number not in self._offer.open_parts([row.number]):
                self._withdraw(row)
        elif not in_living_hands or not self._is_claimed(row.number):
            self._withdraw(row)
        else:
            self._lent[row.number].beat.tell()

    def _is_claimed(self, number: int) -> bool:
        """Whether the part is kept from this machine's own workers; not if one of them has it or made it, or for too long."""
        if (self._offer.results / part_name(number)).exists():
            return False
        if number not in self._lent:
            lent = _Lent(time.monotonic(), Beat(self._offer, number))
            if not lent.claim.enter_context(Claims(self._offer.directory).taken(number)):
                lent.claim.close()
                return False
            self._lent[number] = lent
        return time.monotonic() - self._lent[number].since < LOAN_SECONDS

    def _lend(self, number: int) -> None:
        work = self._offer.directory
        if not self._has_shared:
            names = for_all_parts(work)
            self._files.put(SHARED, work, names)
            self._files.put_bytes(f"{SHARED}/{LIST}", orjson.dumps(names))
            self._has_shared = True
        loan = new_loan(number)
        self._files.put(chunks_place(loan), work, chunks_of(work, number))
        row = LentPart(
            import_id=self._import_id, number=number, folder=self.folder, loan=loan, version=self._version,
            owner=self._node.id, node=None, made=False,
        )  # fmt: skip
        with self._database.write() as session:
            session.add(row)

    def _take_back(self, row: LentPart) -> None:
        place, number = made_place(row.loan), row.number
        try:
            with taken_in(self._offer, number) as directory:
                self._files.fetch(place, directory, [PART_NOTE])
                self._files.fetch(place, directory, files_told(directory))
            log.info("part_taken_back", import_id=str(self._import_id), part=number)
        except (UnfitError, FileNotFoundError) as error:
            log.warning("part_unfit", import_id=str(self._import_id), part=number, cause=type(error).__name__)
        self._withdraw(row)

    def _withdraw(self, row: LentPart) -> None:
        """The part is not to be made elsewhere (any more)."""
        with self._database.write() as session:
            session.execute(delete(LentPart).where(LentPart.loan == row.loan))
        self._release(row.number)
        self._files.remove(row.loan)

    def _release(self, number: int) -> None:
        if (lent := self._lent.pop(number, None)) is not None:
            lent.beat.end()
            lent.claim.close()


class Lender:
    """Lends parts of the imports whose work stands below `directory`, while this process runs them. `workdir`: where files are on
    their way; `workers`: how many of this process's own may make parts."""

    def __init__(
        self,
        database: Database,
        store: BlobStore,
        node: Node,
        version: str,
        directory: Path,
        workdir: Path,
        workers: int,
    ) -> None:
        self._database = database
        self._store = store
        self._node = node
        self._version = version
        self._directory = directory
        self._workdir = workdir
        self._workers = workers
        self._loans: dict[Path, Loans] = {}
        self._poller = Poller("lending", self._look, LOOK_SECONDS)

    def start(self) -> None:
        """Begin to look for imports with parts to lend. With files on a disk, whoever shares it helps without this."""
        if self._store.shared and not self._node.alone:
            self._poller.start()

    def close(self) -> None:
        """Lend no more, and take nothing back: the imports end here."""
        self._poller.close()
        for place in list(self._loans):
            self._end(place)

    def sweep(self) -> None:
        """Remove what is left of imports that are not running any more."""
        with self._database.read() as session:
            ended = select(LentPart.import_id, LentPart.folder).join(Import, Import.id == LentPart.import_id)
            left = {(one, folder) for one, folder in session.execute(ended.where(Import.status.not_in(UNFINISHED)))}
        for import_id, folder in left:
            self._remove(import_id, folder)

    def _look(self) -> bool:
        """Look after all imports. There is nothing to do then until the next look."""
        for entry in os.scandir(self._directory):
            place = Path(entry.path)
            if place not in self._loans and (offer := Offer.of(place)) is not None and offer.stands:
                self._begin(offer)
        for place, loans in list(self._loans.items()):
            if self._poller.closing:
                break
            offer = Offer.of(place)
            if offer is None or not offer.stands or self._folder(place) != loans.folder:
                self._end(place)
                continue
            try:
                loans.step()
            except (SQLAlchemyError, StorageUnavailableError, StorageFullError, UnfitError, OSError) as error:
                log.warning("lending_interrupted", import_id=place.name, cause=type(error).__name__)
        return False

    def _begin(self, offer: Offer) -> None:
        place = offer.directory
        if (folder := self._folder(place)) is not None:
            import_id = uuid.UUID(place.name)
            files = LentFiles(self._store, import_id, folder, self._workdir)
            self._remove_others(import_id, folder)
            self._loans[place] = Loans(self._database, self._node, self._version, offer, files, folder, self._workers)

    def _folder(self, place: Path) -> str | None:
        """The folder of the run that this process has of the import; None when it has none."""
        try:
            import_id = uuid.UUID(place.name)
        except ValueError:
            return None
        with self._database.read() as session:
            row = session.get(Import, import_id)
            mine = row is not None and row.run_node == self._node.id and row.run_token is not None
            return f"lent-{row.run_token.hex[:16]}" if row is not None and row.run_token is not None and mine else None

    def _remove_others(self, import_id: uuid.UUID, folder: str) -> None:
        """Remove what runs before this one have lent."""
        with self._database.read() as session:
            folders = set(session.scalars(select(LentPart.folder).where(LentPart.import_id == import_id)))
        for other in folders - {folder}:
            self._remove(import_id, other)

    def _remove(self, import_id: uuid.UUID, folder: str) -> None:
        LentFiles(self._store, import_id, folder, self._workdir).remove()
        with self._database.write() as session:
            session.execute(delete(LentPart).where(LentPart.import_id == import_id, LentPart.folder == folder))

    def _end(self, place: Path) -> None:
        loans = self._loans.pop(place)
        try:
            loans.end()
        except (SQLAlchemyError, StorageUnavailableError, OSError) as error:
            log.warning("lending_not_ended", import_id=place.name, cause=type(error).__name__)
