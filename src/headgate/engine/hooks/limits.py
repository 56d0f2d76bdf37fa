"""How much the hooks of one import may take (hooks.md, "Limits")."""

from __future__ import annotations

from headgate.records import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class HookLimits:
    """Times in seconds, sizes in bytes. Whatever goes over one fails the import with `hook_failed`.

    `call_seconds`: one call of one hook. `import_seconds`: all calls of an import together. `heap_bytes`: V8's heap;
    what lies outside of it (typed arrays, the engine itself) may take `outside_heap_bytes` more.
    `console_bytes`: console text of an import. `answer_bytes`: one message from the engine.
    `source_bytes`: the source of one hook. `cell_messages`: messages that hooks may put on one cell.
    """

    call_seconds: float = 30.0
    import_seconds: float = 600.0
    start_seconds: float = 20.0
    heap_bytes: int = 512 * MEGABYTE
    outside_heap_bytes: int = 256 * MEGABYTE
    console_bytes: int = 10 * MEGABYTE
    answer_bytes: int = 256 * MEGABYTE
    source_bytes: int = 1 * MEGABYTE
    cell_messages: int = 100
    fetch_seconds: float = 20.0
    fetch_bytes: int = 10 * MEGABYTE
    fetches_at_once: int = 8

    @property
    def resident_bytes(self) -> int:
        """What the process may really occupy."""
        return self.heap_bytes + self.outside_heap_bytes

    @property
    def data_bytes(self) -> int:
        """The kernel's own ceiling (RLIMIT_DATA), well above V8's reservations; it aborts below 1 GB."""
        return max(1024 * MEGABYTE, 2 * self.resident_bytes)

    @property
    def cpu_seconds(self) -> int:
        """The kernel's ceiling of processor time, for a process whose parent no longer looks."""
        return int(4 * self.import_seconds) + 60
