"""The log of a worker: lines about its import, and nothing that a library prints."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

MARK = "ada@example.com"
SET_UP = "import logging\nfrom headgate.imports import child_logs\nchild_logs.begin(logging.DEBUG)\n"


def lines(code: str) -> list[dict[str, Any]]:
    done = subprocess.run([sys.executable, "-c", SET_UP + code], capture_output=True, text=True, check=False)
    assert MARK not in done.stderr
    return [json.loads(line) for line in done.stderr.splitlines()]


def test_every_line_of_a_job_has_its_import_in_whichever_thread() -> None:
    first, second, third = lines("""
import threading
log = logging.getLogger("headgate.engine")
child_logs.work_on("i")
log.debug("read", {"rows": 3})
thread = threading.Thread(target=lambda: log.info("checked"))
thread.start()
thread.join()
child_logs.work_on(None)
log.info("idle")
""")
    assert (first["event"], first["rows"], first["import_id"]) == ("read", 3, "i")
    assert second["import_id"] == "i"
    assert "import_id" not in third


def test_what_is_printed_or_said_by_libraries_is_not_in_it() -> None:
    found = lines(f"""
import os, sys, threading, warnings
os.write(2, b"{MARK}")
print("{MARK}", file=sys.stderr)
logging.getLogger("polars").warning("{MARK}")
warnings.warn("{MARK}", UserWarning)
def fail():
    raise ValueError("{MARK}")
thread = threading.Thread(target=fail)
thread.start()
thread.join()
fail()
""")
    events = [line["event"] for line in found]
    assert events == ["library_message", "library_message", "thread_failed", "process_failed"]
    assert "builtins.ValueError" in found[-1]["exception"]


def test_where_native_code_panicked_is_known_and_not_what_about() -> None:
    (line,) = lines(f"""
import os
child_logs.work_on("i")
os.write(2, b"thread '<unnamed>' panicked at crates/polars-core/src/frame.rs:12:5:\\n{MARK}\\n")
logging.getLogger("headgate").error("broken", {{"panics": child_logs.panics(), "again": child_logs.panics()}})
""")
    assert (line["panics"], line["again"]) == (["crates/polars-core/src/frame.rs:12"], [])
