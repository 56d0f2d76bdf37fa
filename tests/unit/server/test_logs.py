"""The log of a process: JSON lines that name places and ids, whoever writes them, and quote nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

MARK = "ada@example.com"
SET_UP = "from headgate.server.logs import configure_logs\nconfigure_logs('debug')\n"


def lines(code: str) -> list[dict[str, Any]]:
    """What a new process logs."""
    done = subprocess.run([sys.executable, "-c", SET_UP + code], capture_output=True, text=True, check=False)
    assert MARK not in done.stderr
    return [json.loads(line) for line in done.stderr.splitlines()]


def test_our_own_lines_say_what_they_were_given_and_what_they_are_about() -> None:
    (line,) = lines("""
import structlog
with structlog.contextvars.bound_contextvars(import_id="i"):
    structlog.get_logger("headgate.x").debug("read", rows=3)
""")
    assert (line["event"], line["rows"], line["import_id"], line["level"]) == ("read", 3, "i", "debug")


def test_what_a_library_says_is_left_out_and_where_it_says_it_is_not() -> None:
    warned, formatted, warning = lines(f"""
import logging, warnings
logging.getLogger("thirdparty.reader").info("{MARK}")
logging.getLogger("thirdparty.reader").warning("cannot read %s", "{MARK}")
logging.getLogger("thirdparty.reader").error("cannot read {MARK}")
warnings.warn("{MARK}", UserWarning)
""")
    assert (warned["text"], warned["level"], warned["logger"]) == ("cannot read %s", "warning", "thirdparty.reader")
    assert warned["at"].endswith("<string>:6")
    assert formatted["text"] is None
    assert warning["at"].endswith("UserWarning")


def test_exceptions_are_logged_by_their_stack_whoever_meets_them() -> None:
    code = f"""
import logging, structlog, threading
log = structlog.get_logger("headgate.x")
try:
    raise ValueError("{MARK}")
except ValueError as error:
    log.exception("failed")
    log.error("failed", exc_info=error)
    logging.getLogger("uvicorn.error").error("in the application", exc_info=error)
def fail():
    raise KeyError("{MARK}")
thread = threading.Thread(target=fail, name="t")
thread.start()
thread.join()
class Closing:
    def __del__(self):
        fail()
Closing()
fail()
"""
    found = lines(code)
    assert [line["event"] for line in found] == [
        "failed", "failed", "in the application", "thread_failed", "failure_ignored", "process_failed",
    ]  # fmt: skip
    assert all("Error" in line["exception"] for line in found)
