"""Automata over digits say of every text what the regular expressions say, for every numbering plan of the world."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headgate.engine.types.cell_bytes import Bytes
from headgate.engine.types.digit_automaton import DigitAutomaton, UnknownPatternError, alternatives, fixed_width
from headgate.engine.types.phone_plans import Plan, calling_codes, plans_of
from headgate.engine.types.phone_rules import rules_of

PATTERNS = (
    r"[2-9]\d{9}|3\d{6}",
    r"1?(?:[04]|2[13-5]){1,3}",
    r"(?:0|00)[\d]*5+",
    "",
    r"\d{3,}",
    r"8(?:00|33|44)(?:5|6)?",
)
BEGINNINGS = (r"0|180020", r"([457]\d{6})$|1", r"00(?:1[24]|2)?")


def by_length(texts: Iterable[str]) -> Iterator[tuple[list[str], Bytes]]:
    """The texts of each length, with the table of their digits."""
    for length, alike in groupby(sorted(texts, key=len), len):
        several = list(alike)
        yield several, np.frombuffer("".join(several).encode(), np.uint8).reshape(len(several), length)


def said_by_regex(text: str, patterns: Sequence[str], beginnings: Sequence[str]) -> int:
    found = [re.fullmatch(pattern, text) for pattern in patterns]
    found += [re.match(pattern, text) for pattern in beginnings]
    return sum(1 << bit for bit, match in enumerate(found) if match)


def plans() -> Iterator[Plan]:
    for code in sorted(calling_codes()):
        yield from plans_of(code)


@given(st.lists(st.text("0123456789", max_size=14)))
def test_an_automaton_matches_what_the_expressions_match(texts: list[str]) -> None:
    automaton = DigitAutomaton(PATTERNS, BEGINNINGS)
    for alike, digits in by_length(texts):
        found = automaton.matches(digits).tolist()
        assert found == [said_by_regex(text, PATTERNS, BEGINNINGS) for text in alike]


def test_every_numbering_plan_has_an_automaton_that_agrees_with_its_patterns() -> None:
    for plan in plans():
        rules = rules_of(plan)
        assert rules is not None, plan.region
        example = plan.example() or "12345678"
        texts = [example, f"0{example}", f"00{example}", example[:-1], f"{example}0"]
        texts += [example[:at] + digit + example[at + 1 :] for at in range(4) for digit in "0159"]
        for alike, digits in by_length(texts):
            said, length = rules.automaton.matches(digits), len(alike[0])
            assert rules.valid(said, length).tolist() == [plan.is_valid(text) for text in alike], plan.region
            assert rules.claims(said, length).tolist() == [plan.claims(text) for text in alike], plan.region
            assert rules.says(said, rules.general).tolist() == [plan.fits(text) for text in alike], plan.region


@pytest.mark.parametrize("pattern", ["(?=1)2", "a", "1(2", "1)2", "*", "[1-a]", "1$2(3$)"])
def test_an_expression_of_another_kind_is_refused(pattern: str) -> None:
    with pytest.raises(UnknownPatternError):
        DigitAutomaton([pattern])


def test_a_prefix_has_a_width_where_all_its_matches_have_the_same() -> None:
    assert [fixed_width(pattern) for pattern in ("0", "180020", "[08]1", "(?:12|34)", "80?", "0|180020")] == [
        1, 6, 2, 2, None, None,
    ]  # fmt: skip
    assert alternatives("0|1(?:2|3)|[45]") == ["0", "1(?:2|3)", "[45]"]
