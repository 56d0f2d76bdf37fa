"""Engines that are started before they are needed. Each serves one import and is never used again."""

from __future__ import annotations

import contextlib
import threading
from collections import deque
from types import TracebackType
from typing import TYPE_CHECKING, Self

from headgate.engine.hooks.limits import HookLimits
from headgate.engine.hooks.process import HookProcess
from headgate.engine.hooks.sandbox import require_all_layers as check_all_layers

if TYPE_CHECKING:
    from headgate.engine.hooks.fetch import Fetcher


class HookPool:
    """Hands out engine processes, keeping `size` of them waiting (0: each is started when asked for).

    `fetcher`: what hooks may reach with `fetch`; None: nothing. `require_all_layers`: refuse to work without every
    protection of the operating system (raises SandboxUnavailableError at once). Safe to share between threads.
    """

    def __init__(
        self,
        size: int = 2,
        limits: HookLimits | None = None,
        *,
        fetcher: Fetcher | None = None,
        require_all_layers: bool = False,
    ) -> None:
        if require_all_layers:
            check_all_layers()
        self.size = size
        self.limits = limits if limits is not None else HookLimits()
        self._fetcher = fetcher
        self._require_all = require_all_layers
        self._waiting: deque[HookProcess] = deque()
        self._lock = threading.Lock()
        self._closed = False
        self._refiller: threading.Thread | None = None
        self._refill()

    def acquire(self) -> HookProcess:
        """An engine that no import has used. The caller closes it (a context manager). Raises EngineStartError."""
        process = None
        while process is None:
            with self._lock:
                if self._closed:
                    raise RuntimeError("The pool of hook engines is closed.")
                process = self._waiting.popleft() if self._waiting else None
            if process is None:
                process = self._start()
            elif not process.alive:
                process.close()
                process = None
        self._refill()
        process.wait_ready()
        return process

    def _start(self) -> HookProcess:
        return HookProcess(self.limits, fetcher=self._fetcher, require_all_layers=self._require_all)

    def _refill(self) -> None:
        with self._lock:
            busy = self._refiller is not None and self._refiller.is_alive()
            if self._closed or busy or len(self._waiting) >= self.size:
                return
            self._refiller = threading.Thread(target=self._fill, name="hook-pool", daemon=True)
            self._refiller.start()

    def _fill(self) -> None:
        # A start that fails here fails again, with its message, for the import that asks for an engine.
        with contextlib.suppress(OSError, RuntimeError):
            while True:
                with self._lock:
                    if self._closed or len(self._waiting) >= self.size:
                        return
                process = self._start()
                with self._lock:
                    if not self._closed:
                        self._waiting.append(process)
                        continue
                process.close()

    def close(self) -> None:
        """End the engines that wait. Those handed out go on until they are closed."""
        with self._lock:
            self._closed = True
            waiting, refiller = list(self._waiting), self._refiller
            self._waiting.clear()
        if refiller is not None:
            refiller.join()
        for process in waiting:
            process.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
