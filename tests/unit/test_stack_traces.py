"""Where an exception came from is told; what it says is not."""

from __future__ import annotations

import errno
import sqlite3

import pytest

from headgate.stack_traces import stack_of

CELL = "ada@example.com"


def _read(cell: str) -> None:
    try:
        int(cell)
    except ValueError as error:
        raise LookupError(f"no number in {cell}") from error


def _caught(cell: str) -> BaseException:
    with pytest.raises(LookupError) as raised:
        _read(cell)
    return raised.value


def test_frames_and_classes_of_the_whole_chain_stand_in_it_and_no_message() -> None:
    text = stack_of(_caught(CELL))
    assert text.index("builtins.ValueError") < text.index("builtins.LookupError")
    assert "in _read" in text
    assert CELL not in text


def test_what_was_raised_together_is_told_together() -> None:
    text = stack_of(ExceptionGroup(CELL, [_caught(CELL), KeyError(CELL)]))
    assert "  | builtins.KeyError" in text
    assert "  | builtins.LookupError" in text
    assert CELL not in text


def test_errors_of_the_system_and_of_databases_are_known_by_their_numbers() -> None:
    assert stack_of(OSError(errno.ENOSPC, CELL, CELL)).endswith("OSError (ENOSPC)")
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE t (a TEXT UNIQUE)")
    with pytest.raises(sqlite3.IntegrityError) as raised:
        connection.executemany("INSERT INTO t VALUES (?)", [[CELL], [CELL]])
    connection.close()
    assert stack_of(raised.value).endswith("IntegrityError (SQLITE_CONSTRAINT_UNIQUE)")


def test_a_chain_that_leads_back_to_itself_ends() -> None:
    first, second = KeyError(), KeyError()
    first.__cause__, second.__cause__ = second, first
    assert stack_of(first).count("KeyError") == 2
