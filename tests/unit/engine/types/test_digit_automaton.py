"""Automata over digits say of every text what the regular expressions say, for every numbering plan of the world."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headgate.engine.types.digit_automaton import DigitAutomaton, Digits, UnknownPatternError, alternatives, fixed_width
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


def digits_of(texts: Sequence[str]) -> Digits:
    lengths = np.array([len(text) for text in texts], np.int64)
    return Digits(np.frombuffer("".join(texts).encode(), np.uint8), np.cumsum(lengths) - lengths, lengths)


def said_by_regex(text: str, patterns: Sequence[str], beginnings: Sequence[str]) -> int:
    found = [re.fullmatch(pattern, text) for pattern in patterns]
    found += [re.match(pattern, text) for pattern in beginnings]
    return sum(1 << bit for bit, match in enumerate(found) if match)


def plans() -> Iterator[Plan]:
    for code in sorted(calling_codes()):
        yield from plans_of(code)


@given(st.lists(st.text("0123456789", max_size=14)))
def test_an_automaton_matches_what_the_expressions_match(texts: list[str]) -> None:
    found = DigitAutomaton(PATTERNS, BEGINNINGS).matches(digits_of(texts)).tolist()
    assert found == [said_by_regex(text, PATTERNS, BEGINNINGS) for text in texts]


def test_every_numbering_plan_has_an_automaton_that_agrees_with_its_patterns() -> None:
    for plan in plans():
        rules = rules_of(plan)
        assert rules is not None, plan.region
        example = plan.example() or "12345678"
        texts = [example, f"0{example}", f"00{example}", example[:-1], f"{example}0"]
        texts += [example[:at] + digit + example[at + 1 :] for at in range(4) for digit in "0159"]
        numbers = digits_of(texts)
        said = rules.automaton.matches(numbers)
        assert rules.valid(said, numbers.lengths).tolist() == [plan.is_valid(text) for text in texts], plan.region
        assert rules.claims(said, numbers.lengths).tolist() == [plan.claims(text) for text in texts], plan.region
        assert rules.says(said, rules.general).tolist() == [plan.fits(text) for text in texts], plan.region


@pytest.mark.parametrize("pattern", ["(?=1)2", "a", "1(2", "1)2", "*", "[1-a]", "1$2(3$)"])
def test_an_expression_of_another_kind_is_refused(pattern: str) -> None:
    with pytest.raises(UnknownPatternError):
        DigitAutomaton([pattern])


def test_a_prefix_has_a_width_where_all_its_matches_have_the_same() -> None:
    assert [fixed_width(pattern) for pattern in ("0", "180020", "[08]1", "(?:12|34)", "80?", "0|180020")] == [
        1, 6, 2, 2, None, None,
    ]  # fmt: skip
    assert alternatives("0|1(?:2|3)|[45]") == ["0", "1(?:2|3)", "[45]"]
