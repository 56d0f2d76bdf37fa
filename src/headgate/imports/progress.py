"""Noting how far a run is."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable

from sqlalchemy import update
from sqlalchemy.exc import SQLAlchemyError

from headgate.db import Database
from headgate.imports.models import Import
from headgate.imports.worker import Progress
from headgate.nodes import Claim

PROGRESS_INTERVAL = 1.0


def progress_writer(database: Database, claim: Claim) -> Callable[[Progress], None]:
    """Notes the progress of a run, as long as it has the import. Trouble of the database does not stop the run."""
    last = time.monotonic()

    def write(progress: Progress) -> None:
        nonlocal last
        if time.monotonic() - last < PROGRESS_INTERVAL:
            return
        last = time.monotonic()
        value = {"step": progress.step, "fraction": progress.fraction}
        with contextlib.suppress(SQLAlchemyError), database.write_relaxed() as session:
            session.execute(update(Import).where(Import.id == claim.id, claim.held).values(progress=value))

    return write
