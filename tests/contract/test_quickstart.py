"""`make run` and every command of the quickstart, word for word: only the port is another one."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
QUICKSTART = (ROOT / "docs/quickstart.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("HEADGATE_")}
EXAMPLE = [sys.executable, str(ROOT / "examples/first_import.py"), "--data-dir", "data"]
SECONDS_TO_START = 120


@dataclass(frozen=True)
class Running:
    """The example, serving: the directory it was started in, its port, and what it has printed."""

    folder: Path
    port: int
    printed: str


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The example in a directory that looks like a fresh clone after `make setup`."""
    folder = tmp_path_factory.mktemp("clone")
    (folder / "examples").symlink_to(ROOT / "examples")
    (folder / ".venv").mkdir()
    (folder / ".venv/bin").symlink_to(Path(sys.executable).parent)
    port, output = free_port(), folder / "output"
    with output.open("wb") as stream:
        process = subprocess.Popen(
            [*EXAMPLE, "--port", str(port)], cwd=folder, stdout=stream, stderr=subprocess.STDOUT, env=ENVIRONMENT
        )
    try:
        deadline = time.monotonic() + SECONDS_TO_START
        while "API docs" not in output.read_text() and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.1)
        assert "headgate is serving at" in output.read_text(), output.read_text()
        yield Running(folder, port, output.read_text())
    finally:
        process.terminate()
        process.wait(timeout=60)


def blocks(text: str, heading: str, language: str) -> list[str]:
    """The code blocks of a language below a heading."""
    below = re.split(r"^## ", text, flags=re.MULTILINE)
    (part,) = (part for part in below if part.startswith(heading))
    return re.findall(rf"```{language}\n(.*?)```", part, flags=re.DOTALL)


def run(code: str, language: str, running: Running) -> str:
    """Run a block as a reader would, and give what it prints."""
    code = code.replace("127.0.0.1:8000", f"127.0.0.1:{running.port}")
    command = [sys.executable, "-c", code] if language == "python" else ["bash", "-euo", "pipefail", "-c", code]
    finished = subprocess.run(command, cwd=running.folder, capture_output=True, text=True, timeout=120, env=ENVIRONMENT)
    assert finished.returncode == 0, finished.stderr
    return finished.stdout


def test_the_example_shows_clean_rows_decisions_and_rejected_cells(running: Running) -> None:
    clean, decided = running.printed.split("What was decided")
    decided, rejected = decided.split("What was rejected")
    assert "6 clean rows" in clean
    assert re.findall(r"L-\d{4}", clean) == ["L-0001", "L-0002", "L-0003", "L-0004", "L-0009", "L-0014"]
    assert "2026-04-14" in clean
    assert "33333.33" in clean
    assert re.search(r"Visited on +visitDate", decided)
    assert re.search(r"Badge colour +not imported", decided)
    assert "Header: row 3" in decided
    assert "dayMonthOrder = DMY" in decided
    assert "“SENSORS” in interest is the option sensors" in decided
    assert "Changed in country: 9 × name_to_code" in decided
    assert "15 read, 9 rejected, 6 delivered" in decided
    for value in ("tom.birch@example", "L-0006", "N/A", "31/04/2026", "Spaceships", "ask reception", "(350.00)"):
        assert value in rejected


def test_the_key_is_for_its_owners_eyes(running: Running) -> None:
    assert (running.folder / "data/example-key").stat().st_mode & 0o777 == 0o600


def test_a_port_in_use_is_said_plainly(running: Running) -> None:
    second = subprocess.run(
        [*EXAMPLE, "--port", str(running.port)], cwd=running.folder, capture_output=True, text=True, env=ENVIRONMENT
    )
    assert second.returncode == 1
    assert f"Port {running.port} is in use" in second.stdout
    assert "Traceback" not in second.stderr


def test_the_quickstart_imports_json_with_curl(running: Running) -> None:
    create, status, fetch = blocks(QUICKSTART, "2.", "sh")
    (promised,) = blocks(QUICKSTART, "2.", "json")
    identifier = run(f'{create}\necho "$ID"', "sh", running).strip()
    known = f"KEY=$(cat data/example-key)\nID={identifier}\n"
    deadline = time.monotonic() + 60
    while (answer := json.loads(run(known + status, "sh", running)))["status"] != "SUCCESSFUL":
        assert answer["status"] in {"PENDING", "RUNNING"}
        assert time.monotonic() < deadline
        time.sleep(6)
    assert run(known + fetch, "sh", running).strip() == promised.strip()


def test_the_quickstart_imports_a_file_with_python(running: Running) -> None:
    (code,) = blocks(QUICKSTART, "3.", "python")
    printed = run(code, "python", running)
    assert "L-0001 2026-04-14 12500" in printed
    assert printed.count("rejected:") == 9


@pytest.mark.parametrize(
    ("text", "heading"), [(QUICKSTART, "4."), (README, "As a library")], ids=["quickstart", "readme"]
)
def test_the_library_and_the_command_work_without_a_server(running: Running, text: str, heading: str) -> None:
    (command,) = blocks(text, heading, "sh")
    (code,) = blocks(text, heading, "python")
    assert "SUCCESSFUL" in run(code, "python", running)
    with_path = f'PATH="$PWD/.venv/bin:$PATH"\n{command}'
    run(with_path, "sh", running)
    assert len(json.loads((running.folder / "leads.json").read_bytes())) == 6


def test_a_second_start_keeps_the_data(tmp_path: Path) -> None:
    keys = []
    for _ in range(2):
        started = time.monotonic()
        command = [*EXAMPLE, "--port", str(free_port()), "--once"]
        first = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env=ENVIRONMENT)
        assert first.returncode == 0, first.stdout + first.stderr
        assert "6 clean rows" in first.stdout
        keys.append((tmp_path / "data/example-key").read_text())
    assert keys[0] == keys[1]
    assert time.monotonic() - started < 60
