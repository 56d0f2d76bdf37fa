"""Where the service and the engine meet."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

import psutil
import pytest

from headgate.imports import engine
from headgate.imports.worker import HelperKilledError, HookSettings, RunJob

FIELDS = [{"label": "Name", "key": "name"}]


def job(folder: Path, hook: str) -> RunJob:
    source = folder / "source"
    source.write_text("name\nAda\n")
    document: dict[str, Any] = {"fields": FIELDS, "settings": {}, "hooks": {"rowHooks": [hook]}}
    return RunJob("id", source, "file", document, "a.csv", None, None, folder / "work", HookSettings(call_seconds=60))


def kill_the_busy_hook_process() -> None:
    """The one that has used the processor for a while; the other waits for the next import."""
    while True:
        for child in psutil.Process().children():
            if "deno" in child.name() and sum(child.cpu_times()[:2]) > 1:
                child.kill()
                return
        time.sleep(0.05)


def test_an_import_whose_hook_process_was_killed_is_not_failed_for_it(tmp_path: Path) -> None:
    endless = job(tmp_path, "(r) => { for (;;); }")
    endless.workdir.mkdir()
    killer = threading.Thread(target=kill_the_busy_hook_process)
    killer.start()
    with pytest.raises(HelperKilledError):
        engine.run(endless, lambda *_: None)
    killer.join()


def test_a_hook_that_throws_fails_its_import(tmp_path: Path) -> None:
    throwing = job(tmp_path, "(r) => { throw new Error('no'); }")
    throwing.workdir.mkdir()
    result = engine.run(throwing, lambda *_: None)
    assert result.errors is not None
    assert (result.status, result.errors[0]["code"]) == ("FAILED", "hook_failed")


def test_a_schema_is_parsed_once_as_long_as_nothing_in_it_differs(tmp_path: Path) -> None:
    def schema(limit: float) -> Any:
        field = {"label": "Age", "key": "age", "type": ["number", {"min": limit}]}
        document = {"fields": [field], "settings": {}, "hooks": {}}
        run = RunJob("id", tmp_path / "source", "file", document, "a.csv", None, None, tmp_path)
        return engine.request_of(run, lambda *_: None).schema

    assert schema(1) is schema(1)
    assert schema(2) is not schema(1)
    assert schema(2).fields[0].type.min == 2
    assert schema(1).fields[0].type.min == 1
