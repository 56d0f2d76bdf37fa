"""The ready-made files name settings, commands and paths that there are."""

from __future__ import annotations

import configparser
import re
import tomllib
from importlib.metadata import requires
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement

from headgate.config import Config, environment_name
from headgate.db import utc_now
from headgate.operations.backup import SECRETS
from headgate.operations.health import Health
from headgate.operations.metrics import Metrics
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


def test_every_alert_asks_for_metrics_and_labels_that_there_are() -> None:
    """promtool is not at hand everywhere; that names are right is what it would not know."""
    rules = [
        rule for group in yaml.safe_load((DEPLOY / "prometheus.yaml").read_text())["groups"] for rule in group["rules"]
    ]
    assert len(rules) > 10
    exposed = exposed_metrics()
    for rule in rules:
        assert {"alert", "expr", "labels", "annotations"} <= rule.keys()
        assert rule["annotations"]["action"].endswith(".")
        asked = re.findall(r"\b(headgate_\w+)", rule["expr"])
        assert asked or "up{" in rule["expr"], rule["alert"]
        assert set(asked) <= exposed.keys(), rule["alert"]
        for name, labels in re.findall(r"\b(headgate_\w+)\{([^}]*)\}", rule["expr"]):
            assert set(re.findall(r"(\w+)\s*(?:=~|!~|!=|=)", labels)) <= exposed[name], rule["alert"]
        for label in re.findall(r"by \((\w+)\)", rule["expr"]):
            assert any(label in exposed[name] for name in asked), rule["alert"]
        assert rule["expr"].count("(") == rule["expr"].count(")")


def exposed_metrics() -> dict[str, set[str]]:
    """Name → labels of everything that a process which did some work says of itself."""
    health = Health(1, True, 0.1, 1, 1, 1, False, 1, 1, 1, 1, utc_now(), 1, 1)
    metrics = Metrics("1", lambda: health)
    metrics.request("GET", "/x", 200, 0.1)
    metrics.import_ran(0.1)
    metrics.import_ended("SUCCESSFUL", 1, 0)
    metrics.file_missing("source")
    metrics.statement(0.1)
    text = metrics.text("text/plain")[0].decode()
    found: dict[str, set[str]] = {}
    for name, labels in re.findall(r"^(headgate_\w+)(?:\{([^}]*)\})? ", text, re.MULTILINE):
        found.setdefault(name, set()).update(re.findall(r"(\w+)=", labels))
    return found


def test_every_metric_is_told_of() -> None:
    text = (DEPLOY.parent / "docs" / "operations.md").read_text()
    for name in exposed_metrics():
        base = re.sub(r"_(bucket|count|sum|created)$", "", name)
        base += "_total" if f"{base}_total" in exposed_metrics() else ""
        assert f"`{base}`" in text, base


@pytest.mark.parametrize("name", ["kubernetes.yaml", "kubernetes-scaled.yaml"])
def test_no_pod_is_given_variables_of_services_that_look_like_settings(name: str) -> None:
    documents = list(yaml.safe_load_all((DEPLOY / name).read_text()))
    pods = [one["spec"]["template"]["spec"] for one in documents if "template" in (one.get("spec") or {})]
    assert pods
    assert all(pod["enableServiceLinks"] is False for pod in pods)


def test_what_builds_the_wheel_in_an_image_is_locked_with_all_that_it_needs() -> None:
    named = re.search(r"\^\(([a-z|-]+)\)==", (DEPLOY / "Dockerfile").read_text())
    assert named is not None
    project = tomllib.loads((DEPLOY.parent / "pyproject.toml").read_text())
    needed = {Requirement(one).name for one in project["build-system"]["requires"]}
    for name in sorted(needed):
        needed |= {
            one.name for one in map(Requirement, requires(name) or []) if one.marker is None or one.marker.evaluate()
        }
    assert set(named[1].split("|")) == needed
    locked = (DEPLOY.parent / "requirements-dev.lock").read_text()
    assert all(re.search(rf"^{name}==", locked, re.MULTILINE) for name in needed)


def test_an_image_is_built_of_nothing_that_this_machine_made() -> None:
    ignored = set((DEPLOY.parent / ".dockerignore").read_text().split())
    assert {".git", ".venv", "data", "ui/node_modules", "src/headgate/server/ui"} <= ignored
