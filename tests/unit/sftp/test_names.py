"""Rules over names: expressions that cannot hang anything, names that lie, versions that are told apart."""

from __future__ import annotations

import time

import pytest

from headgate.sftp.names import Entry, RegexRefusedError, checked_regex, filename, matching, reason_to_leave, shown


def test_an_expression_is_searched_for_in_the_name() -> None:
    names = [b"orders-1.csv", b"ORDERS.CSV", b"my-orders-1.csv", "größe.csv".encode(), b"\xff.csv"]
    assert matching(None, names) == [True] * 5
    assert matching(r"^orders-\d+\.csv$", names) == [True, False, False, False, False]
    assert matching(r"(?i)\.csv$", names) == [True] * 5
    assert matching(r"ö", names) == [False, False, False, True, False]


@pytest.mark.parametrize(
    "pattern", ["(", "[", "a**b(", "(?=x)", "(?<!x)y", r"(a)\1", "((a{1000}){1000}){1000}", "x" * 1001]
)
def test_expressions_that_cannot_be_run_safely_are_refused(pattern: str) -> None:
    with pytest.raises(RegexRefusedError):
        checked_regex(pattern)


@pytest.mark.parametrize("pattern", [r"^(a+)+$", r"^(a|a)*$", r"(.*a){12}$", r"^([a-z]+)*\d$"])
def test_expressions_that_hang_other_engines_run_in_linear_time(pattern: str) -> None:
    checked_regex(pattern)
    began = time.process_time()
    matching(pattern, [b"a" * 1000 + b"!"] * 500)
    assert time.process_time() - began < 2


@pytest.mark.parametrize("name", [b"../etc/passwd", b"a/b", b"", b"a\0b.csv", b"x" * 2000])
def test_names_that_no_file_of_a_directory_can_have_are_never_asked_for(name: bytes) -> None:
    assert reason_to_leave(name) == "bad_name"


def test_a_version_is_path_size_and_time_of_change() -> None:
    versions = {
        Entry(name, size, changed).version(directory)
        for name, size, changed, directory in [
            (b"a.csv", 1, 2, "/in"), (b"b.csv", 1, 2, "/in"), (b"a.csv", 2, 2, "/in"), (b"a.csv", 1, 3, "/in"),
            (b"a.csv", 1, 2, "/out"), (b"a.csv", 12, 2, "/in"), (b"\xff.csv", 1, 2, "/in"), (b"\xfe.csv", 1, 2, "/in"),
        ]
    }  # fmt: skip
    assert len(versions) == 8
    assert Entry(b"a.csv", 1, 2).version("/in") == Entry(b"a.csv", 1, 2).version("/in/")


def test_names_are_shown_without_what_would_mislead() -> None:
    assert shown(b"a\x1b[31m\r\n.csv") == "a\ufffd[31m\ufffd\ufffd.csv"
    assert shown("a\u202ecsv.exe".encode()) == "a\ufffdcsv.exe"
    assert filename(b"..\\..\\x.csv") == ".._.._x.csv"
