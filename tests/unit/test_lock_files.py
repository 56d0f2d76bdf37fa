"""The lock files hold what pyproject.toml asks for, by hash, and name no registry. `make lock` renews them."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUNTIME: list[str] = PROJECT["project"]["dependencies"]
DEVELOPMENT: list[str] = PROJECT["dependency-groups"]["dev"]


@cache
def locked(name: str) -> dict[str, str]:
    """Package → version."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return {canonicalize_name(package): version for package, version in re.findall(r"^([\w.-]+)==(\S+)", text, re.M)}


@pytest.mark.parametrize(
    ("name", "wanted"), [("requirements.lock", RUNTIME), ("requirements-dev.lock", [*RUNTIME, *DEVELOPMENT])]
)
def test_every_dependency_is_locked_in_a_version_that_fits(name: str, wanted: list[str]) -> None:
    for requirement in map(Requirement, wanted):
        version = locked(name).get(canonicalize_name(requirement.name))
        assert version, f"{requirement} is not in {name}: run `make lock`"
        assert requirement.specifier.contains(version), f"{name} has {version}, but {requirement} is wanted"


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_every_locked_package_has_hashes_and_no_registry_is_named(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for entry in re.split(r"^(?=\w)", text, flags=re.M)[1:]:
        assert "--hash=sha256:" in entry, entry.splitlines()[0]
    assert not re.search(r"://|--(extra-)?index-url|--find-links|--trusted-host", text)


def test_developers_run_what_users_run() -> None:
    runtime, development = locked("requirements.lock"), locked("requirements-dev.lock")
    assert {package: development.get(package) for package in runtime} == runtime
