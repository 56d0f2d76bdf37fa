"""Making a recipe of a review: the process of the server holds none of what was changed, however much that is."""

from __future__ import annotations

import os
import tracemalloc
from pathlib import Path
from typing import Any

from sqlalchemy import update

from headgate.db import Database
from headgate.engine.review.log import Prepared
from headgate.imports.models import Import
from headgate.imports.states import Status
from headgate.imports.worker import ProposeJob, RecipeProposal
from headgate.recipes import RecipeService
from headgate.reviews.log import SMALL_DELTA
from headgate.reviews.recipes import RecipeOffers
from tests.unit.reviews.test_log import Bench

MEBIBYTE = 1 << 20


class Desk:
    """Takes the place of the worker processes: notes what one would be given, and reads it as one would."""

    def __init__(self, database: Database, bench: Bench, workdir: Path) -> None:
        workdir.mkdir()
        self.bench, self.workdir = bench, workdir
        self.job: ProposeJob | None = None
        self.deltas: dict[int, int] = {}
        self.offers = RecipeOffers(database, bench.log, self, RecipeService(database), workdir)  # type: ignore[arg-type]  # all that is asked of a pool
        with database.write() as session:
            own = update(Import).where(Import.id == bench.id)
            session.execute(own.values(status=Status.SUCCESSFUL, import_identifier="People"))
        with database.read() as session:
            self.row = session.get_one(Import, bench.id)

    def run(self, job: ProposeJob, _name: str) -> RecipeProposal:
        self.job = job
        self.deltas = {seq: path.stat().st_size for seq, path in job.deltas.items()}
        return RecipeProposal(None, {})


def add(bench: Bench, seq: int, kind: str, delta: bytes | None, **parameters: Any) -> None:
    bench.log.append(bench.id, seq, Prepared(kind, parameters, 1, 1, delta), "browser-one", str(seq))


def test_deltas_are_files_that_only_the_worker_reads(database: Database, tmp_path: Path) -> None:
    bench = Bench(database, tmp_path / "data")
    large = os.urandom(16 * MEBIBYTE)
    add(bench, 1, "fix", large, fix="suggestion")
    add(bench, 2, "replace", large, find="a")
    add(bench, 3, "replace", b"x" * SMALL_DELTA, find="b")
    add(bench, 4, "set_cells", large, cells=["x" * MEBIBYTE] * 4)
    bench.log.append(bench.id, 5, Prepared("undo", {}, undoes=2), "browser-one", "5")
    desk = Desk(database, bench, tmp_path / "work")
    del large
    tracemalloc.start()
    desk.offers.propose_of(desk.row)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 2 * MEBIBYTE
    assert desk.deltas == {1: 16 * MEBIBYTE, 3: SMALL_DELTA}
    assert desk.job is not None
    assert [(one.seq, one.kind, one.parameters, one.delta) for one in desk.job.log] == [
        (1, "fix", {"fix": "suggestion"}, None), (3, "replace", {"find": "b"}, None), (4, "set_cells", {}, None),
    ]  # fmt: skip
    assert list(desk.workdir.iterdir()) == []
