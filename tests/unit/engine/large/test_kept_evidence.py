"""What was counted of a column can be noted between any two chunks, and says the same in the end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson
import polars as pl
import pytest

from headgate.engine.match.options import OptionMatch
from headgate.engine.match.values import ValueTally
from headgate.engine.settle import Observer
from headgate.engine.types.date_evidence import DateEvidence
from headgate.engine.types.date_locale import date_locale
from headgate.engine.types.number_evidence import NumberGatherer

CHUNKS: dict[str, list[list[str | None]]] = {
    "dates": [["01.02.2024", "02.02.2024", None], ["13.02.2024"], ["20-01-02", "21-01-02"], ["02/14/2024", "x"]],
    "years or days": [[f"{day}.01.02", f"{day + 1}.03.04"] for day in range(13, 30, 2)],
    "numbers": [["1,5", "2.500", "3"], ["1.234,5", "€ 7,25"], ["0.75", "$ 1"], ["-1.250"]],
    "texts": [["a", " a ", "b", None], ["c", "a"], ["c", "c", "ü"]],
}


MADE: list[tuple[str, Callable[[], Observer]]] = [
    ("dates", lambda: DateEvidence(date_locale("de"))),
    ("years or days", lambda: DateEvidence(date_locale("de"))),
    ("numbers", NumberGatherer),
    ("numbers", lambda: NumberGatherer("€", "json")),
    ("texts", ValueTally),
]


def said(observer: Observer) -> Any:
    if isinstance(observer, ValueTally):
        return observer.decisions("field", lambda _: OptionMatch(None), lambda _: None), observer.complete
    return observer.evidence()


@pytest.mark.parametrize(("cells", "make"), MADE)
def test_a_look_that_goes_on_from_a_note_says_what_an_undisturbed_one_says(
    cells: str, make: Callable[[], Observer]
) -> None:
    chunks = [pl.Series(chunk, dtype=pl.String) for chunk in CHUNKS[cells]]
    undisturbed = make()
    for chunk in chunks:
        undisturbed.observe(chunk)
    for cut in range(len(chunks) + 1):
        before, behind = make(), make()
        for chunk in chunks[:cut]:
            before.observe(chunk)
        behind.resume(orjson.loads(orjson.dumps(before.state())))
        for chunk in chunks[cut:]:
            behind.observe(chunk)
        assert said(behind) == said(undisturbed)
