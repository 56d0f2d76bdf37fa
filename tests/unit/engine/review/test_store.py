"""A process that is killed leaves the table before or after a change, and what is not whole is never opened."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

from headgate.engine.review import store
from headgate.engine.review.row_places import FIRST_ADDED_BY_PEOPLE
from headgate.engine.review.store import MANIFEST, UnusableTableError
from headgate.engine.review.table import ReviewTable
from tests.unit.engine.review.review_tables import Given, delta, live_issues, shown
from tests.unit.engine.review.test_table import ROWS

NEW = FIRST_ADDED_BY_PEOPLE
EDITS = delta([(1, 0, "5"), (4, 2, "3"), (NEW, 1, "new")], added=[(NEW, 2)], deleted=[3])


class KilledError(BaseException):
    """Stands for `kill -9`: nothing of the process runs any more."""


class Killer:
    """Lets so many file operations happen, then none."""

    def __init__(self, patch: pytest.MonkeyPatch, after: int) -> None:
        self.left = after
        for owner, name in (
            (store.pl.DataFrame, "write_ipc"),
            (Path, "replace"),
            (Path, "unlink"),
            (Path, "write_bytes"),
        ):
            patch.setattr(owner, name, self._guarded(getattr(owner, name)))

    def _guarded(self, operation: Callable[..., Any]) -> Callable[..., Any]:
        def guarded(*arguments: Any, **options: Any) -> Any:
            if self.left == 0:
                raise KilledError
            self.left -= 1
            return operation(*arguments, **options)

        return guarded


def state(table: ReviewTable) -> Any:
    return table.seq, shown(table), live_issues(table), table.marks.tolist()


def test_a_kill_between_any_two_file_operations_leaves_the_state_before_or_after(tmp_path: Path) -> None:
    given = Given(ROWS)
    given.build(tmp_path / "base").close()
    before = state(given.open(tmp_path / "base"))
    shutil.copytree(tmp_path / "base", tmp_path / "done")
    done = given.open(tmp_path / "done")
    done.apply(EDITS, 1)
    after = state(done)
    seen = set()
    for operations in range(200):
        directory = tmp_path / f"killed-{operations}"
        shutil.copytree(tmp_path / "base", directory)
        table = given.open(directory)
        with pytest.MonkeyPatch.context() as patch:
            Killer(patch, operations)
            try:
                table.apply(EDITS, 1)
                survived = True
            except KilledError:
                survived = False
        again = given.open(directory)
        found = state(again)
        assert found in (before, after)
        seen.add(found[0])
        again.apply(EDITS, 2)
        assert state(again)[1:] == after[1:]
        left = {path.name for path in directory.iterdir()}
        assert left == {*again.store.manifest.sizes, MANIFEST}
        if survived:
            break
        shutil.rmtree(directory)
    assert survived
    assert seen == {0, 1}


def test_a_kill_while_the_table_is_built_leaves_none(tmp_path: Path) -> None:
    given = Given(ROWS)
    for operations in range(100):
        with pytest.MonkeyPatch.context() as patch:
            Killer(patch, operations)
            try:
                given.build(tmp_path / "table")
                break
            except KilledError:
                pass
        with pytest.raises(UnusableTableError):
            given.open(tmp_path / "table")
    assert operations > 5
    assert given.open(tmp_path / "table").rows == len(ROWS)


def _cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def _spoil(path: Path) -> None:
    path.write_bytes(b"{" + path.read_bytes()[2:])


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("base-0-", _cut_off),
        ("base-0-", Path.unlink),
        ("rows-1-", Path.unlink),
        ("issues-0-", _cut_off),
        (MANIFEST, _cut_off),
        (MANIFEST, _spoil),
        (MANIFEST, Path.unlink),
    ],
)
def test_damage_is_told(tmp_path: Path, name: str, damage: Callable[[Path], None]) -> None:
    given = Given(ROWS)
    given.build(tmp_path / "table").close()
    (path,) = (path for path in (tmp_path / "table").iterdir() if path.name.startswith(name))
    damage(path)
    with pytest.raises(UnusableTableError):
        given.open(tmp_path / "table")


def test_what_was_not_flushed_is_not_trusted_after_a_restart_of_the_computer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = Given(ROWS)
    table = given.build(tmp_path / "table")
    monkeypatch.setattr(store, "_boot_id", lambda: "another")
    assert given.open(tmp_path / "table").seq == 0
    table.apply(EDITS, 1)
    monkeypatch.setattr(store, "_boot_id", lambda: "a third")
    with pytest.raises(UnusableTableError):
        given.open(tmp_path / "table")
    table.close()
    assert given.open(tmp_path / "table").seq == 1


def test_a_table_whose_change_failed_has_to_be_opened_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = Given(ROWS)
    table = given.build(tmp_path / "table")
    before = state(table)

    def full(*_: Any) -> None:
        raise OSError(28, os.strerror(28))

    with monkeypatch.context() as patch:
        patch.setattr(store.ChunkStore, "write", full)
        with pytest.raises(OSError, match="space"):
            table.apply(EDITS, 1)
    with pytest.raises(UnusableTableError):
        table.apply(EDITS, 1)
    assert state(given.open(tmp_path / "table")) == before


def test_a_table_of_another_version_is_not_opened(tmp_path: Path) -> None:
    given = Given(ROWS)
    given.build(tmp_path / "table").close()
    path = tmp_path / "table" / MANIFEST
    path.write_bytes(orjson.dumps({**orjson.loads(path.read_bytes()), "format": 0}))
    with pytest.raises(UnusableTableError):
        given.open(tmp_path / "table")
