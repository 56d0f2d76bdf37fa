"""Who installs headgate needs no Node.js, and waits for no tables to be compiled: the build hook makes the web pages, finds them made,
or says what is missing, and puts the tables into each wheel."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import hatch_build
import pytest


class Messages:
    """What the builder would show."""

    def __init__(self) -> None:
        self.warnings: list[str] = []

    def display_warning(self, text: str) -> None:
        self.warnings.append(text)


@pytest.fixture
def messages() -> Messages:
    return Messages()


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that the hook starts, none of which runs."""
    started: list[list[str]] = []
    monkeypatch.setattr(subprocess, "run", lambda command, **_: started.append(command[1:]))
    return started


def build(root: Path, messages: Any, version: str = "standard") -> None:
    # Pages go into source archives, too; tables are tested below.
    hook = hatch_build.BuildHook(str(root), {}, None, None, str(root), "sdist", messages)
    hook.initialize(version, {})


def npm(monkeypatch: pytest.MonkeyPatch, path: str | None) -> None:
    monkeypatch.setattr("shutil.which", lambda _: path)


def test_pages_are_built_from_the_locked_packages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, messages: Messages, commands: list[list[str]]
) -> None:
    npm(monkeypatch, "/usr/bin/npm")
    build(tmp_path, messages)
    assert commands == [["ci"], ["run", "build"]]


def test_pages_that_are_there_are_taken_as_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, messages: Messages, commands: list[list[str]]
) -> None:
    npm(monkeypatch, "/usr/bin/npm")
    page = tmp_path / hatch_build.PAGE
    page.parent.mkdir(parents=True)
    page.touch()
    build(tmp_path, messages)
    assert (commands, messages.warnings) == ([], [])


def test_without_node_the_build_succeeds_and_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, messages: Messages, commands: list[list[str]]
) -> None:
    npm(monkeypatch, None)
    build(tmp_path, messages)
    assert commands == []
    assert "install Node.js" in messages.warnings[0]


def test_an_editable_install_builds_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, messages: Messages, commands: list[list[str]]
) -> None:
    npm(monkeypatch, "/usr/bin/npm")
    build(tmp_path, messages, "editable")
    assert (commands, messages.warnings) == ([], [])


def test_a_wheel_holds_the_tables_beside_the_modules_that_load_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, messages: Messages, commands: list[list[str]]
) -> None:
    root = Path(hatch_build.__file__).parent
    npm(monkeypatch, None)
    hook = hatch_build.BuildHook(str(root), {}, None, None, str(tmp_path), "wheel", messages)
    data: dict[str, Any] = {}
    hook.initialize("standard", data)
    places = {place: Path(file) for file, place in data["force_include"].items()}
    vocabulary = json.loads(places["headgate/engine/match/compiled/vocabulary.json"].read_bytes())
    assert {"en", "de", "ja"} <= vocabulary.keys()
    assert all(place.startswith("headgate/engine/match/compiled/") for place in places), (
        "pycountry's files are not ours"
    )
    assert all(file.is_file() and root not in file.parents for file in places.values()), "no checkout is written to"
    hook.finalize("standard", data, str(tmp_path))
    assert not any(file.exists() for file in places.values())


def test_tables_are_compiled_without_the_engines_libraries() -> None:
    program = (
        "import hatch_build, sys, pathlib, tempfile\n"
        "heavy = {'polars', 'numpy', 'pyarrow', 'rapidfuzz', 'orjson', 'pydantic'}\n"
        "sys.modules.update(dict.fromkeys(heavy))\n"
        "with tempfile.TemporaryDirectory() as folder:\n"
        "    print(len(hatch_build.compile_tables(pathlib.Path('src').resolve(), pathlib.Path(folder))))"
    )
    root = Path(hatch_build.__file__).parent
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True)
    assert int(done.stdout) >= 6
