"""Confidences from measured precision: `python -m benchmarks.scoreboard.calibration` writes `match/data/confidence.toml`.

Every match by likeness of all sets counts once, under the kind of evidence that it had, and so does every wrong one that a first
look at a set showed: what was mended since tells how often the next stranger's file will hold its like. Run it after a change of
the matching, before the tests.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

from benchmarks.scoreboard.columns import CHECKS, DATA, DEVELOPMENT, decided
from headgate.engine.match import ColumnDecision
from headgate.engine.match.confidence import calibration, kind_of, smoothed

LEAST = 0.985
"""A kind whose confidence is below this is asked about: one error in fifty is too many, and with few cases counted in, one in ten is
well below it."""
FIRST_LOOK_WRONG: Counter[str] = Counter(
    {"same_meaning": 5, "same_meaning values-for": 5, "related_meaning values-for": 1}
)
"""Matches that first looks at blind sets found wrong, by kind: one plain unit price, a word of two meanings, "Net à payer" for a net
salary, "État" without a look at its values, "Auftraggeber" for a customer, a mobile number beside a landline; a weight
without its unit, a balance for what is due, firms for last names, a calling name, another identifier of a metering point."""
TARGET = Path(str(files("headgate.engine.match"))) / "data" / "confidence.toml"
_HEAD = """# How often matches of columns were right on the labelled sets, per kind of evidence. Written by
# `python -m benchmarks.scoreboard.calibration`; do not edit.
"""
Counts = dict[str, tuple[int, int]]
"""Kind → right cases, cases."""


def counted(results: Iterable[tuple[str, str | None, ColumnDecision]]) -> tuple[Counts, Counts]:
    """The cases by kind: those that were taken, and those that were asked about."""
    right: dict[str, Counter[str]] = {"accepted": Counter(), "uncertain": Counter()}
    cases: dict[str, Counter[str]] = {"accepted": Counter(), "uncertain": Counter()}
    for _, wanted, decision in results:
        if decision.method == "similar" and decision.field is not None:
            kind = kind_of(decision.evidence)
            cases[decision.status][kind] += 1
            right[decision.status][kind] += decision.field == wanted
    cases["accepted"].update(FIRST_LOOK_WRONG)
    taken, asked = ({kind: (right[s][kind], n) for kind, n in cases[s].items()} for s in ("accepted", "uncertain"))
    return taken, asked


def written(taken: Counts, asked: Counts) -> str:
    """The file that tells these counts as confidences."""
    defaults = {name: _average(counts) for name, counts in (("taken", taken), ("asked", asked))}
    lines = [_HEAD, "[default]", *(f"{name} = {share:.4f}" for name, share in defaults.items()), f"least = {LEAST}", ""]
    for name, counts in (("taken", taken), ("asked", asked)):
        lines.append(f"[{name}]")
        for kind, (right, cases) in sorted(counts.items()):
            confidence = smoothed(right, cases, defaults[name])
            if name == "taken":
                # No kind is surer than all of them together can prove.
                confidence = min(confidence, defaults[name])
            lines.append(f'"{kind}" = {{right = {right}, cases = {cases}, confidence = {confidence:.4f}}}')
        lines.append("")
    return "\n".join(lines)


def _average(counts: Counts) -> float:
    cases = sum(n for _, n in counts.values())
    # By the rule of three: where n cases show no error, its share may still be 3 in n (at 95 %).
    return sum(right for right, _ in counts.values()) / (cases + 3)


def main() -> None:
    """Measure the sets and write the table, by what would be taken if no kind were held back."""
    TARGET.write_text(_HEAD + "\n[default]\ntaken = 1.0\nasked = 0.0\nleast = 0.0\n\n[taken]\n\n[asked]\n", "utf-8")
    calibration.cache_clear()
    results = [result for name in (*DEVELOPMENT, *CHECKS) for result in decided(DATA / f"{name}.jsonl")]
    TARGET.write_text(written(*counted(results)), "utf-8")
    print(TARGET.read_text("utf-8"))


if __name__ == "__main__":
    main()
