"""What a worker is told by another one's offer is enough to make the very same parts."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from headgate.engine.held_directory import hold
from headgate.engine.large.offers import Offer
from headgate.engine.large.part_writing import PartWriter
from headgate.imports import engine
from headgate.imports.worker import RESULT, Helped, HelpJob, RunJob
from tests.unit.engine.large.imports import PART, SCHEMA, KilledError, hostile_csv, killed_after, make_blocks_tiny

DOCUMENT = {
    "fields": SCHEMA["fields"],
    "settings": {"invalidDataBehavior": "REMOVE_INVALID_ROWS", "autoMapHeaders": True},
    "hooks": {},
}
MEMORY = {"headers": [{"header": "day", "field": "day", "count": 3}], "values": []}


@pytest.fixture
def job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RunJob:
    make_blocks_tiny(monkeypatch)
    source = tmp_path / "file.csv"
    source.write_text(hostile_csv(80), encoding="utf-8", newline="")
    return RunJob(
        "id", source, "file", DOCUMENT, "file.csv", {"id": "7"}, MEMORY, tmp_path / "first",
        kept=tmp_path / "kept", part_bytes=PART,
    )  # fmt: skip


def test_parts_of_a_worker_that_knows_the_offer_alone_are_taken_for_the_owners_own(
    job: RunJob, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = replace(job, workdir=tmp_path / "alone", kept=tmp_path / "other")
    assert engine.run(alone, lambda *_: None).status == "SUCCESSFUL"
    kept = tmp_path / "kept"
    with monkeypatch.context() as patched:
        patched.setattr(Offer, "make", killed_after(1, Offer.make))
        with pytest.raises(KilledError):
            engine.run(job, lambda *_: None)
    helping = HelpJob("id", kept, tmp_path / "helping")
    helping.workdir.mkdir()
    offer = Offer.of(kept)
    assert offer is not None
    lock = hold(kept)
    try:
        assert [engine.help_along(helping) for _ in offer.numbers] == [Helped(made=True) for _ in offer.numbers]
        assert engine.help_along(helping) == Helped(made=False)
    finally:
        os.close(lock)
    monkeypatch.setattr(PartWriter, "write", None)
    again = replace(job, workdir=tmp_path / "again")
    assert engine.run(again, lambda *_: None).status == "SUCCESSFUL"
    assert (again.outcome / RESULT).read_bytes() == (alone.outcome / RESULT).read_bytes()


def test_there_is_nothing_to_do_where_nothing_is_offered(tmp_path: Path) -> None:
    assert engine.help_along(HelpJob("id", tmp_path, tmp_path / "work")) == Helped(made=False)
