"""The server of which readers of workbooks are forked, and what a reader is before it reads: bounded in memory and time.

The server has one thread and loads no library that starts others, so that a fork has all that it needs. It sees no file.
"""

from __future__ import annotations

import os
import resource
import select
import signal
import socket
import sys
from pathlib import Path
from typing import NoReturn

from headgate.engine.read.options import ReadLimits
from headgate.engine.read.reader_protocol import ANSWER, END, FORK
from headgate.engine.read.workbook_opening import Opening
from headgate.engine.read.workbook_request import Request
from headgate.loading import loading

_IDLE_SECONDS = 0.05
"""A server that nobody asks for so long is one that waits for later files; any other would load what it never needs, beside its reader."""
_LIBRARIES_BYTES = 64 << 20
"""Memory of what is loaded behind the limit: it is not the workbook's."""


def main() -> None:
    """Fork readers until the process that started this one is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for that process
    control = socket.socket(fileno=int(sys.argv[1]))
    reader: int | None = None
    try:
        while True:
            if reader is None and not select.select([control], [], [], _IDLE_SECONDS)[0]:
                _load()
            command, descriptors, _, _ = socket.recv_fds(control, 1, 2)
            if command == FORK:
                reader = os.fork()
                if reader == 0:
                    control.close()
                    _become_reader(*descriptors)
                for descriptor in descriptors:
                    os.close(descriptor)
                control.sendall(ANSWER.pack(reader))
            elif command == END and reader is not None:
                ended, reader = reader, None
                control.sendall(ANSWER.pack(os.waitstatus_to_exitcode(os.waitpid(ended, 0)[1])))
            else:
                break
    except OSError:
        pass  # it is gone in the middle
    if reader is not None:
        os.kill(reader, signal.SIGKILL)
        os.waitpid(reader, 0)


def _load() -> None:
    """Load what every reader needs: nobody waits meanwhile."""
    with loading():
        import headgate.engine.read.workbook_child  # noqa: F401


def _become_reader(conversation: int, log: int) -> NoReturn:
    """Serve the request that comes over `conversation`, and end."""
    for descriptor, place in ((conversation, 0), (conversation, 1), (log, 2)):
        os.dup2(descriptor, place)
    os.closerange(3, max(conversation, log) + 1)
    code = 1
    try:
        _serve(Request.of_line(sys.stdin.readline()))
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stderr.flush()
        os._exit(code)


def _serve(request: Request) -> None:
    """Serve one request, and load what that takes while the workbook is opened."""
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
    os._exit(0)  # nothing is left to be done, and whoever asked for the last workbook may be waiting
