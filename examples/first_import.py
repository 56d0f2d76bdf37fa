"""The first import, end to end: start headgate, import leads.csv through its HTTP API, show what came of it.

This is what `make run` runs. Everything that is kept lies in the data directory; a second run starts on the same data.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType
from typing import Any

import httpx
from rich import box
from rich.console import Console
from rich.table import Table

from headgate.client import Client, HeadgateError, Import, Schema

HERE = Path(__file__).parent
FILE = HERE / "leads.csv"
SCHEMA = HERE / "leads.schema.json"
HEADGATE = Path(sys.executable).with_name("headgate")
SECONDS_TO_START = 120

console = Console(width=None if sys.stdout.isatty() else 160)


def main() -> int:
    """Run the example; the exit code is the service's own."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--data-dir", type=Path, default=Path("data"))
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--once", action="store_true", help="stop after the import instead of serving on")
    arguments = parser.parse_args()
    data_dir: Path = arguments.data_dir.resolve()
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not port_is_free(arguments.host, arguments.port):
        console.print(f"Port {arguments.port} is in use. Choose another: make run PORT={arguments.port + 1}")
        return 1
    key = backend_key(data_dir)
    url = f"http://{arguments.host}:{arguments.port}"
    with Service(data_dir, arguments.host, arguments.port) as service:
        service.wait_until_ready(url)
        try:
            with Client(key, url) as client:
                import_the_example(client)
        except HeadgateError as error:
            console.print(f"[red]The example could not be imported.[/red] {error}\nThe service's log is {service.log}")
            return 1
        if arguments.once:
            return 0
        console.print(f"\n[bold]headgate is serving at {url}[/bold]  (Ctrl-C stops it)")
        console.print(f"  API key   {key}   (kept in {data_dir / 'example-key'})")
        console.print(f"  API docs  {url}/api/v1/docs")
        console.print(f"  Log       {service.log}")
        return service.run_until_stopped()


def port_is_free(host: str, port: int) -> bool:
    """Whether the service could listen there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def backend_key(data_dir: Path) -> str:
    """The example's key. headgate keeps only its hash, so the text is kept beside the data, for its owner's eyes."""
    kept = data_dir / "example-key"
    if kept.exists():
        return kept.read_text().strip()
    command: list[str | Path] = [HEADGATE, "keys", "create", "--name", "First import", "--data-dir", data_dir]
    key: str = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
    with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(f"{key}\n")
    return key


class Service:
    """`headgate serve` as a child of this process; its log goes to a file so that the tables stay readable."""

    def __init__(self, data_dir: Path, host: str, port: int) -> None:
        self.log = data_dir / "service.log"
        self._command: list[str | Path] = [
            HEADGATE,
            "serve",
            "--host",
            host,
            "--port",
            str(port),
            "--data-dir",
            data_dir,
        ]

    def __enter__(self) -> Service:
        signal.signal(signal.SIGTERM, _stop)
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(self._command, stdout=log, stderr=subprocess.STDOUT)
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def wait_until_ready(self, url: str) -> None:
        """Return when the API answers. Exits with the end of the log when it does not."""
        deadline = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                if httpx.get(f"{url}/api/v1/openapi.json", timeout=5).is_success:
                    return
            except httpx.TransportError:
                time.sleep(0.1)
        console.print("headgate did not start. The end of its log:", *_last_lines(self.log, 15), sep="\n")
        raise SystemExit(1)

    def run_until_stopped(self) -> int:
        """Wait for the service to end."""
        return self._process.wait()


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _last_lines(path: Path, count: int) -> list[str]:
    return path.read_text(errors="replace").splitlines()[-count:]


def import_the_example(client: Client) -> None:
    """Import the file and print the clean rows, the decisions and the rejected cells."""
    schema = saved_schema(client)
    console.rule(f"Importing {FILE.name} with the schema “{schema.name}”")
    done = client.import_file(FILE, schema_id=schema.id, timeout=120)
    show_rows(list(client.rows(done)))
    show_decisions(done)
    show_rejected(done)


def saved_schema(client: Client) -> Schema:
    """The example's schema, saved by the first run."""
    document = json.loads(SCHEMA.read_text(encoding="utf-8"))
    for schema in client.list_schemas():
        if schema.name == document["name"]:
            return schema
    return client.create_schema(document["name"], document["fields"], document["settings"])


def titled(title: str) -> Table:
    """An empty table."""
    return Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD)


def show_rows(rows: list[dict[str, Any]]) -> None:
    """The clean rows."""
    table = titled(f"{len(rows)} clean rows")
    for key in rows[0] if rows else ():
        table.add_column(key, overflow="fold")
    for row in rows:
        table.add_row(*("" if value is None else str(value) for value in row.values()))
    console.print(table)


def show_decisions(done: Import) -> None:
    """How the file was read and which column became which field."""
    decisions = done.decisions
    file, header, counts = decisions["file"], decisions["header"], decisions["rows"]
    table = titled("What was decided")
    for title in ("column", "field", "how", "confidence"):
        table.add_column(title)
    for column in decisions["columns"]:
        if column["field"] is None:
            table.add_row(column["header"], "[dim]not imported[/dim]", "", "")
        else:
            table.add_row(column["header"], column["field"], column["method"], f"{column['confidence']:.2f}")
    console.print(table)
    console.print(
        f"File: {file['format']}, {file['encoding']}, delimiter {file['delimiter']!r}. "
        f"Header: row {header['row'] + 1} of the file. "
        f"Rows: {counts['read']} read, {counts['invalid']} rejected, {counts['delivered']} delivered."
    )
    for entry in decisions["types"]:
        proved = ", ".join(f"{name} = {value}" for name, value in entry.items() if name not in {"field", "evidence"})
        if proved:
            console.print(f"The column of {entry['field']} proves: {proved}")
    for value in decisions["values"]:
        if value["option"] is not None and value["method"] != "exact":
            console.print(f"“{value['value']}” in {value['field']} is the option {value['option']} ({value['method']})")
    for fix in decisions["autofixes"]:
        console.print(f"Changed in {fix['field']}: {fix['count']} × {fix['code']}")


def show_rejected(done: Import) -> None:
    """Every cell that kept its row out of the result."""
    table = titled("What was rejected")
    for title in ("row of the file", "field", "value", "why"):
        table.add_column(title, overflow="fold")
    for error in done.row_errors:
        value = error["value"]
        table.add_row(str(error["sourceRow"]), error["fieldKey"], "" if value is None else str(value), error["message"])
    console.print(table)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        console.print("\nStopped.")
