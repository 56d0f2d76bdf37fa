"""How sure a match by likeness is, from what was measured: the share of right matches per kind of evidence.

The scores of `similarity` rank what comes into question; they are no probabilities. `data/confidence.toml` tells for each kind of
evidence how often it was right on the labelled sets of `benchmarks/scoreboard` (`python -m benchmarks.scoreboard.calibration`
writes it). A kind that turns out to be wrong too often is asked about, whatever its score.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from headgate.engine.match.compiling import TABLES
from headgate.engine.match.decisions import ColumnDecision
from headgate.records import dataclass

NAME_CODES = (
    "misspelling",
    "words_reordered",
    "neutral_word",
    "word_too_general",
    "part_of_the_name",
    "related_meaning",
    "same_words",
    "same_meaning",
)
"""What names may say, the weaker first: a kind goes by the weakest."""
_BACKED, _DOUBTED = 0.8, 0.5
PSEUDO_COUNTS = 10
"""Cases of the average of all kinds that are added to each, so that few cases prove little."""


@dataclass(frozen=True)
class Calibration:
    """Measured confidences by kind, for matches that are `taken` and those that are `asked` about; `default` for any other
    kind. A match is taken only from `least` on."""

    taken: Mapping[str, float]
    asked: Mapping[str, float]
    default_taken: float
    default_asked: float
    least: float


@cache
def calibration() -> Calibration:
    """The content of `data/confidence.toml`."""
    data = TABLES.load("confidence")
    return Calibration(
        taken={kind: float(one["confidence"]) for kind, one in data["taken"].items()},
        asked={kind: float(one["confidence"]) for kind, one in data["asked"].items()},
        default_taken=float(data["default"]["taken"]),
        default_asked=float(data["default"]["asked"]),
        least=float(data["default"]["least"]),
    )


def kind_of(evidence: Sequence[Mapping[str, Any]]) -> str:
    """What speaks for a match, in words that many matches share: what the names say, what the values say, rivals."""
    codes = {entry["code"] for entry in evidence}
    name = next((code for code in NAME_CODES if code in codes), "values")
    parts = [name, _values(evidence)]
    parts += [code for code in ("remark_in_header", "prefix_of_all_columns", "rival") if code in codes]
    return " ".join(part for part in parts if part)


def calibrated(decision: ColumnDecision) -> ColumnDecision:
    """The decision with its measured confidence, made a question where its kind is not sure enough to be taken."""
    if decision.method != "similar":
        return decision
    table, kind = calibration(), kind_of(decision.evidence)
    if decision.status == "accepted":
        sure = table.taken.get(kind, table.default_taken)
        if sure >= table.least:
            return replace(decision, confidence=sure)
    if decision.field is None:
        return decision
    sure = table.asked.get(kind, table.default_asked)
    others = [replace(other, confidence=min(sure, other.confidence)) for other in decision.runners_up]
    return replace(decision, status="uncertain", confidence=sure, runners_up=others)


def smoothed(right: int, cases: int, average: float) -> float:
    """The share of right cases, drawn towards the average of all kinds where there are few."""
    return (right + PSEUDO_COUNTS * average) / (cases + PSEUDO_COUNTS)


def _values(evidence: Sequence[Mapping[str, Any]]) -> str:
    if any(entry["code"] in ("values_repeat", "counts_as_yes") for entry in evidence):
        return "values-against"
    shares = [entry["share"] for entry in evidence if entry["code"] in ("type_fit", "values_look_like")]
    if not shares:
        return ""
    return "values-for" if max(shares) >= _BACKED else "values-against" if max(shares) < _DOUBTED else "values-partly"
