from __future__ import annotations

import polars as pl
import pytest

from headgate.engine.match import OptionMatcher, ValueTally
from headgate.engine.match import values as values_module
from headgate.schema import SelectOption

MATCHER = OptionMatcher([SelectOption(label="Demo", value="demo"), SelectOption(label="Closed", value="closed")])


def test_texts_that_are_no_option_as_written_come_first_then_the_frequent() -> None:
    tally = ValueTally()
    tally.observe(pl.Series(["Demo", "Demo", None, "demoo", "DEMO"]))
    tally.observe(pl.Series(["Demo", "zzz", "zzz", ""]))
    decisions = tally.decisions("stage", MATCHER.match, MATCHER.suggest)
    assert [(d.value, d.option, d.status, d.method, d.count) for d in decisions] == [
        ("zzz", None, "unmapped", None, 2),
        ("DEMO", "demo", "accepted", "normalized", 1),
        ("demoo", None, "uncertain", "similar", 1),
        ("Demo", "demo", "accepted", "exact", 3),
    ]
    assert decisions[2].suggestion == "demo"
    assert decisions[0].to_json() == {
        "field": "stage",
        "value": "zzz",
        "option": None,
        "status": "unmapped",
        "method": None,
        "confidence": 0.0,
        "count": 2,
    }


def test_lists_count_once_per_part() -> None:
    tally = ValueTally(parts=lambda texts: texts.str.split(","))
    tally.observe(pl.Series(["Demo,Closed", "Demo", "Demo,Closed"]))
    assert {(d.value, d.count) for d in tally.decisions("f", MATCHER.match, MATCHER.suggest)} == {
        ("Demo", 3),
        ("Closed", 2),
    }


def test_memory_is_bounded_and_frequent_texts_keep_their_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(values_module, "MAX_COUNTED_TEXTS", 100)
    tally = ValueTally()
    for batch in range(20):
        tally.observe(pl.Series([f"rare {batch} {number}" for number in range(60)] + ["often"] * 5))
    decisions = tally.decisions("f", MATCHER.match, MATCHER.suggest)
    assert not tally.complete
    assert len(decisions) <= 100
    assert (decisions[0].value, decisions[0].count) == ("often", 100)


def test_a_few_cells_count_as_many_do(monkeypatch: pytest.MonkeyPatch) -> None:
    cells = pl.Series(["a", " a\u00a0", "", " ", None, "B", "x" * 500, "x" * 501, "\u3000é", "a"])
    states = []
    for most in (-1, len(cells)):
        monkeypatch.setattr(values_module, "FEW_CELLS", most)
        tally = ValueTally()
        tally.observe(cells)
        tally.observe(cells.head(3))
        states.append(tally.state())
    assert states[0] == states[1]
    assert (states[0]["texts"][1], states[0]["counts"][1]) == ("a", 5)


def test_the_list_is_capped() -> None:
    tally = ValueTally()
    tally.observe(pl.Series([str(number) for number in range(5000)]))
    assert len(tally.decisions("f", MATCHER.match, MATCHER.suggest)) == values_module.MAX_VALUE_DECISIONS
    assert len(tally.decisions("f", MATCHER.match, MATCHER.suggest, limit=7)) == 7


def test_texts_that_are_kept_are_accepted_without_an_option() -> None:
    tally = ValueTally()
    tally.observe(pl.Series([" live demo ", "live demo"]))
    (decision,) = tally.decisions("f", MATCHER.match, MATCHER.suggest, keeps_others=True)
    assert (decision.value, decision.option, decision.status, decision.count) == ("live demo", None, "accepted", 2)
