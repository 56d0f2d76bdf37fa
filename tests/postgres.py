"""A PostgreSQL server of its own for tests: started in a directory of its own, as a user without rights, gone at the end."""

from __future__ import annotations

import getpass
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from pathlib import Path

import psycopg

PROGRAMS = Path("/usr/lib/postgresql")
PASSWORD = "for-tests-only"


def program(name: str) -> str:
    """A program of the newest PostgreSQL that is installed."""
    found = sorted(PROGRAMS.glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3]))
    known = str(found[-1]) if found else shutil.which(name)
    if known is None:
        raise FileNotFoundError(
            f"{name} is not installed: these tests need PostgreSQL (Debian: apt install postgresql)."
        )
    return known


class Postgres:
    """One server on a free port of the loopback, or of `host` for its network. Its texts sort as people sort them, which
    SQLite's do not."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        self.host = host
        self.directory = Path(tempfile.mkdtemp(prefix="headgate-postgres-"))
        # It refuses to run as root; CI does.
        self._user = "postgres" if os.geteuid() == 0 else None
        if self._user:
            owner = pwd.getpwnam(self._user)
            os.chown(self.directory, owner.pw_uid, owner.pw_gid)
        self.port = _free_port(host)
        self._process: subprocess.Popen[bytes] | None = None
        secret = self.directory / "password"
        secret.write_text(PASSWORD)
        secret.chmod(0o644)
        options = ["--username", "headgate", "--pwfile", str(secret), "--auth", "scram-sha-256", "--no-sync"]
        locale = ["--encoding", "UTF8", "--locale", "C.UTF-8", "--locale-provider", "icu", "--icu-locale", "en-US"]
        self._run("initdb", "--pgdata", str(self.data), *options, *locale)
        with (self.data / "pg_hba.conf").open("a") as access:
            access.write("host all all samenet scram-sha-256\n")

    @property
    def data(self) -> Path:
        return self.directory / "data"

    @property
    def pid(self) -> int | None:
        """Of its main process, while it runs."""
        return None if self._process is None else self._process.pid

    def start(self) -> Postgres:
        """Start it, also again after `stop` or `kill`."""
        settings = {
            "listen_addresses": self.host, "port": self.port, "unix_socket_directories": self.directory,
            "max_connections": 300, "shared_buffers": "32MB", "log_min_messages": "fatal",
        }  # fmt: skip
        arguments = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with (self.directory / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [program("postgres"), "-D", str(self.data), *arguments],
                stdout=log, stderr=log, user=self._user, group=self._user, cwd=self.directory, start_new_session=True,
            )  # fmt: skip
        deadline = time.monotonic() + 60
        while True:
            try:
                psycopg.connect(self._conninfo("postgres")).close()
            except psycopg.OperationalError:
                if time.monotonic() > deadline or self._process.poll() is not None:
                    raise RuntimeError((self.directory / "log").read_text()) from None
                time.sleep(0.05)
            else:
                return self

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End it at once: every connection is cut off. SIGINT: in an orderly way. SIGQUIT: as if it had crashed."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(timeout=60)
            self._process = None

    def remove(self) -> None:
        """End it and remove everything of it."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(timeout=60)
        shutil.rmtree(self.directory, ignore_errors=True)

    def database(self, template: str = "") -> str:
        """The URL of a new database: empty, or a copy of the one whose URL is given."""
        name = f"headgate_{uuid.uuid4().hex[:12]}"
        copied = f' TEMPLATE "{template.rpartition("/")[2]}"' if template else ""
        with psycopg.connect(self._conninfo("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"{copied}'.encode())
        return f"postgresql+psycopg://headgate:{PASSWORD}@{self.host}:{self.port}/{name}"

    def _conninfo(self, name: str) -> str:
        return f"host={self.host} port={self.port} user=headgate password={PASSWORD} dbname={name} connect_timeout=5"

    def _run(self, name: str, *arguments: str) -> None:
        done = subprocess.run(
            [program(name), *arguments], capture_output=True, text=True, user=self._user, group=self._user,
            cwd=self.directory, env=os.environ | {"LC_ALL": "C.UTF-8"}, check=False,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{name} failed as {self._user or getpass.getuser()}: {done.stderr}")


def _free_port(host: str) -> int:
    with socket.socket() as one:
        one.bind((host, 0))
        port: int = one.getsockname()[1]
        return port
