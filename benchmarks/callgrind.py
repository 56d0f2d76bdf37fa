"""Says to valgrind's callgrind, from inside of the program that it runs, which part of the program is to be counted.

callgrind's own header offers this to C programs as a macro: a sequence of instructions without effect that valgrind knows
(`/usr/include/valgrind/valgrind.h`, "Architecture specific"). Here it is a function of 27 bytes, for x86-64 only.
"""

from __future__ import annotations

import ctypes
import mmap
import platform
from collections.abc import Callable
from pathlib import Path

ARCHITECTURE = "x86_64"
_PROCESSOR = Path("/proc/cpuinfo")
_CODE = bytes.fromhex(
    "4889f8"  # mov rax, rdi: the request and its arguments
    "4889f2"  # mov rdx, rsi: the answer where no valgrind runs
    "48c1c703 48c1c70d 48c1c73d 48c1c733 4887db"  # rol rdi, 3; 13; 61; 51; xchg rbx, rbx: the signal
    "4889d0"  # mov rax, rdx
    "c3"
)
_TOOL = (ord("C") << 24) | (ord("T") << 16)
_ZERO, _DUMP_AT, _START, _STOP = _TOOL + 1, _TOOL + 3, _TOOL + 4, _TOOL + 5


def available() -> bool:
    """Whether this machine is one that the instructions are known of, and has all that valgrind would imitate."""
    return platform.machine() == ARCHITECTURE and _PROCESSOR.exists() and " avx2 " in _PROCESSOR.read_text()


class Counter:
    """Counts what stands between `begin` and `end`; callgrind writes a file for each `end`. Without valgrind nothing happens."""

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, mmap.PAGESIZE, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
        self._memory.write(_CODE)
        prototype = ctypes.CFUNCTYPE(ctypes.c_uint64, ctypes.c_void_p, ctypes.c_uint64)
        address = ctypes.addressof(ctypes.c_char.from_buffer(self._memory))
        self._ask: Callable[[object, int], int] = prototype(address)

    def begin(self) -> None:
        """Count from here."""
        self._request(_START)
        self._request(_ZERO)

    def end(self, name: str) -> None:
        """Count no more; `name` stands in the file."""
        text = ctypes.create_string_buffer(name.encode())
        self._request(_DUMP_AT, ctypes.addressof(text))
        self._request(_STOP)

    def _request(self, code: int, argument: int = 0) -> None:
        self._ask((ctypes.c_uint64 * 6)(code, argument, 0, 0, 0, 0), 0)
