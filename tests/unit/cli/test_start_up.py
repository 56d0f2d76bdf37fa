"""Commands import what they need only."""

from __future__ import annotations

import subprocess
import sys

HEAVY = {"fastapi", "sqlalchemy", "uvicorn", "polars"}


def test_the_command_line_itself_imports_nothing_heavy() -> None:
    code = "import headgate.cli, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not HEAVY & set(done.stdout.split())


def test_a_worker_imports_nothing_of_the_server() -> None:
    code = "import headgate.imports.worker, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not (HEAVY - {"polars"}) & set(done.stdout.split())


def test_keys_are_made_without_the_server() -> None:
    code = "import headgate.accounts.service, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"fastapi", "uvicorn", "polars"} & set(done.stdout.split())


def test_an_import_without_hooks_hosts_or_workbooks_loads_none_of_their_libraries() -> None:
    code = (
        "import headgate, sys; "
        "schema = {'fields': [{'label': 'a', 'key': 'a'}, {'label': 'b', 'key': 'b', 'type': 'number'}]}; "
        "assert headgate.import_file(b'a,b\\nx,1\\n', schema).status == 'SUCCESSFUL'; print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    rare = {"httpx", "requests", "tldextract", "tree_sitter", "xlsxwriter", "msoffcrypto", "rich", "pyarrow.compute"}
    assert not rare & set(done.stdout.split())
