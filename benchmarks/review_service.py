"""A review as a browser meets it: a large file goes through the real service, its link is opened, its rows are looked at and
changed, everything over HTTP.

    python -m benchmarks.review_service --rows 1000000 --columns 50

Times are those that passed, in milliseconds, each of one request unless it says otherwise; the memory is that of the review's
process without the pages of mapped files, which the kernel takes back at need.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import polars as pl
import psutil

from benchmarks.review import STAGES, raw_column

CHUNK_ROWS = 50_000
HEADGATE = Path(sys.executable).with_name("headgate")
HOURS = 3600


def write_file(path: Path, rows: int, columns: int) -> None:
    """The table of `benchmarks.review` as CSV."""
    names = ["Id", *(f"Column {number}" for number in range(1, columns))]
    with path.open("wb") as file:
        for start in range(0, rows, CHUNK_ROWS):
            numbers = np.arange(start, min(rows, start + CHUNK_ROWS))
            chunk = pl.DataFrame([raw_column(number, numbers).alias(name) for number, name in enumerate(names)])
            chunk.write_csv(file, include_header=start == 0)


def schema_body(columns: int) -> dict[str, Any]:
    """The schema of the table, as it is sent; every import of it is reviewed."""
    fields: list[dict[str, Any]] = [{"label": "Id", "key": "c0", "validators": [{"validate": "unique"}]}]
    for number in range(1, columns):
        kind = ["string", "number", "date", "select", "email"][number % 5]
        field: dict[str, Any] = {"label": f"Column {number}", "key": f"c{number}", "type": kind}
        if kind == "select":
            field["selectOptions"] = [{"label": one.title(), "value": one} for one in STAGES]
        fields.append(field)
    settings = {"importIdentifier": "benchmark", "invalidDataBehavior": "BLOCK_SUBMIT"}
    return {"name": "benchmark", "fields": fields, "settings": settings}


@contextmanager
def served(data_dir: Path) -> Iterator[tuple[str, int]]:
    """The address of a service of its own on `data_dir`, and its process."""
    log = data_dir / "service.log"
    settings = {
        "HEADGATE_HOST": "127.0.0.1",
        "HEADGATE_PORT": "0",
        "HEADGATE_DATA_DIR": str(data_dir),
        "HEADGATE_RATE_LIMIT_RETRIEVE": "off",
    }
    with log.open("wb") as output:
        process = subprocess.Popen([HEADGATE, "serve"], stdout=output, stderr=output, env=os.environ | settings)
    try:
        yield _address(process, log), process.pid
    finally:
        process.terminate()
        process.wait(timeout=30)


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    while process.poll() is None:
        text = log.read_text(errors="replace")
        if "startup complete" in text and (found := re.search(r"serves at (\S+)", text)):
            return found.group(1)
        time.sleep(0.05)
    raise SystemExit(log.read_text(errors="replace"))


def imported(client: httpx.Client, file: Path, columns: int) -> dict[str, Any]:
    """The import of the file, once it waits for a person."""
    schema = client.post("schemas/", json=schema_body(columns)).raise_for_status().json()
    body = {"schema_id": schema["id"], "original_filename": file.name}
    made = client.post("headless/imports/", json=body).raise_for_status().json()
    with file.open("rb") as content:
        httpx.put(made["upload"], content=content, timeout=HOURS).raise_for_status()
    while True:
        state: dict[str, Any] = client.get(f"headless/imports/{made['id']}/").raise_for_status().json()
        if state["status"] == "NEEDS_REVIEW":
            return state
        if state["status"] in {"SUCCESSFUL", "FAILED"}:
            raise SystemExit(f"The import became {state['status']}: {state['import_errors']}")
        time.sleep(0.1)


class Browser:
    """Asks what the review page asks."""

    def __init__(self, address: str, state: dict[str, Any], service: int) -> None:
        token = state["review_url"].partition("#")[2]
        headers = {"Authorization": f"Bearer {token}", "X-Review-Author": "benchmark-browser"}
        url = f"{address}/api/v1/reviews/{state['id']}/"
        self._client = httpx.Client(base_url=url, headers=headers, timeout=HOURS)
        self._service = psutil.Process(service)

    def get(self, path: str) -> Any:
        """The answer of a GET."""
        return self._client.get(path).raise_for_status().json()

    def post(self, path: str, body: dict[str, Any]) -> Any:
        """The answer of a POST."""
        return self._client.post(path, json=body).raise_for_status().json()

    def rows(self, offset: int = 0, view: dict[str, Any] | None = None) -> Any:
        """A page of rows."""
        return self.post("rows/", {"view": view or {}, "offset": offset, "limit": 100})

    def change(self, **change: Any) -> Any:
        """Carry out a change."""
        return self.post("changes/", {"change": change, "id": uuid.uuid4().hex})

    def open(self) -> None:
        """From the link to the first rows."""
        while (state := self._client.get("")).status_code in {409, 503} or state.json()["preparing"]:
            time.sleep(0.02)
        if state.json()["step"] == "review":
            self.get("grid/")
            self.rows()

    def go_to_rows(self) -> None:
        """Through every step up to the rows, taking what is proposed."""
        self.post("advance/", {"to": "review"})
        self.open()

    def memory(self) -> float:
        """Megabytes that the largest process of a review holds itself."""
        found = [one.memory_info() for one in self._service.children(recursive=True)]
        return max((one.rss - one.shared for one in found), default=0) / 1e6


def timed(name: str, browser: Browser, work: Callable[[], Any]) -> Any:
    """Do it and say how long it took."""
    start = time.perf_counter()
    answer = work()
    took = (time.perf_counter() - start) * 1000
    print(f"{name:<44}{took:>10,.1f} ms{browser.memory():>10,.0f} MB", flush=True)
    return answer


def measure(browser: Browser, rows: int) -> None:
    """Look and change as people do."""
    timed("link opened, to its first answer or rows", browser, browser.open)
    timed("on to the rows", browser, browser.go_to_rows)
    timed("the page loaded again, to its first rows", browser, browser.open)
    page_at(browser, "page", rows, {})
    by_number = {"sort": [{"column": "c1", "descending": False}]}
    page = timed("sorted by a number", browser, partial(browser.rows, view=by_number))
    page_at(browser, "sorted, page", rows, {**by_number, "snapshot": page["snapshot"]})
    row = browser.rows(rows // 2)["rows"][0]["row"]
    edits = [("a unique cell, repeated", "c0", "id-5"), ("a unique cell", "c0", "new"), ("a number", "c1", "7")]
    for name, column, text in edits:
        cells = [{"row": row, "column": column, "text": text}]
        timed(f"edit: {name}", browser, partial(browser.change, kind="set_cells", cells=cells))
    timed("columns, groups of errors and summary after it", browser, partial(browser.get, "grid/"))
    timed("only errors", browser, partial(browser.rows, view={"only": "errors"}))
    timed("search in all columns", browser, partial(browser.rows, view={"search": "user12345"}))
    span = {"view": {}, "first": 0, "last": min(rows, 100_000) - 1, "columns": ["c3"]}
    timed("clear 100,000 cells", browser, partial(browser.change, kind="clear", range=span))
    timed("undo", browser, partial(browser.post, "undo/", {"id": uuid.uuid4().hex}))
    for name, column, find in [("a column", "c5", "row"), ("the unique column", "c0", "id-")]:
        replace = {"kind": "replace", "find": find, "replace": "other-", "columns": [column]}
        timed(f"replace in {name}", browser, partial(browser.change, **replace))


def page_at(browser: Browser, name: str, rows: int, view: dict[str, Any]) -> None:
    """Scroll to any position."""
    for share in (0.5, 0.25, 0.999, 0.1):
        timed(f"{name} at {share:.1%}", browser, partial(browser.rows, int(rows * share), view))


def main() -> None:
    """Write the file, run the service, import, review."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--columns", type=int, default=50)
    options = parser.parse_args()
    directory = Path(tempfile.mkdtemp(prefix="headgate-review-"))
    try:
        file = directory / "table.csv"
        write_file(file, options.rows, options.columns)
        key = subprocess.run(
            [HEADGATE, "keys", "create", "--name", "Benchmark", "--data-dir", directory],
            check=True, stdout=subprocess.PIPE, text=True,
        ).stdout.strip()  # fmt: skip
        with served(directory) as (address, process):
            client = httpx.Client(base_url=f"{address}/api/v1/", headers={"X-Dromo-License-Key": key}, timeout=HOURS)
            start = time.perf_counter()
            state = imported(client, file, options.columns)
            print(
                f"{file.stat().st_size / 1e6:,.0f} MB imported up to the review in {time.perf_counter() - start:,.1f} s"
            )
            measure(Browser(address, state, process), options.rows)
    finally:
        shutil.rmtree(directory, ignore_errors=True)


if __name__ == "__main__":
    main()
