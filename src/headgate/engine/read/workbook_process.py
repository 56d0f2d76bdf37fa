"""The start of the process that reads a workbook: every import of one waits for it."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

from headgate.engine.read.options import ReadLimits
from headgate.engine.read.workbook_opening import Opening
from headgate.engine.read.workbook_request import Request
from headgate.loading import loading

_LIBRARIES_BYTES = 64 << 20
"""Memory of what is loaded behind the limit: it is not the workbook's."""


def main() -> None:
    """Serve one request, and load what that takes while the workbook is opened."""
    request = Request.of_line(sys.stdin.readline())
    _limit_resources(request.limits)
    opening = Opening(request)
    with loading():
        from headgate.engine.read.workbook_child import serve
    serve(request, opening)


def _limit_resources(limits: ReadLimits) -> None:
    """Bind memory beyond what the interpreter and its libraries already hold, CPU time, and core dumps."""
    held = 0
    for line in Path("/proc/self/status").read_text().splitlines() if Path("/proc/self/status").exists() else []:
        if line.startswith("VmData:"):
            held = int(line.split()[1]) * 1024
    resource.setrlimit(resource.RLIMIT_DATA, (held + _LIBRARIES_BYTES + limits.memory_bytes,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
