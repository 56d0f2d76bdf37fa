"""Processes load what they need only. Nothing here takes the time: `python -m benchmarks.startup` does."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
from pathlib import Path

import pytest

import headgate.engine.types
from headgate.engine.types.compiling import compile_tables
from headgate.engine.types.registry import FIELD_TYPES
from headgate.loading import loading

ENGINE = {
    "chardet": "guesses encodings, in workers",
    "headgate.engine.pipeline": "the server never runs an import",
    "numpy": "of the engine",
    "phonenumbers": "of the engine's field types",
    "polars": "of the engine",
    "pyarrow": "of the engine",
    "python_calamine": "reads workbooks, in workers",
    "rapidfuzz": "of the engine's matching",
    "tldextract": "of the engine's field types",
    "xlsxwriter": "writes workbooks, in workers",
}
SERVER = {
    "alembic": "moves tables, which most starts find as they must be",
    "argon2": "hashes passwords, when somebody signs in",
    "fastapi": "answers requests",
    "headgate.server": "answers requests",
    "sqlalchemy": "keeps what the service knows",
    "structlog": "writes the service's log",
    "uvicorn": "listens",
}
RARE = {
    "asyncio": "of servers and of fetch",
    "chardet": "for texts that are no UTF-8",
    "pycountry": "for tables that are compiled already",
    "httpx": "for hooks that fetch",
    "msoffcrypto": "for workbooks that cannot be read as they stand",
    "openpyxl": "of tests",
    "phonenumbers": "for tables that are compiled already",
    "pyarrow.compute": "a hundred modules for a few of its functions",
    "requests": "of tldextract, and never used",
    "rich": "for progress bars on a terminal",
    "sqlglot": "for schemas that are CREATE TABLE statements",
    "tldextract": "for tables that are compiled already",
    "tree_sitter": "for schemas with hooks",
    "xlsxwriter": "for results that are workbooks",
}


def loaded(code: str, *arguments: str) -> set[str]:
    """The modules that a new process has loaded after `code`."""
    ending = "\nimport sys; sys.stdout.write('\\n' + ' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code + ending, *arguments], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


def test_the_command_line_itself_imports_nothing_heavy() -> None:
    unwanted = ENGINE | SERVER | RARE | {"pydantic": "of schemas"}
    assert not unwanted.keys() & loaded("import headgate.cli.app")


def test_processes_that_a_command_starts_import_no_command() -> None:
    assert not {"typer", "headgate.cli.app"} & loaded("import headgate.cli")


def test_a_worker_imports_nothing_of_the_server() -> None:
    assert not SERVER.keys() & loaded("import headgate.imports.worker")


def test_a_worker_that_is_ready_has_neither_the_server_nor_what_few_imports_need() -> None:
    found = loaded("import headgate.imports.worker, headgate.imports.engine")
    assert found >= {"babel.numbers", "numpy", "polars", "pyarrow.parquet", "rapidfuzz.distance.OSA"}
    assert not found.intersection(SERVER | RARE | {"headgate.engine.review.session": "of reviews"})
    of_types = Path(headgate.engine.types.__file__ or "").parent.glob("[a-z]*.py")
    assert {f"headgate.engine.types.{path.stem}" for path in of_types} - found == {"headgate.engine.types.compiling"}


def test_the_process_that_reads_a_workbook_loads_no_other_part_of_the_engine() -> None:
    found = loaded("import headgate.engine.read.workbook_child")
    assert "python_calamine" in found
    other = {
        "polars",
        "headgate.engine.read.formats",
        "headgate.engine.types",
        "headgate.schema",
        "numpy",
        "pyarrow",
        "rapidfuzz",
    }
    assert not found.intersection({*SERVER, *RARE, *other})


def test_keys_are_made_without_the_server() -> None:
    assert not (ENGINE | {"fastapi": "", "uvicorn": ""}).keys() & loaded("import headgate.accounts.service")


def test_the_server_imports_nothing_of_the_engine() -> None:
    found = loaded("import headgate.server.run")
    assert {"fastapi", "sqlalchemy"} <= found
    extras = {"headgate.reviews.semantic", "onnxruntime", "opentelemetry.sdk", "tokenizers"}
    assert not found.intersection({*ENGINE, *extras, "alembic", "botocore", "obstore", "openpyxl", "sqlglot"})


def loaded_by_import(folder: Path, cell: str, type_name: str) -> set[str]:
    """The modules that the command has loaded when a file with two cells, a needed one and one of that type, has been imported."""
    table, schema, result = folder / "x.csv", folder / "schema.json", folder / "rows.json"
    table.write_text(f"a,b\nx,{cell}\n")
    needed = [{"validate": "required"}]
    fields = [{"label": "a", "key": "a", "validators": needed}, {"label": "b", "key": "b", "type": type_name}]
    schema.write_text(json.dumps({"fields": fields}))
    code = """
import atexit, sys
from headgate.cli import main
atexit.register(lambda: sys.stdout.write("\\n" + " ".join(sys.modules)))
main()
"""
    words = ["import", str(table), "--schema", str(schema), "--output", str(result)]
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=True)
    assert str(json.loads(result.read_text())[0]["b"]) == cell
    return set(done.stdout.splitlines()[-1].split())


def test_an_import_without_hooks_hosts_or_workbooks_loads_none_of_their_libraries(tmp_path: Path) -> None:
    found = loaded_by_import(tmp_path, "1", "number")
    assert not found.intersection(SERVER | RARE | {"typer": "for lines that are not understood at once"})
    assert "headgate.engine.read.delimited_format" in found
    other = {"fastexcel", "defusedxml", "headgate.engine.read.html_format", "headgate.engine.types.date"}
    other |= {"headgate.engine.types.date_reading", "headgate.engine.types.phone_number"}
    assert not found.intersection(other), "what other formats and types need"


CELLS = {
    "checkbox": "True",
    "country": "DE",
    "date": "2024-03-21",
    "datetime": "2024-03-21T10:30",
    "domain": "www.example.co.uk",
    "email": "ada@example.com",
    "number": "1.5",
    "phone-number": "+12125550123",
    "ssn": "123456789",
    "string": "x",
    "time": "10:30",
    "url": "https://example.com/",
    "us-state-territory": "TX",
    "us-zip-code": "02134",
    "uuid": "123e4567-e89b-12d3-a456-426614174000",
}


@pytest.mark.parametrize(("type_name", "cell"), CELLS.items())
def test_a_few_cells_are_looked_at_without_what_takes_longer_to_load(tmp_path: Path, type_name: str, cell: str) -> None:
    compile_tables()  # for which libraries are loaded once
    found = loaded_by_import(tmp_path, cell, type_name)
    assert not {"numpy", "pyarrow", "rapidfuzz", *RARE} & found


def test_every_type_of_single_texts_is_among_them() -> None:
    assert CELLS.keys() == FIELD_TYPES.keys() - {"multi-select", "select"}


def test_types_that_are_prepared_have_loaded_what_long_columns_need() -> None:
    code = """
from headgate.engine.types.registry import prepare_types
from headgate.schema import parse_schema
types = ["date", "domain", "number", ["phone-number", {"country": "US"}], "us-zip-code"]
prepare_types(parse_schema([{"label": str(n), "key": str(n), "type": t} for n, t in enumerate(types)]).fields, "en")
"""
    modules = ("date_fast", "domain_columns", "number_fast", "phone_columns", "text_shapes")
    assert {"numpy", *(f"headgate.engine.types.{name}" for name in modules)} <= loaded(code)


def test_nothing_is_collected_while_modules_are_loaded_and_everything_is_afterwards() -> None:
    code = """
import gc
from headgate.loading import loading
with loading():
    with loading():
        assert not gc.isenabled()
    assert not gc.isenabled()
assert gc.isenabled()
assert gc.get_freeze_count() > 0
"""
    loaded(code)


def test_a_module_that_cannot_be_loaded_leaves_collections_on() -> None:
    with pytest.raises(ModuleNotFoundError), loading():
        import headgate.no_such_module  # type: ignore[import-not-found]  # noqa: F401 - that it is missing is the point
    assert gc.isenabled()


def test_nobody_who_sets_the_threads_of_blas_is_overruled(monkeypatch: pytest.MonkeyPatch) -> None:
    code = (
        "import os; from headgate.loading import loading\nwith loading(): assert os.environ['OPENBLAS_NUM_THREADS'] == "
    )
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    loaded(f"{code}'1'")
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "3")
    loaded(f"{code}'3'")
