"""S3-compatible stores for tests: real servers, behind a proxy that can break every promise of a network.

rclone checks signatures as S3 does (of headers and of presigned URLs) and refuses uploads of unknown length. moto checks
none, but knows conditional requests and the listing of uploads in parts.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import socket
import subprocess
import sys
import sysconfig
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import httpx

ACCESS_KEY, SECRET_KEY = "headgate-tests", "a-secret-of-the-tests"
BUCKET = "files"
BIN = Path(sysconfig.get_path("scripts"))
Fault = Literal["refuse", "slow down", "cut", "error", "not found"]
ANSWERS = {"slow down": "503 Slow Down", "error": "500 Internal Server Error", "not found": "404 Not Found"}


@dataclass
class Proxy:
    """Passes requests on. `fault`: what it does with those whose first line `concerned` finds.

    refuse: closes before it answers. slow down: 503. error: 500. not found: 404. cut: half of the answer's body is missing, once each.
    """

    target: int
    fault: Fault | None = None
    concerned: str = ""
    port: int = 0
    host: str = "127.0.0.1"
    faults: int = 0
    requests: list[str] = field(default_factory=list)
    _tasks: set[Any] = field(default_factory=set)
    _loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)

    def start(self) -> Proxy:
        server = self._loop.run_until_complete(asyncio.start_server(self._serve, self.host, 0))
        self.port = server.sockets[0].getsockname()[1]
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True, name="s3-proxy")
        self._thread.start()
        self._server = server
        return self

    def stop(self) -> None:
        async def end() -> None:
            self._server.close()
            tasks = list(self._tasks)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._server.wait_closed()
            await asyncio.sleep(0)  # what was closed is taken down in the next round

        asyncio.run_coroutine_threadsafe(end(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    @contextlib.contextmanager
    def failing(self, fault: Fault, concerned: str = "") -> Iterator[None]:
        self.concerned, self.fault, self.faults = concerned, fault, 0
        try:
            yield
        finally:
            self.fault = None

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        self._tasks.add(task)
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            line = head.partition(b"\r\n")[0].decode("latin-1")
            self.requests.append(line)
            fault = self.fault if self.fault and re.search(self.concerned, line) else None
            self.faults += fault is not None
            if fault == "refuse":
                return
            if fault in ANSWERS:
                writer.write(f"HTTP/1.1 {ANSWERS[fault]}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
                await writer.drain()
                return
            await self._pass_on(head, reader, writer, cut=fault == "cut")
        except (OSError, EOFError, asyncio.CancelledError):
            return
        finally:
            writer.close()
            self._tasks.discard(task)

    async def _pass_on(
        self, head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, cut: bool
    ) -> None:
        to_reader, to_writer = await asyncio.open_connection("127.0.0.1", self.target)
        to_writer.write(_closing(head))
        sending = asyncio.ensure_future(_pipe(reader, to_writer))
        try:
            answer = await to_reader.readuntil(b"\r\n\r\n")
            while answer.startswith(b"HTTP/1.1 100"):
                writer.write(answer)
                answer = await to_reader.readuntil(b"\r\n\r\n")
            # rclone sends a part of an object with the status of a whole one.
            if b"\r\ncontent-range:" in answer.lower():
                answer = answer.replace(b" 200 OK", b" 206 Partial Content", 1)
            writer.write(_closing(answer))
            length = re.search(rb"\r\ncontent-length: *(\d+)", answer.lower())
            if cut and length:
                writer.write(await to_reader.readexactly(int(length[1]) // 2))
                await writer.drain()
                self.fault = None
                return
            await _pipe(to_reader, writer)
        finally:
            sending.cancel()
            to_writer.close()


def _closing(head: bytes) -> bytes:
    """One request a connection keeps the proxy simple."""
    head = re.sub(rb"\r\nconnection:[^\r]*", b"", head, flags=re.IGNORECASE)
    return head.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n", 1)


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65_536):
        writer.write(data)
        await writer.drain()


@dataclass
class S3Server:
    """A running store with one bucket. `settings`: with which headgate uses it. `files`: the objects as files (rclone)."""

    proxy: Proxy
    process: subprocess.Popen[bytes]
    files: Path

    @property
    def endpoint(self) -> str:
        return f"http://{self.proxy.host}:{self.proxy.port}"

    def settings(self, prefix: str = "") -> dict[str, Any]:
        return {
            "store_url": f"s3://{BUCKET}/{prefix}".rstrip("/"),
            "store_endpoint": self.endpoint,
            "store_access_key": ACCESS_KEY,
            "store_secret_key": SECRET_KEY,
            "store_region": "us-east-1",
        }

    def stop(self) -> None:
        self.proxy.stop()
        self.process.kill()
        self.process.wait()


def start_rclone(folder: Path, host: str = "127.0.0.1") -> S3Server:
    """`host`: the address at which the proxy before it listens."""
    root = folder / "rclone"
    (root / BUCKET).mkdir(parents=True)
    port = _free_port()
    process = subprocess.Popen(
        [str(BIN / "rclone"), "serve", "s3", "--config", "", "--addr", f"127.0.0.1:{port}", "--auth-key",
         f"{ACCESS_KEY},{SECRET_KEY}", "--no-cleanup", str(root)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    _wait(port, process)
    return S3Server(Proxy(port, host=host).start(), process, root / BUCKET)


def start_moto(folder: Path) -> S3Server:
    port = _free_port()
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", str(BIN / "moto_server"), "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    _wait(port, process)
    httpx.put(f"http://127.0.0.1:{port}/{BUCKET}").raise_for_status()
    return S3Server(Proxy(port).start(), process, folder)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
    return port


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError("the store ended at its start")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise TimeoutError("the store does not listen")
