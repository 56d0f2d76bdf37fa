"""Regular expressions: JavaScript's semantics, checked against Node, and no pattern that hangs an import."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headgate.engine.errors import ImportFailedError
from headgate.engine.types.base import FEW_CELLS
from headgate.engine.validators import build_validators
from headgate.engine.validators.regex import _contain
from headgate.engine.validators.regex_translation import translate
from headgate.engine.validators.regex_worker import RegexRefusedError, RegexTooSlowError, RegexWorker
from headgate.schema import parse_schema
from headgate.schema.validators import RegexOptions
from tests.unit.engine.validators.validator_batches import FAILED, batch, failing_rows, findings, validators_of

VECTORS = Path(__file__).parents[3] / "vectors" / "javascript-regexp" / "vectors.json"
OPTION_OF_FLAG = {"i": "ignoreCase", "m": "multiline", "s": "dotAll", "u": "unicode"}


@cache
def vectors() -> tuple[list[str], list[tuple[str, str, list[bool]]]]:
    loaded = json.loads(VECTORS.read_text(encoding="utf-8"))
    return loaded["texts"], [
        (pattern, flags, [bit == "1" for bit in bits]) for pattern, flags, bits in loaded["patterns"]
    ]


def regex_options(flags: str) -> RegexOptions:
    return RegexOptions.model_validate({OPTION_OF_FLAG[flag]: True for flag in flags})


@pytest.fixture(scope="module")
def worker() -> Iterator[RegexWorker]:
    worker = RegexWorker()
    yield worker
    worker.close()


def test_translated_patterns_find_what_node_finds() -> None:
    texts, patterns = vectors()
    series = pl.Series(texts)
    translated = 0
    for pattern, flags, found in patterns:
        translation = translate(pattern, regex_options(flags))
        if translation is None:
            continue
        translated += 1
        got = series.str.contains(translation.pattern).to_list()
        for text, actual, expected in zip(texts, got, found, strict=True):
            if translation.ascii_only and not text.isascii():
                continue
            if translation.bmp_only and max(map(ord, text)) > 0xFFFF:
                continue
            assert actual == expected, (pattern, flags, text)
    assert translated > len(patterns) // 2


def test_the_worker_finds_what_node_finds(worker: RegexWorker) -> None:
    texts, patterns = vectors()
    series = pl.Series(texts)
    for pattern, flags, found in patterns:
        assert worker.search(pattern, flags, series).to_list() == found, (pattern, flags)


def test_validators_find_what_node_finds() -> None:
    texts, patterns = vectors()
    texts_with_ink = [text for text in texts if text.strip("\ufeff").strip()]
    for pattern, flags, found in patterns[::60]:
        rules = [
            {"validate": name, "regex": pattern, "regexOptions": {OPTION_OF_FLAG[flag]: True for flag in flags}}
            for name in ("regex_match", "regex_exclude")
        ]
        expected = [hit for text, hit in zip(texts, found, strict=True) if text in texts_with_ink]
        matching, excluding = (
            failing_rows(validators_of(a=[rule]), batch(a=texts_with_ink)).get("a", []) for rule in rules
        )
        assert matching == [row for row, hit in enumerate(expected) if not hit], (pattern, flags)
        assert excluding == [row for row, hit in enumerate(expected) if hit], (pattern, flags)


@pytest.mark.parametrize(
    ("pattern", "flags"),
    [
        (r"(?=a)", ""), (r"(?<!a)b", ""), (r"(a)\1", ""), (r"\k<a>(?<a>b)", ""), (r"\p{L}", "u"), (r"\B", ""),
        (r"^a", "m"), (r"a$", "m"), (r"[]", ""), (r"[^]", ""), (r"\cA", ""), (r"a{,3}", ""), (r"a]", ""),
        (r"\u{41}", ""), (r"\ud83d", ""), ("😀", ""), (r"\07", ""), ("é", "i"), (r"\u017f", "i"),
        (r"[\u0100-\u01ff]", "i"), (r"\W", "i"), (r"[\W]", "iu"), (r"[\d-x]", ""), (r"a{9999}", ""),
        (r"(?:(?:a{900}){900}){900}", ""),
    ],
)  # fmt: skip
def test_what_might_differ_is_left_to_a_javascript_engine(pattern: str, flags: str) -> None:
    assert translate(pattern, regex_options(flags)) is None


ATOMS = st.sampled_from(
    [
        "a",
        "b",
        ".",
        r"\d",
        r"\w",
        r"\s",
        "[a-c]",
        "[^a]",
        r"[\w-]",
        "(?:ab|a)",
        "(b|c)",
        "^",
        "$",
        r"\b",
        " ",
        "_",
        "-",
        "é",
    ]
)
REPETITIONS = st.sampled_from(["", "", "", "*", "+", "?", "{2}", "{1,2}", "+?", "{0,}"])
PATTERNS = st.lists(st.tuples(ATOMS, REPETITIONS), min_size=1, max_size=5).map(
    lambda parts: "".join(atom + (repetition if atom not in {"^", "$", r"\b"} else "") for atom, repetition in parts)
)


@given(
    PATTERNS,
    st.sampled_from(["", "i", "s", "u"]),
    st.lists(st.text(alphabet="abcdé_- 1\n\r\u2028\u00a0😀", max_size=6), min_size=1),
)
def test_translation_and_javascript_agree(worker: RegexWorker, pattern: str, flags: str, texts: list[str]) -> None:
    translation = translate(pattern, regex_options(flags))
    if translation is None:
        return
    decided = [
        text
        for text in texts
        if not (translation.ascii_only and not text.isascii()) and not (translation.bmp_only and "😀" in text)
    ]
    series = pl.Series(decided, dtype=pl.String)
    assert series.str.contains(translation.pattern).to_list() == worker.search(pattern, flags, series).to_list()


def test_empty_cells_and_failed_ones_pass() -> None:
    cells = [None, "", " ", FAILED, "x"]
    assert failing_rows(validators_of(a=[{"validate": "regex_match", "regex": "^y$"}]), batch(a=cells)) == {"a": [4]}
    assert failing_rows(validators_of(a=[{"validate": "regex_exclude", "regex": ""}]), batch(a=cells)) == {"a": [4]}


def test_characters_beyond_the_basic_plane_are_two_without_the_unicode_flag() -> None:
    rule = {"validate": "regex_match", "regex": "^.$"}
    assert failing_rows(validators_of(a=[rule]), batch(a=["😀", "a", "é"])) == {"a": [0]}
    assert failing_rows(validators_of(a=[{**rule, "regexOptions": {"unicode": True}}]), batch(a=["😀", "a", "é"])) == {}


@pytest.mark.parametrize("pattern", [r"(a+)+$", r"^(a|a)*$", r"^(\w+\s?)*$"])
def test_patterns_that_explode_elsewhere_are_linear_when_translated(pattern: str) -> None:
    started = time.monotonic()
    found = failing_rows(
        validators_of(a=[{"validate": "regex_match", "regex": pattern}]), batch(a=["a" * 40 + "!"] * 100)
    )
    assert found == {"a": list(range(100))}
    assert time.monotonic() - started < 10


def test_a_catastrophic_pattern_fails_the_import_in_time_and_leaves_no_process() -> None:
    fields = [{"label": "A", "key": "a", "validators": [{"validate": "regex_match", "regex": "^(?=(a+)+$)"}]}]
    validators = build_validators(parse_schema(fields).fields, regex_time_limit=0.5)
    before = {child.pid for child in psutil.Process().children()}
    started = time.monotonic()
    with pytest.raises(ImportFailedError) as caught:
        findings(validators, batch(a=["a" * 40 + "!"]))
    assert time.monotonic() - started < 30
    assert caught.value.code == "regex_too_slow"
    assert caught.value.context == {"field": "a"}
    assert "^(?=(a+)+$)" in caught.value.message
    assert {child.pid for child in psutil.Process().children()} <= before


def test_the_worker_answers_again_after_it_was_killed() -> None:
    worker = RegexWorker(time_limit=0.5)
    with pytest.raises(RegexTooSlowError):
        worker.search("^(a+)+$", "", pl.Series(["a" * 40 + "!"]))
    assert worker.search("b", "", pl.Series(["abc"])).to_list() == [True]
    worker.close()


def test_a_process_that_waits_for_its_turn_is_not_taken_for_a_slow_pattern() -> None:
    worker = RegexWorker(time_limit=0.2)
    worker.search("a", "", pl.Series(["a"]))
    process = worker._process
    assert process is not None
    os.kill(process.pid, signal.SIGSTOP)
    resume = threading.Timer(0.8, os.kill, (process.pid, signal.SIGCONT))
    resume.start()
    assert worker.search("a", "", pl.Series(["a"])).to_list() == [True]
    resume.join()
    worker.close()


def test_a_pattern_that_v8_refuses_is_told_apart_from_a_slow_one(worker: RegexWorker) -> None:
    with pytest.raises(RegexRefusedError, match="Unterminated group"):
        worker.search("(", "", pl.Series(["a"]))
    assert worker.search("a", "", pl.Series(["a"])).to_list() == [True]


def test_many_and_large_texts_are_split_over_requests(worker: RegexWorker) -> None:
    texts = pl.Series([str(number) for number in range(20_000)] + ["x" * 3_000_000, "y"])
    found = worker.search("(?=9)9$|x$", "", texts)
    assert found.sum() == 2001
    assert found.to_list()[-2:] == [True, False]


def test_no_texts_need_no_process() -> None:
    worker = RegexWorker()
    assert worker.search("a", "", pl.Series([], dtype=pl.String)).to_list() == []
    assert worker._process is None


def test_the_process_ends_with_the_one_that_started_it() -> None:
    worker = RegexWorker()
    worker.search("a", "", pl.Series(["a"]))
    process = worker._process
    assert process is not None
    assert process.stdin is not None
    # The pattern runs for ever; then the writing end of the input goes away, as it does when the parent is killed.
    os.set_blocking(process.stdin.fileno(), True)
    os.write(process.stdin.fileno(), json.dumps(["^(a+)+$", "", ["a" * 60 + "!"]]).encode() + b"\n")
    process.stdin.close()
    assert process.wait(timeout=10) == 0
    worker.close()


def test_a_closed_set_of_validators_leaves_no_process() -> None:
    validators = validators_of(a=[{"validate": "regex_match", "regex": "(?=x)"}])
    before = {child.pid for child in psutil.Process().children()}
    findings(validators, batch(a=["x"]))
    assert {child.pid for child in psutil.Process().children()} <= before


def any_rule(**keys: Any) -> list[dict[str, Any]]:
    return [{"validate": "regex_match", "regex": "x", **keys}]


def test_findings_carry_level_and_message() -> None:
    (found,) = findings(
        validators_of(a=any_rule(level="warning"), b=any_rule(errorMessage="Only x.")), batch(a=["y"], b=["y"])
    )
    assert [(finding.code, finding.level, finding.message) for finding in found] == [
        ("regex_match", "warning", "Does not have the expected form."),
        ("regex_match", "error", "Only x."),
    ]


@pytest.mark.parametrize(
    ("pattern", "flags", "literal"),
    [
        ("do not", "", "do not"),
        ("Ä", "", "Ä"),
        ("a", "i", None),
        ("a.b", "", None),
        ("^a", "", None),
        ("a|b", "", None),
    ],
)
def test_a_pattern_without_signs_is_looked_for_as_text(pattern: str, flags: str, literal: str | None) -> None:
    translation = translate(pattern, regex_options(flags))
    assert translation is not None
    assert translation.literal == literal


@given(
    st.text("ab-\U0001f600\n", max_size=3), st.lists(st.none() | st.text("ab-\U0001f600\n", max_size=6), max_size=20)
)
def test_few_texts_have_what_a_query_finds_in_many(wanted: str, texts: list[str | None]) -> None:
    translation = translate(wanted, RegexOptions(unicode=True))
    assert translation is not None
    assert translation.literal == wanted
    many = pl.Series([*texts, *[None] * FEW_CELLS, ""], dtype=pl.String)
    few = pl.Series(texts, dtype=pl.String)
    assert _contain(few, translation).to_list() == _contain(many, translation).to_list()[: len(texts)]
