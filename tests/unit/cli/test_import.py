"""`headgate import` as a person or a script uses it: exit codes, files, standard streams."""

from __future__ import annotations

import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

import headgate
from headgate.engine.output import OUTPUT_FORMATS

SCHEMA = {
    "name": "contacts",
    "fields": [
        {"label": "Name", "key": "name", "validators": [{"validate": "required"}]},
        {"label": "Amount", "key": "amount", "type": "number"},
    ],
    "settings": {"importIdentifier": "contacts"},
}
CSV = "name,amount\nAda,1.50\nBob,oops\nEve,3\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "schema.json").write_text(json.dumps(SCHEMA))
    (tmp_path / "in.csv").write_text(CSV)
    return tmp_path


def run(folder: Path, *words: str, stdin: bytes = b"", **streams: int) -> subprocess.CompletedProcess[bytes]:
    code = "from headgate.cli import main; main()"
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | streams
    return subprocess.run([sys.executable, "-c", code, "import", *words], cwd=folder, input=stdin, **streams)


def test_rows_go_to_standard_output_and_the_summary_to_standard_error(folder: Path) -> None:
    done = run(folder, "in.csv", "--schema", "schema.json")
    assert done.returncode == 0
    assert json.loads(done.stdout) == [{"name": "Ada", "amount": 1.5}, {"name": "Eve", "amount": 3}]
    summary = done.stderr.decode()
    assert summary.startswith("SUCCESSFUL: 2 of 3 rows delivered.")
    assert "row 3, amount: " in summary
    assert '("oops")' in summary
    assert "\x1b" not in summary, "no progress bar where there is no terminal"


@pytest.mark.parametrize("output_format", OUTPUT_FORMATS)
def test_the_command_and_the_python_call_give_the_same_bytes(folder: Path, output_format: str) -> None:
    done = run(folder, "-", "-s", "schema.json", "-f", output_format, stdin=CSV.encode())
    stream = io.BytesIO()
    headgate.import_file(folder / "in.csv", SCHEMA).write(stream, output_format)
    assert done.returncode == 0
    assert done.stdout == stream.getvalue()


def test_the_name_of_the_output_says_its_format_and_metadata_hold_the_whole_story(folder: Path) -> None:
    done = run(folder, "in.csv", "-s", "schema.json", "-o", "out.csv", "-m", "meta.json")
    assert (done.returncode, done.stdout) == (0, b"")
    assert (folder / "out.csv").read_text().splitlines() == ["name,amount", "Ada,1.5", "Eve,3"]
    meta = json.loads((folder / "meta.json").read_text())
    assert meta["status"] == "SUCCESSFUL"
    assert meta["result_metadata"]["filename"] == "in.csv"
    assert meta["decisions"]["rows"]["invalid"] == 1


def test_an_import_that_needs_a_person_ends_with_2_and_leaves_the_old_output(folder: Path) -> None:
    (folder / "in.csv").write_text("name,name,amount\na,b,1\n")
    (folder / "out.json").write_text("old")
    done = run(folder, "in.csv", "-s", "schema.json", "-o", "out.json", "-m", "meta.json")
    assert done.returncode == 2
    assert (folder / "out.json").read_text() == "old"
    assert b"column_match_uncertain" in done.stderr
    assert json.loads((folder / "meta.json").read_text())["status"] == "NEEDS_REVIEW"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["empty.csv", "-s", "schema.json"], "file_empty"),
        (["missing.csv", "-s", "schema.json"], "missing.csv: No such file"),
        (["in.csv", "-s", "missing.json"], "missing.json: No such file"),
        (["in.csv", "-s", "in.csv"], "is not JSON"),
        (["in.csv", "-s", "list.json"], "Expected an object"),
        (["in.csv", "-s", "bad.json"], "fields[0].type"),
        ([".", "-s", "schema.json"], "Is a directory"),
        (["in.csv", "-s", "schema.json", "-o", "/dev/full"], "/dev/full: No space left"),
    ],
)
def test_what_cannot_be_imported_ends_with_1_and_a_line_that_says_why(
    folder: Path, words: list[str], said: str
) -> None:
    (folder / "empty.csv").touch()
    (folder / "list.json").write_text("[]")
    (folder / "bad.json").write_text('{"fields": [{"label": "a", "key": "a", "type": "nope"}]}')
    done = run(folder, *words)
    assert done.returncode == 1
    assert said in done.stderr.decode()
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["in.csv"],
        ["in.csv", "-s", "schema.json", "--bogus"],
        ["in.csv", "-s", "schema.json", "-f", "pdf"],
        ["in.csv", "-s", "schema.json", "-o", "in.csv"],
        ["in.csv", "-s", "schema.json", "-o", "./link.csv"],
        ["in.csv", "-s", "schema.json", "-m", "schema.json"],
        ["in.csv", "-s", "schema.json", "-o", "nowhere/out.csv"],
        ["in.csv", "-s", "schema.json", "-o", "x.json", "-m", "x.json"],
    ],
)
def test_wrong_use_ends_with_64_and_touches_nothing(folder: Path, words: list[str]) -> None:
    (folder / "link.csv").symlink_to("in.csv")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert run(folder, *words).returncode == 64
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_failed_write_leaves_the_old_file_and_no_part_of_a_new_one(folder: Path) -> None:
    (folder / "in.csv").write_text("name\n" + "x" * 40_000 + "\n")
    (folder / "out.xlsx").write_text("old")
    done = run(folder, "in.csv", "-s", "schema.json", "-o", "out.xlsx")
    assert done.returncode == 1
    assert b"an Excel cell holds 32767" in done.stderr
    assert (folder / "out.xlsx").read_text() == "old"
    assert sorted(path.name for path in folder.iterdir()) == ["in.csv", "out.xlsx", "schema.json"]


def test_a_replaced_file_keeps_its_mode_and_a_link_keeps_its_target(folder: Path) -> None:
    (folder / "real.json").write_text("old")
    (folder / "real.json").chmod(0o604)
    (folder / "out.json").symlink_to("real.json")
    assert run(folder, "in.csv", "-s", "schema.json", "-o", "out.json").returncode == 0
    assert (folder / "out.json").is_symlink()
    assert json.loads((folder / "real.json").read_text())[0]["name"] == "Ada"
    assert (folder / "real.json").stat().st_mode & 0o777 == 0o604


def test_a_reader_that_leaves_early_is_no_error_to_complain_about(folder: Path) -> None:
    (folder / "in.csv").write_text("name,amount\n" + "Ada,1\n" * 20_000)
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = run(folder, "in.csv", "-s", "schema.json", stdout=writing)
    finally:
        os.close(writing)
    assert done.returncode == 141
    assert done.stderr == b""


def test_what_a_file_says_cannot_write_on_the_terminal(folder: Path) -> None:
    (folder / "in.csv").write_text("name,amount,\x1b]0;owned\x07\u202e\nAda,\x1b[2J,1\n", encoding="utf-8")
    done = run(folder, "in.csv", "-s", "schema.json")
    assert not {"\x1b", "\x07", "\u202e"} & set(done.stderr.decode())


def test_a_terminal_shows_progress(folder: Path) -> None:
    main, child = pty.openpty()
    done = run(folder, "in.csv", "-s", "schema.json", "-o", "out.json", stderr=child)
    os.close(child)
    shown = os.read(main, 100_000).decode()
    os.close(main)
    assert done.returncode == 0
    assert "read" in shown
    assert "SUCCESSFUL: 2 of 3" in shown


def test_a_file_name_that_is_no_text_does_not_spoil_the_metadata(folder: Path) -> None:
    name = os.fsdecode(b"n\xff.csv")
    (folder / name).write_text(CSV)
    assert run(folder, name, "-s", "schema.json", "-m", "meta.json").returncode == 0
    assert json.loads((folder / "meta.json").read_text())["result_metadata"]["filename"] == "n\ufffd.csv"
