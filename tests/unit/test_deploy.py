"""The ready-made files name settings, commands and paths that there are."""

from __future__ import annotations

import configparser
import re
from pathlib import Path

import pytest

from headgate.config import Config, environment_name
from headgate.operations.backup import SECRETS
from headgate.operations.routes import router

DEPLOY = Path(__file__).parents[2] / "deploy"
FILES = sorted(DEPLOY.iterdir(), key=lambda path: path.name)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_only_settings_that_there_are_stand_in_them(path: Path) -> None:
    known = {environment_name(setting) for setting in Config.model_fields} | {"HEADGATE_CONFIG"}
    assert set(re.findall(r"\bHEADGATE_[A-Z_]+", path.read_text())) <= known


@pytest.mark.parametrize("name", ["kubernetes.yaml", "kubernetes-scaled.yaml"])
def test_probes_ask_for_paths_that_are_served(name: str) -> None:
    served = {route.path for route in router.routes if hasattr(route, "path")}
    probed = set(re.findall(r" path: (/\S+)", (DEPLOY / name).read_text()))
    assert probed == {"/healthz", "/readyz"}
    assert probed <= served


def test_the_unit_gives_the_service_longer_to_stop_than_the_service_takes() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]  # the way that configparser documents
    unit.read(DEPLOY / "headgate.service")
    assert int(unit["Service"]["TimeoutStopSec"]) > Config.model_fields["shutdown_grace"].default


def test_every_process_of_several_is_given_the_keys_of_the_installation() -> None:
    text = (DEPLOY / "kubernetes-scaled.yaml").read_text()
    for name in SECRETS:
        assert text.count(f"mountPath: /data/{name}\n") == text.count("kind: Deployment") == 2


def test_every_file_is_told_of() -> None:
    text = (DEPLOY.parent / "docs" / "operations.md").read_text()
    assert all(f"deploy/{path.name}" in text for path in FILES)
