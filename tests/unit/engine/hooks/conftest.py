"""Engines for the tests of hooks: always the real one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from headgate.engine.hooks.limits import HookLimits
from headgate.engine.hooks.pool import HookPool
from headgate.engine.hooks.process import HookProcess
from headgate.engine.hooks.rows import HookField
from headgate.engine.hooks.session import HookSession
from headgate.schema.hooks import Hooks
from tests.unit.engine.hooks.hook_tables import Runner, Start


@pytest.fixture(scope="session")
def pool() -> Iterator[HookPool]:
    with HookPool(2, HookLimits(call_seconds=10)) as pool:
        yield pool


@pytest.fixture
def start(pool: HookPool) -> Iterator[Start]:
    processes: list[HookProcess] = []

    def begin(hooks: dict[str, Any], *fields: str | HookField) -> Runner:
        process = pool.acquire()
        processes.append(process)
        wanted = [HookField(field, (field,)) if isinstance(field, str) else field for field in fields]
        session = HookSession(process, Hooks.model_validate(hooks), [field.key for field in wanted])
        if wanted:
            session.set_fields(wanted)
        return Runner(session, wanted)

    yield begin
    for process in processes:
        process.close()
