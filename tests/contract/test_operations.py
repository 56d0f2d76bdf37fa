"""What machines that watch over the service ask, and backups of a service that works meanwhile."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import httpx

from tests.contract.harness import METRICS_TOKEN, ROOT, Service, create, held, rows, run, upload, wait
from tests.contract.review_page import ROWS, Page


def headgate(service: Service, *arguments: object) -> subprocess.CompletedProcess[str]:
    """A command on the machine of a service."""
    command = [sys.executable, "-c", "from headgate.cli import main; main()", *map(str, arguments)]
    return subprocess.run(
        command, cwd=ROOT, env=service.environment, capture_output=True, text=True, timeout=60, check=False
    )


def test_a_backup_of_a_working_service_comes_back_as_a_service(tmp_path: Path) -> None:
    first = Service(tmp_path / "data", metrics_token=METRICS_TOKEN).start()
    key = first.key()
    try:
        with first.client(key) as client:
            done = run(client)
            reviewed = run(client, ROWS)
            opened = Page(first, reviewed)
            opened.ready()
            opened.edit(2, "email", "alan@example.com")
            waiting = create(client)
            running = create(client)
            upload(running, held(tmp_path / "go"))
            assert "imports_ended_total" in _metrics(first).text
            made = headgate(first, "backup", tmp_path / "backup", "--data-dir", first.data_dir)
            assert made.returncode == 0, made.stderr
            later = run(client)
            content = rows(client, done["id"])
    finally:
        first.kill()
    (tmp_path / "go").touch()
    bucket = {name: value for name, value in first.settings.items() if name.startswith("store_")}  # stays where it is
    second = Service(tmp_path / "new", **bucket)
    back = headgate(second, "restore", tmp_path / "backup", "--data-dir", second.data_dir)
    assert back.returncode == 0, back.stderr
    second.start()
    try:
        with second.client(key) as client:
            assert rows(client, done["id"]) == content
            page = Page(second, reviewed)
            page.ready()
            assert page.texts()[1] == ["Alan", "alan@example.com"]
            assert httpx.put(second.upload_url(waiting), content=b"name,email\nA,b\n").status_code == 200
            for one in (waiting, running):
                assert wait(client, one["id"])["status"] == "SUCCESSFUL"
            assert client.get(f"/headless/imports/{later['id']}/").status_code == 404, "it came after the backup"
    finally:
        second.kill()


def _metrics(service: Service, **headers: str) -> httpx.Response:
    return httpx.get(f"{service.address}/metrics", headers={"Authorization": f"Bearer {METRICS_TOKEN}"} | headers)


def test_a_living_service_says_so_without_a_key(service: Service) -> None:
    answer = httpx.get(f"{service.address}/healthz")
    assert (answer.status_code, answer.text) == (200, "ok\n")
    ready = httpx.get(f"{service.address}/readyz")
    assert (ready.status_code, ready.json()) == (200, {"ready": True, "missing": []})


def test_metrics_are_for_those_with_the_token(reviewing: Service) -> None:
    assert _metrics(reviewing).status_code == 200
    assert "headgate_imports_waiting " in _metrics(reviewing).text
    for wrong in (
        "",
        "Bearer",
        "Bearer x",
        f"Basic {METRICS_TOKEN}",
        f"Bearer {METRICS_TOKEN}x",
        "Bearer \u00fc".encode("latin-1"),
    ):
        answer = httpx.get(f"{reviewing.address}/metrics", headers={"Authorization": wrong})
        assert answer.status_code == 401, wrong
        assert "headgate_" not in answer.text


def test_without_a_token_there_are_no_metrics(service: Service) -> None:
    assert _metrics(service).status_code == 404
