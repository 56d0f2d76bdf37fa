"""Runs the real service as a process of its own, on a free port, for tests that speak HTTP to it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.backends import backends

HEADGATE = [sys.executable, "-c", "from headgate.cli import main; main()"]


@dataclass(frozen=True)
class Service:
    """A running service: where it is, and a key for it."""

    url: str
    key: str
    data_dir: Path
    in_store: bool
    """Whether its files are in a store that clients reach themselves, not on its disk."""


@contextmanager
def running_service(data_dir: Path, **settings: str) -> Iterator[Service]:
    """Start `headgate serve` on `data_dir`, stop it at the end. `settings`: by their names."""
    settings |= {name: str(value) for name, value in backends.of(data_dir, settings).items()}
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("HEADGATE_")},
        **{f"HEADGATE_{name.upper()}": value for name, value in settings.items()},
    }
    where = ["--data-dir", str(data_dir)]
    key = subprocess.run(
        [*HEADGATE, "keys", "create", *where], env=environment, check=True, stdout=subprocess.PIPE, text=True
    ).stdout.strip()
    log = data_dir.parent / f"{data_dir.name}.log"
    with log.open("wb") as stream:
        process = subprocess.Popen([*HEADGATE, "serve", "--port", "0", *where], env=environment, stderr=stream)
    try:
        yield Service(_address(process, log), key, data_dir, bool(settings.get("store_url")))
    finally:
        process.terminate()
        process.wait(timeout=60)


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    """The address that the service announces once it listens."""
    while process.poll() is None:
        if match := re.search(r"headgate serves at (http://\S+)", log.read_text(errors="replace")):
            return match[1]
        try:
            process.wait(timeout=0.05)
        except subprocess.TimeoutExpired:
            continue
    raise AssertionError(f"the service did not start:\n{log.read_text(errors='replace')}")
