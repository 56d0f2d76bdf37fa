"""A real OpenSSH server with a user, a password and a key of its own, and a proxy that breaks connections."""

from __future__ import annotations

import contextlib
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from typing import Any, Self

import psutil

SSHD = "/usr/sbin/sshd"
CONFIG = """
ListenAddress 127.0.0.1
Port {port}
HostKey {home}/host_key
PidFile none
UsePAM no
StrictModes no
UseDNS no
PasswordAuthentication yes
KbdInteractiveAuthentication no
AuthorizedKeysFile {home}/authorized_keys
MaxStartups 100
AllowUsers {user}
LogLevel ERROR
Subsystem sftp internal-sftp
"""


class SftpServer:
    """Serves `home` to one user. Needs root, because only root may look at passwords and become another user."""

    def __init__(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="headgate-sftp-"))
        self.home.chmod(0o755)
        self.user = f"hg{os.getpid()}x{secrets.token_hex(3)}"
        self.password = secrets.token_urlsafe(12)
        self.port = free_port()
        self.key = self.new_key("user_key", "ed25519")
        self.directory = self.home / "outgoing"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        _with_patience("useradd", "--no-create-home", "--home-dir", str(self.home), "--shell", "/bin/sh", self.user)
        subprocess.run(["chpasswd"], input=f"{self.user}:{self.password}".encode(), check=True)
        shutil.copy(self.home / "user_key.pub", self.home / "authorized_keys")
        self.directory.mkdir()
        self.new_host_key()
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        uid = pwd.getpwnam(self.user).pw_uid
        for process in psutil.process_iter(["uids"]):  # sessions outlive the server; the user is ours alone
            if process.info["uids"] and process.info["uids"].real == uid:
                process.kill()
        _with_patience("userdel", self.user)
        shutil.rmtree(self.home)

    def start(self) -> None:
        Path("/run/sshd").mkdir(exist_ok=True)
        config = self.home / "sshd_config"
        config.write_text(CONFIG.format(port=self.port, home=self.home, user=self.user), encoding="utf-8")
        with (self.home / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [SSHD, "-D", "-e", "-f", str(config)], stderr=log, stdin=subprocess.DEVNULL
            )
        wait_until(self._answers, "sshd did not start")

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def new_host_key(self, kind: str = "ed25519") -> None:
        """Another key of the server, which counts from its next start."""
        self.new_key("host_key", kind)

    def new_key(self, name: str, kind: str, passphrase: str = "") -> str:
        """The private key of a new pair in `home`."""
        path = self.home / name
        path.unlink(missing_ok=True)
        subprocess.run(["ssh-keygen", "-q", "-t", kind, "-N", passphrase, "-f", str(path)], check=True)
        return path.read_text(encoding="utf-8")

    def fingerprint(self, name: str) -> str:
        """What OpenSSH says of a key in `home`."""
        shown = subprocess.run(["ssh-keygen", "-l", "-f", str(self.home / name)], check=True, capture_output=True)
        return shown.stdout.decode().split()[1]

    def put(self, name: str | bytes, content: bytes = b"name\nAda\n", changed_at: float | None = None) -> Path:
        """A file of the directory."""
        path = self.directory / os.fsdecode(name)
        path.write_bytes(content)
        if changed_at is not None:
            os.utime(path, (changed_at, changed_at))
        return path

    def clear(self) -> None:
        """Take everything out of the directory."""
        shutil.rmtree(self.directory)
        self.directory.mkdir()
        self.directory.chmod(0o755)

    def credentials(self, **values: Any) -> dict[str, Any]:
        """The body of credentials with the password."""
        body = {"hostname": "127.0.0.1", "port": self.port, "user": self.user}
        return body | {"auth_type": "PASSWORD", "password": self.password} | values

    @property
    def private_host(self) -> str:
        """The entry of `sftp_private_hosts`."""
        return f"127.0.0.1:{self.port}"

    def _answers(self) -> bool:
        if self._process is not None and self._process.poll() is not None:
            raise RuntimeError((self.home / "log").read_text(encoding="utf-8"))
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1) as connection:
            return connection.recv(4) == b"SSH-"
        return False


class CuttingProxy:
    """Passes connections on to a port, and cuts each after so many bytes from the server, for as long as there are cuts."""

    def __init__(self, target: int, after: int, cuts: int) -> None:
        self._target, self._after = target, after
        self.cuts = cuts
        self.connections = 0
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._threads = [threading.Thread(target=self._accept, daemon=True)]

    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(30)
        self._listening.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                self.connections += 1
                limit = self._after if self.connections <= self.cuts else None
                thread = threading.Thread(target=self._serve, args=(client, limit), daemon=True)
                self._threads.append(thread)
                thread.start()

    def _serve(self, client: socket.socket, limit: int | None) -> None:
        with client, socket.create_connection(("127.0.0.1", self._target)) as server:
            back = threading.Thread(target=_pass_on, args=(client, server, None), daemon=True)
            back.start()
            _pass_on(server, client, limit)
            back.join(30)


def _pass_on(source: socket.socket, target: socket.socket, limit: int | None) -> None:
    passed = 0
    with contextlib.suppress(OSError):
        while (limit is None or passed < limit) and (block := source.recv(16384)):
            target.sendall(block)
            passed += len(block)
    for one in (source, target):
        with contextlib.suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def wait_until(true: Any, told: str, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            raise TimeoutError(told)
        time.sleep(0.02)


def _with_patience(*command: str) -> None:
    """Other test processes may hold the lock on the list of users, and the user's last process may still be ending."""
    for _ in range(100):
        done = subprocess.run(command, check=False, capture_output=True)
        if done.returncode == 0:
            return
        time.sleep(0.1)
    raise RuntimeError(done.stderr.decode())
