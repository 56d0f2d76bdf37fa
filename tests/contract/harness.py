"""A service of its own for tests: a real process tree, reached over real HTTP."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import deque
from pathlib import Path
from typing import Any

import httpx
import psutil

from headgate.accounts.service import AccountService
from headgate.config import load_config
from headgate.db import Database
from headgate.server.needed_keys import SECRETS_OF_ALL
from headgate.storage import BlobStore
from headgate.storage.encryption import FILE_NAME
from headgate.storage.opening import open_store
from tests.backends import backends

ROOT = Path(__file__).parents[2]
FIELDS = [{"label": "Name", "key": "name"}, {"label": "E-mail", "key": "email"}]
CSV = b"name,email\nAda,ada@example.com\nAlan,alan@example.com\n"
METRICS_TOKEN = "the-operator-may-look"
FINAL = {"SUCCESSFUL", "NEEDS_REVIEW", "FAILED"}


class Service:
    """Start, stop and kill a server on one data directory."""

    def __init__(
        self,
        data_dir: Path,
        *,
        real_engine: bool = False,
        kind: str = "serve",
        name: str | None = None,
        clock_ahead: float = 0,
        **settings: Any,
    ) -> None:
        """`kind`: `serve`, or `worker` for one without HTTP. `name`: of its log, when several share the directory.
        `clock_ahead`: seconds by which its machine's clock is wrong."""
        self.clock_ahead = clock_ahead
        self.data_dir = data_dir
        headgate = ["-c", "from headgate.cli import main; main()", kind]
        self.command = [sys.executable, *(headgate if real_engine else ["-m", "tests.contract.serve", kind])]
        self.settings: dict[str, Any] = {
            "rate_limit_create": "off",
            "rate_limit_retrieve": "off",
            "workers": 2,
        } | settings
        self.settings |= backends.of(data_dir, self.settings)
        self.process: subprocess.Popen[bytes] | None = None
        self.address = ""
        self.log = data_dir.parent / f"{name or data_dir.name}.log"

    def take_secrets_of(self, other: Service) -> None:
        """What a machine with a disk of its own has to be given before its first start."""
        self.data_dir.mkdir(parents=True, exist_ok=True)
        for name in (*SECRETS_OF_ALL, FILE_NAME):
            if (other.data_dir / name).exists():
                shutil.copy2(other.data_dir / name, self.data_dir / name)

    def start(self) -> Service:
        environment = (
            self.environment | {"HEADGATE_HOST": "127.0.0.1", "HEADGATE_PORT": "0"} | _of_settings(self.settings)
        )
        environment["CLOCK_AHEAD"] = str(self.clock_ahead)
        began = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command, cwd=ROOT, env=environment, stderr=log, stdout=log,
                start_new_session=True,
            )  # fmt: skip
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            text = self.log.read_text(encoding="utf-8")[began:]
            if "startup complete" in text and (found := re.search(r"serves at (\S+)", text)):
                self.address = found.group(1)
                return self
            if "headgate works as" in text:
                found = re.search(r"watched at (\S+)", text)
                self.address = found.group(1) if found else ""
                return self
            if self.process.poll() is not None:
                raise RuntimeError(text)
            time.sleep(0.05)
        raise TimeoutError(self.log.read_text(encoding="utf-8"))

    @property
    def environment(self) -> dict[str, str]:
        """In which a command is started on its machine."""
        own = {key: value for key, value in os.environ.items() if not key.startswith("HEADGATE_")}
        return own | _of_settings({"data_dir": self.data_dir} | self.settings)

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the main process alone: SIGSTOP pauses it."""
        assert self.process is not None
        self.process.send_signal(number)

    def stop(self) -> int:
        """End it as an operator does."""
        if self.process is None:
            return 0
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout=30)
        self.process = None
        return code

    def kill(self) -> None:
        """`kill -9` of the whole process tree."""
        if self.process is None:
            return
        with contextlib.suppress(psutil.NoSuchProcess):
            root = psutil.Process(self.process.pid)
            for one in [root, *root.children(recursive=True)]:
                with contextlib.suppress(psutil.NoSuchProcess):
                    one.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process = None

    def key(self, name: str = "test") -> str:
        """A new key, made beside the running server, as the command line does."""
        database = self.database()
        try:
            return AccountService(database).create_key(name).key
        finally:
            database.dispose()

    def database(self) -> Database:
        """Its database, for what stands beside the running server. To be disposed of."""
        return Database(self.settings.get("database_url") or f"sqlite:///{self.data_dir / 'headgate.sqlite'}")

    @property
    def in_store(self) -> bool:
        """Whether its files are in the store that all tests share, not on its disk."""
        return bool(self.settings.get("store_url"))

    def upload_url(self, created: dict[str, Any]) -> str:
        """Where the file of an import is PUT that was created when the service had another address."""
        url: str = created["upload"]
        return url if self.in_store else self.address + httpx.URL(url).raw_path.decode()

    @property
    def files(self) -> Path:
        """Below which its files stand, as they are seen from outside."""
        return backends.place(self.settings["store_url"]) if self.in_store else self.data_dir / "files"

    def store(self, scratch: Path) -> BlobStore:
        """Its files, as another process reaches them. `scratch`: for what that one has unfinished."""
        config = load_config({"data_dir": self.data_dir} | self.settings, environment={})
        return open_store(config, self.data_dir, scratch)

    def client(self, key: str | None) -> httpx.Client:
        headers = {"X-Dromo-License-Key": key} if key else {}
        hooks = {"response": [_remember_refusal]}
        return httpx.Client(base_url=f"{self.address}/api/v1", headers=headers, timeout=30, event_hooks=hooks)


def _of_settings(settings: dict[str, Any]) -> dict[str, str]:
    return {f"HEADGATE_{key.upper()}": str(value) for key, value in settings.items() if value is not None}


REFUSALS: deque[str] = deque(maxlen=5)
"""What services answered last that was no success: whoever expected one sees in the report why there was none."""


def _remember_refusal(answer: httpx.Response) -> None:
    if answer.is_error:
        answer.read()
        request = answer.request
        REFUSALS.append(f"{request.method} {request.url.path}: {answer.status_code} {answer.text[:500]}")


def create(client: httpx.Client, **body: Any) -> dict[str, Any]:
    """A new import; of a file unless `initial_data` is given."""
    body = {"fields": FIELDS} | body
    if "initial_data" not in body:
        body.setdefault("original_filename", "people.csv")
    answer = client.post("/headless/imports/", json=body)
    assert answer.status_code == 201, answer.text
    created: dict[str, Any] = answer.json()
    return created


def upload(created: dict[str, Any], content: bytes = CSV) -> None:
    answer = httpx.put(created["upload"], content=content, timeout=60)
    assert (answer.status_code, answer.content) == (200, b""), answer.text


def held(until: Path, content: bytes = CSV) -> bytes:
    """A file whose import runs until there is one at `until`."""
    return f"#do until {until}\n".encode() + content


def wait(client: httpx.Client, import_id: str, seconds: float = 90) -> dict[str, Any]:
    """The import once it has come to a rest."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found: dict[str, Any] = client.get(f"/headless/imports/{import_id}/").json()
        if found["status"] in FINAL:
            return found
        time.sleep(0.05)
    raise TimeoutError(f"import {import_id} is {found['status']}")


def run(client: httpx.Client, content: bytes = CSV, **body: Any) -> dict[str, Any]:
    """Create, upload, wait."""
    created = create(client, **body)
    upload(created, content)
    return wait(client, created["id"])


def rows(client: httpx.Client, import_id: str) -> Any:
    url = client.get(f"/headless/imports/{import_id}/url/").json()["presigned_url"]
    return httpx.get(url, timeout=60).json()
