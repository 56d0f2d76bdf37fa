"""Says in Markdown how right columns and options are: `python -m benchmarks.scoreboard.names`."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator

from benchmarks.scoreboard import columns, options
from benchmarks.scoreboard.baseline import THRESHOLD, most_alike
from headgate.engine.match import ColumnDecision

BUCKETS = (0.0, 0.3, 0.4, 0.5, 0.9, 0.99, 1.01)
_FIRST_LOOKS = [
    "First looks say more than any later one. The last of them, a fifth set that was kept in a commit before anything matched it "
    "(`columns-blind-fifth`, `options-blind-fifth`, `headers-blind-fifth`): **452 columns of 25 files in 16 languages, precision "
    "1.0 at recall 0.75** (246 taken), the right field among three suggestions for all of the rest; **204 option texts of 17 "
    "lists, 1.0 at 0.77** (109 taken); **63 sheets, 47 with a header, 1.0 at coverage 0.83** (39 taken, none without a header). "
    "Ten of the options that were asked about are the other gender of a word (`pagata` for `Pagato`), where other sets say that a "
    "careful person asks; without them the recall is 0.83. They are asked about still.",
    "",
    "Before that: **1086 columns of 62 files in some 25 languages and 540 option "
    "texts of 40 lists** (`columns-blind-third`, `options-blind-third`), written and kept in a commit as the earlier ones "
    "below, the labels read a second time before anything was matched. Columns: precision 0.9907 at recall 0.64 (5 of 540 "
    "wrong: `Gewicht` for `Weight (kg)`, `Solde` for `Balance Due`, `Nom` over names of firms for the last name, "
    "`Kutsumanimi` for the first name, `MaLo-ID` for the metering point), the right field among three suggestions for 0.96 "
    "of the rest. Options: precision 0.9932 at recall 0.82 (2 of 293 wrong: `cansado` for `Casado`, `hi` for `High`, which "
    "other sets call right). What was too trusting was mended by rules; then the set served for development.",
    "",
    "After that, and before anything matched it, a fourth set was kept (`columns-blind-fourth`, `options-blind-fourth`): **200 "
    "columns of 12 files had precision 1.0 at recall 0.76** (124 taken, the right field among three suggestions for all of "
    "the rest), **198 option texts 1.0 at 0.92** (108 taken).",
    "",
    "Before them: **1202 columns of 77 files in 18 languages and 768 option "
    "texts of 52 lists** (`columns-sixth` with `columns-blind`, `options-fourth` with `options-blind`) were written from "
    "what business systems export, without a look at the vocabulary, and kept in a commit before anything matched them. "
    "Columns: precision 0.9867 at recall 0.75 (9 of 677 wrong), the right field among three suggestions for 0.97 of the "
    "rest. A second reading of the nine called seven of the labels too strict (two headers are a field's very key; a lone "
    "`Mobil` for the phone, `Name` beside `Vorname`), which leaves 0.997. Options: precision 0.916 at recall 0.62 (27 of "
    "323 wrong); 21 of the labels were too strict (`ferme` for `Fermé`, which the schema promises, `FT` for `Full-time`), "
    "which leaves 0.981, with mistakes such as `Iceland` for `Ireland` and `G` for `g`. Most were mended by rules, one by "
    "taking a word out. Then half of the set served for development.",
    "",
    "A second set by the same hand, written on the same day but matched only after that (`columns-blind-second`, `options- "
    "blind-second`): 256 columns of 18 files had precision 0.9926 at recall 0.70 (1 of 135 wrong, `Auftraggeber` for the "
    "customer, which is asked about now), 144 option texts 1.0 at 0.90.",
    "",
    "Earlier first looks: 587 columns of 35 files (`columns-fifth`, `columns-final`) 0.988 at 0.55, 275 option texts 0.980 "
    "at 0.77; the third of them that was held back 0.983 at 0.77 (2 of 115 wrong; options 1 of 61); `columns-last`, 82 "
    "columns of six files, 1.0 at 0.68.",
]
Outcome = tuple[str | None, str | None]
"""What is right, what was taken."""


def by_letters_columns(name: str) -> Iterator[Outcome]:
    """The same columns by the baseline: label and key of each field; a field taken once belongs to the first column."""
    for line in (columns.DATA / f"{name}.jsonl").read_text("utf-8").splitlines():
        case = json.loads(line)
        names = {field.split("|")[1]: field.split("|")[:2] for field in case["fields"]}
        for column in case["columns"]:
            yield column[1], most_alike(column[0], names)


def by_letters_options(name: str) -> Iterator[Outcome]:
    """The same texts by the baseline."""
    for line in (options.DATA / f"{name}.jsonl").read_text("utf-8").splitlines():
        case = json.loads(line)
        for text, right in case["pairs"]:
            yield right, most_alike(text, {label: [label] for label in case["options"]})


def shares(outcomes: Iterable[Outcome]) -> tuple[float, float]:
    """Precision of what was taken, and recall of what should be."""
    listed = list(outcomes)
    taken = sum(found is not None for _, found in listed)
    right = sum(found is not None and found == wanted for wanted, found in listed)
    return right / max(1, taken), right / max(1, sum(wanted is not None for wanted, _ in listed))


def section() -> str:
    """The section in Markdown."""
    decided = {name: list(columns.decided(columns.DATA / f"{name}.jsonl")) for name in _column_sets()}
    lines = [
        f"Labelled by the rule that a careful person would agree without asking; a quarter are traps. The sets are in "
        f"`benchmarks/scoreboard/data`. *Baseline* is rapidfuzz's `WRatio` from {THRESHOLD:.0f} on. "
        f"{_listed(*columns.CHECKS, *options.CHECKS)} are kept for looks at the end; the vocabulary knows the others by now. "
        "*Suggested* is the share of the right fields among the first three suggestions, where none was taken.",
        "",
        *_FIRST_LOOKS,
        "",
        "| set | columns | precision | recall | suggested | baseline precision | baseline recall |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, results in decided.items():
        outcomes = [(right, d.field if d.status == "accepted" else None) for _, right, d in results]
        missed = [(right, d) for _, right, d in results if right is not None and d.status != "accepted"]
        shown = sum(right in columns.suggested(d) for right, d in missed) / max(1, len(missed))
        lines.append(_row(name, outcomes, by_letters_columns(name), f" {shown:.3f} |"))
    lines += [
        "",
        "| set | texts | precision | recall | baseline precision | baseline recall |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name in (*options.DEVELOPMENT, *options.CHECKS):
        found = [(right, match.value) for _, right, match in options.decided(name)]
        lines.append(_row(name, found, by_letters_options(name)))
    lines += ["", *_buckets([d for results in decided.values() for d in results])]
    return "\n".join(lines)


def _listed(*names: str) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _column_sets() -> tuple[str, ...]:
    return (*columns.DEVELOPMENT, *columns.CHECKS)


def _row(name: str, outcomes: list[Outcome], baseline: Iterable[Outcome], extra: str = "") -> str:
    precision, recall = shares(outcomes)
    other_precision, other_recall = shares(baseline)
    return f"| `{name}` | {len(outcomes)} | {precision:.4f} | {recall:.3f} |{extra} {other_precision:.3f} | {other_recall:.3f} |"


def _buckets(results: list[tuple[str, str | None, ColumnDecision]]) -> list[str]:
    """How often decisions that name a field were right, by the confidence that they told."""
    named = [(right, d) for _, right, d in results if d.field is not None]
    lines = [
        "What confidences are worth: decisions that name a field, taken or asked about, over all sets. They are measured per kind "
        "of evidence on the development sets (`src/headgate/engine/match/data/confidence.toml`).",
        "",
        "| confidence | decisions | told on average | right |",
        "| --- | ---: | ---: | ---: |",
    ]
    for low, high in itertools.pairwise(BUCKETS):
        inside = [(right, d) for right, d in named if low <= d.confidence < high]
        if inside:
            told = sum(d.confidence for _, d in inside) / len(inside)
            share = sum(right == d.field for right, d in inside) / len(inside)
            lines.append(f"| {low:.2f} – {min(high, 1.0):.2f} | {len(inside)} | {told:.3f} | {share:.3f} |")
    return lines


if __name__ == "__main__":
    print(section())
