"""Packages under licences that fit are let in; others need a reason."""

from __future__ import annotations

import json
from importlib.metadata import Distribution
from pathlib import Path

import pytest

from checks.accepted import AcceptedLicence, load_accepted
from checks.licences import Licensed, allowed, of_pages, of_python, outdated, problems


@pytest.mark.parametrize(
    ("expression", "fits"),
    [
        ("MIT", True),
        ("GPL-3.0-only", False),
        ("MIT OR GPL-3.0-only", True),
        ("MIT AND GPL-3.0-only", False),
        ("MPL-2.0 AND (Apache-2.0 OR GPL-2.0-only)", True),
        ("Apache-2.0 WITH LLVM-exception", True),
        ("GPL-2.0-only WITH Classpath-exception-2.0", False),
        ("LicenseRef-proprietary", False),
    ],
)
def test_one_side_of_or_and_both_sides_of_and_must_fit(expression: str, *, fits: bool) -> None:
    assert allowed(expression) is fits


def installed(folder: Path, *lines: str) -> list[Licensed]:
    path = folder / "planted-1.0.dist-info"
    path.mkdir()
    (path / "METADATA").write_text(
        "\n".join(["Metadata-Version: 2.4", "Name: Planted", "Version: 1.0", *lines, "", ""])
    )
    return of_python([Distribution.at(path)])


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["License-Expression: MIT OR GPL-3.0-only"], "MIT OR GPL-3.0-only"),
        (["Classifier: License :: OSI Approved :: MIT License", "License: whatever"], "MIT"),
        (["Classifier: License :: OSI Approved :: MIT License", "Classifier: License :: OSI Approved :: Weird"], None),
        (["License: BSD-3-Clause"], "BSD-3-Clause"),
        (["License: do what you like"], None),
        ([], None),
    ],
)
def test_a_licence_is_read_as_it_is_stated_today_or_was_before(
    tmp_path: Path, lines: list[str], expected: str | None
) -> None:
    assert installed(tmp_path, *lines) == [Licensed("planted", expected)]


def test_a_package_that_does_not_fit_is_a_problem_unless_there_is_a_reason() -> None:
    packages = [Licensed("good", "MIT"), Licensed("bad", "GPL-3.0-only"), Licensed("dumb", None)]
    assert problems(packages, []) == [
        "bad is under GPL-3.0-only, which is none of those that are allowed.",
        "dumb does not say its licence in a form that a program reads.",
    ]
    reasons = [AcceptedLicence("bad", "GPL-3.0-only", "x"), AcceptedLicence("dumb", "MIT", "x")]
    assert problems(packages, reasons) == []
    changed = [Licensed("bad", "AGPL-3.0-only")]
    assert problems(changed, reasons), "the reason was for another licence"
    assert outdated([Licensed("bad", "MIT"), Licensed("dumb", None)], reasons) == ["bad"]


def test_packages_of_the_pages_are_read_from_their_lock_file(tmp_path: Path) -> None:
    lock = {"packages": {"": {}, "node_modules/a": {"license": "MIT"}, "node_modules/a/node_modules/@b/c": {}}}
    (tmp_path / "package-lock.json").write_text(json.dumps(lock))
    assert of_pages(tmp_path / "package-lock.json") == [Licensed("@b/c", None), Licensed("a", "MIT")]


def test_everything_that_is_installed_here_fits() -> None:
    assert problems(of_python(), load_accepted().licences) == []
