"""Commands that cannot do their work say so in a line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


def headgate(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    code = "from headgate.cli import main; main()"
    return subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, env=environment)


@pytest.mark.parametrize("command", [["serve", "--port", "0"], ["keys", "list"]])
@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"HEADGATE_DATABASE_URL": "postgresql+psycopg://me:hidden-password@127.0.0.1:1/x"}, "cannot be used"),
        ({"HEADGATE_DATABASE_URL": "no url"}, "database_url"),
        ({"HEADGATE_WORKERS": "many"}, "HEADGATE_WORKERS"),
        ({"HEADGATE_DATA_DIR": "/dev/null/x"}, "/dev/null/x"),
    ],
)
def test_what_is_wrong_is_said_without_a_traceback(
    tmp_path: Path, command: list[str], environment: dict[str, str], said: str
) -> None:
    failed = headgate(*command, **({"HEADGATE_DATA_DIR": str(tmp_path)} | environment))
    assert (failed.returncode, failed.stdout) == (1, "")
    assert said in failed.stderr
    assert "Traceback" not in failed.stderr
    assert "hidden-password" not in failed.stderr


def test_a_new_key_of_files_is_not_made_where_other_machines_would_not_know_it(tmp_path: Path) -> None:
    refused = headgate("rekey", "--data-dir", str(tmp_path / "data"), HEADGATE_STORE_URL="s3://files")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "headgate rekey --newest" in refused.stderr
    assert not (tmp_path / "data").exists()


def test_a_new_key_is_all_that_stands_on_stdout(tmp_path: Path) -> None:
    made = headgate("keys", "create", "--name", "n", "--data-dir", str(tmp_path / "new" / "data"))
    assert made.returncode == 0
    assert made.stdout.startswith("hg_")
    assert len(made.stdout.split()) == 1
    assert made.stdout.endswith("\n")
