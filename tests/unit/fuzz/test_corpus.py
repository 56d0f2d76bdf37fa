"""Every input that the fuzzers begin with, and every one that once broke something, through its harness without a fuzzer."""

from __future__ import annotations

import pytest

from tests.fuzz.catalogue import HARNESSES
from tests.fuzz.harness import CORPUS, Harness, TooSlowError


def inputs() -> list[tuple[str, str, bytes]]:
    made = [(name, f"seed {n}", seed) for name, one in HARNESSES.items() for n, seed in enumerate(one.seeds())]
    kept = [(name, path.name, path.read_bytes()) for name, one in HARNESSES.items() for path in one.corpus()]
    return made + kept


@pytest.mark.parametrize(
    ("name", "content"), [pytest.param(name, data, id=f"{name} {which}") for name, which, data in inputs()]
)
def test_no_kept_input_breaks_a_promise(name: str, content: bytes) -> None:
    HARNESSES[name].run(content)


@pytest.mark.parametrize("name", [name for name, one in HARNESSES.items() if one.group == "cells"])
def test_every_choice_of_a_harness_of_cells_is_one_that_schemas_have(name: str) -> None:
    for choice in range(8):
        HARNESSES[name].run(bytes([choice, choice % 3]) + b"1\n")


def test_every_folder_of_the_corpus_belongs_to_a_harness() -> None:
    assert {path.name for path in CORPUS.iterdir()} <= HARNESSES.keys()


def test_every_harness_has_something_to_begin_with() -> None:
    assert [name for name, one in HARNESSES.items() if not [*one.seeds(), *one.corpus()]] == []


def test_a_harness_that_breaks_or_takes_too_long_says_so() -> None:
    def busy(_data: bytes) -> None:
        for _ in range(200_000):
            pass

    with pytest.raises(TooSlowError):
        Harness("slow", "x", busy, seconds=0.0001).run(b"x")
    with pytest.raises(ZeroDivisionError):
        Harness("broken", "x", lambda data: 1 // len(data)).run(b"")
