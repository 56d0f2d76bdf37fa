"""`headgate schema convert` as a person or a script uses it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from headgate.cli.app import app
from headgate.schema import parse_schema_document

SQL = "CREATE TABLE people (name varchar(10) NOT NULL, born date);"


def run(*words: str, stdin: str = "") -> Result:
    return CliRunner().invoke(app, ["schema", "convert", *words], input=stdin)


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_the_schema_goes_to_standard_output_and_the_notes_to_standard_error(tmp_path: Path) -> None:
    (tmp_path / "people.sql").write_text(SQL)
    done = run("people.sql", "--from", "postgresql")
    assert done.exit_code == 0
    assert [field.key for field in parse_schema_document(json.loads(done.stdout)).fields] == ["name", "born"]
    assert done.stderr.startswith("2 fields from postgresql.")
    assert run("-", stdin=SQL).stdout == done.stdout


def test_the_schema_goes_to_a_file_but_never_over_its_source(tmp_path: Path) -> None:
    (tmp_path / "in.json").write_text('{"properties": {"a": {"type": "string", "default": "x"}}}')
    done = run("in.json", "-o", "out.json")
    assert (done.exit_code, done.stdout) == (0, "")
    assert json.loads((tmp_path / "out.json").read_text())["name"] == "in"
    assert "properties.a.default: Empty cells are not filled in." in done.stderr
    before = (tmp_path / "in.json").read_text()
    assert run("in.json", "-o", "in.json").exit_code == 1
    assert (tmp_path / "in.json").read_text() == before


def test_what_cannot_be_converted_ends_with_1_and_one_sentence(tmp_path: Path) -> None:
    for words in (("absent.json",), ("-",), ("x:Y",), ("x:Y", "--from", "pydantic"), ("-", "--from", "nothing")):
        done = run(*words, stdin="\x1b[31mhello")
        assert done.exit_code == 1
        assert done.stderr.strip()
        assert "Traceback" not in done.stderr
        assert "\x1b" not in done.stderr
