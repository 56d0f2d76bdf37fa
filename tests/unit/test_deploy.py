"""The ready-made files name settings, commands and paths that there are."""

from __future__ import annotations

import configparser
import json
import re
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import requires
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement

from headgate.config import Config, environment_name, load_config
from headgate.db import utc_now
from headgate.operations.backup import SECRETS
from headgate.operations.health import Health
from headgate.operations.metrics import Metrics
from headgate.operations.routes import router

DEPLOY = Path(__file__).parents[2] / "deploy"
STEPS_OF_A_STOP = 3
"""Open answers, running imports and webhooks under way are waited for one after the other, each for `shutdown_grace`."""
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
    assert int(unit["Service"]["TimeoutStopSec"]) > STEPS_OF_A_STOP * Config.model_fields["shutdown_grace"].default


def test_the_unit_lets_hooks_be_locked_in() -> None:
    """Landlock is in no set of system calls that every systemd knows; without it a hook would only lose one layer, unseen."""
    allowed = (DEPLOY / "headgate.service").read_text()
    filtered = re.search(r"^SystemCallFilter=(.+)$", allowed, re.MULTILINE)
    assert filtered is not None
    needed = {"@system-service", "seccomp", "landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self"}
    assert needed <= set(filtered[1].split())
    assert "MemoryDenyWriteExecute=yes" not in allowed  # the JavaScript engine compiles


def last_stage() -> str:
    return (DEPLOY / "Dockerfile").read_text().rpartition("\nFROM ")[2]


def test_the_image_runs_as_the_numbers_that_the_manifests_give_volumes_to() -> None:
    user = re.search(r"^USER (\d+):(\d+)$", last_stage(), re.MULTILINE)
    assert user is not None
    for name in ("kubernetes.yaml", "kubernetes-scaled.yaml"):
        for pod in pods(name):
            context = pod["securityContext"]
            assert (str(context["runAsUser"]), str(context["fsGroup"])) == user.groups()


@pytest.mark.parametrize(
    ("settings", "healthy"),
    [
        ({"HEADGATE_PORT": "{port}"}, True),
        ({"HEADGATE_PORT": "1", "HEADGATE_WORKER_PORT": "{port}"}, True),
        ({"HEADGATE_PORT": "{port}", "HTTP_PROXY": "http://127.0.0.1:1", "http_proxy": "http://127.0.0.1:1"}, True),
        ({"HEADGATE_PORT": "1"}, False),
        ({"HEADGATE_PORT": "1", "HEADGATE_WORKER_PORT": "none"}, False),
    ],
)
def test_the_image_asks_servers_and_workers_for_their_health(
    port: int, settings: dict[str, str], *, healthy: bool
) -> None:
    asked = re.search(r"^HEALTHCHECK .* CMD (\[.*\])$", last_stage(), re.MULTILINE)
    assert asked is not None
    _, *arguments = json.loads(asked[1])
    environment = {name: value.format(port=port) for name, value in settings.items()}
    done = subprocess.run([sys.executable, *arguments], env=environment, capture_output=True, text=True)
    assert (done.returncode == 0, done.stderr) == (healthy, "")


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Of something that answers for its health as headgate does, and has nothing else."""

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/healthz" else 404)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def pods(name: str) -> list[dict[str, Any]]:
    documents = list(yaml.safe_load_all((DEPLOY / name).read_text()))
    return [one["spec"]["template"]["spec"] for one in documents if "template" in (one.get("spec") or {})]


@pytest.mark.parametrize("name", ["kubernetes.yaml", "kubernetes-scaled.yaml"])
def test_what_the_manifests_set_can_be_used(name: str) -> None:
    """Each container with all that it is given, as a start would read it."""
    documents = list(yaml.safe_load_all((DEPLOY / name).read_text()))
    given = {
        (one["kind"], one["metadata"]["name"]): one.get("data") or one.get("stringData") or {} for one in documents
    }
    for pod in pods(name):
        for container in pod["containers"]:
            environment = {one["name"]: one["value"] for one in container.get("env", [])}
            for source in container["envFrom"]:
                for key, kind in (("configMapRef", "ConfigMap"), ("secretRef", "Secret")):
                    if key in source:
                        environment |= given[kind, source[key]["name"]]
            assert all(isinstance(value, str) for value in environment.values()), "YAML made something else of it"
            config = load_config(environment=environment)
            assert pod["terminationGracePeriodSeconds"] > STEPS_OF_A_STOP * config.shutdown_grace
            ports = {one["containerPort"] for one in container["ports"]}
            assert ports == {config.worker_port if "worker" in container.get("args", []) else config.port}
            limit = int(container["resources"]["limits"]["memory"].removesuffix("Gi")) * 1024**3
            assert limit > max(config.workers, 1) * config.worker_memory_limit


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
    assert pods(name)
    assert all(pod["enableServiceLinks"] is False for pod in pods(name))


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
