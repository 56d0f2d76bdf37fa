"""A pattern that is compiled late is, from its first use on, the pattern."""

from __future__ import annotations

import re

import pytest

from headgate.late_patterns import late_pattern


def test_a_pattern_finds_what_a_compiled_one_finds() -> None:
    late, compiled = late_pattern(r"(\d+)-(?P<b>x)", re.IGNORECASE), re.compile(r"(\d+)-(?P<b>x)", re.IGNORECASE)
    for text in ("1-X and 22-x", "1-y", ""):
        assert late.findall(text) == compiled.findall(text)
        assert late.sub(r"\g<b>", text) == compiled.sub(r"\g<b>", text)
        assert bool(late.fullmatch(text)) == bool(compiled.fullmatch(text))
    assert (late.pattern, late.flags, late.groups) == (compiled.pattern, compiled.flags, compiled.groups)


def test_bytes_have_patterns_too() -> None:
    assert late_pattern(rb"\d").findall(b"a1b2") == [b"1", b"2"]


def test_a_pattern_is_compiled_once_and_not_before_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    compile_now = re.compile

    def noted(pattern: str, flags: int) -> re.Pattern[str]:
        compiled.append(pattern)
        return compile_now(pattern, flags)

    monkeypatch.setattr(re, "compile", noted)
    late = late_pattern("a+b")
    assert compiled == []
    assert [bool(late.match(text)) for text in ("aab", "b", "ab")] == [True, False, True]
    assert compiled == ["a+b"]


def test_what_is_no_pattern_is_refused_when_it_is_used() -> None:
    late = late_pattern("(")
    with pytest.raises(re.error):
        late.match("x")
