"""Backups that have no room say so, and what becomes of what is there."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from headgate.cli.app import app
from headgate.db import Database, migrate
from headgate.operations import backup as backup_module


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    database = Database(f"sqlite:///{tmp_path}/data/headgate.sqlite")
    (tmp_path / "data").mkdir(mode=0o700)
    migrate(database)
    database.dispose()
    return tmp_path / "data"


def test_a_full_disk_is_told_with_what_to_do_and_a_restore_is_for_its_owner_only(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = CliRunner().invoke
    target, new = str(tmp_path / "backup"), tmp_path / "new"
    assert run(app, ["backup", target, "--data-dir", str(data_dir)]).exit_code == 0
    for command, into, step in (("backup", target, "back_up"), ("restore", str(new), "restore")):
        with monkeypatch.context() as patch:
            patch.setattr(backup_module, step, _no_room)
            told = run(app, [command, target, "--data-dir", str(data_dir if command == "backup" else new)])
        assert told.exit_code == 1
        assert f"The disk of {into} is full. Make room." in told.stderr
    assert run(app, ["restore", target, "--data-dir", str(new)]).exit_code == 0
    assert [path for path in new.rglob("*") if path.stat().st_mode & 0o077] == []


def _no_room(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
