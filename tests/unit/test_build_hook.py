"""Who installs headgate needs no Node.js: the build hook makes the web pages, finds them made, or says what is missing."""

from __future__ import annotations

import subprocess
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
    hook = hatch_build.BuildHook(str(root), {}, None, None, str(root), "wheel", messages)
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
