"""What a sentence-embedding model adds to the suggestions: `python -m benchmarks.scoreboard.semantic MODEL_DIRECTORY`.

Two questions, on every set of columns and only about those columns that headgate left to people. How often is the right field
among the first three, without the model and with it? And had its best answer been taken from some likeness on, how often
would that have been right? The second decides whether the model may ever support an automatic match: only where a likeness
that was chosen on the development sets keeps `PRECISION` there and on the sets that were held back.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.scoreboard.columns import CHECKS, DATA, DEVELOPMENT, SUGGESTIONS, DecidedCase, decided_cases
from headgate.config import ConfigurationError
from headgate.engine.review.steps import field_info
from headgate.reviews.api_models import ColumnSuggestions, ColumnsView, FieldInfo, FileColumn
from headgate.reviews.api_models.columns import FieldSuggestion
from headgate.reviews.model_client import SuggestionError
from headgate.reviews.semantic.files import check_embeddings
from headgate.reviews.semantic.suggester import EmbeddingSuggester
from headgate.reviews.suggesters import BuiltInSuggester, Suggester, suggested

PRECISION = 0.995
"""What a kind of evidence must keep before anything is taken without asking by it."""
THRESHOLDS = tuple(at / 100 for at in range(50, 100, 5))
SECONDS = 600.0


@dataclass(frozen=True)
class Asked:
    """A column that was left to people. `without`, `behind`, `before`: what is shown without the model, with it in the places
    that headgate leaves (as it is), and with it before headgate's own. `likest`: its best field and the likeness, if any.
    """

    case: str
    header: str
    right: str | None
    without: Sequence[str]
    behind: Sequence[str]
    before: Sequence[str]
    likest: tuple[str, float] | None


@dataclass(frozen=True)
class Taken:
    """What would be taken from a likeness on."""

    count: int
    right: int

    @property
    def proven(self) -> float:
        """The precision that these cases prove: where n show no error, its share may still be 3 in n (at 95 %)."""
        return self.right / (self.count + 3)


def asked(case: DecidedCase, model: EmbeddingSuggester) -> Iterator[Asked]:
    """The open columns of a case."""
    fields = [FieldInfo.model_validate(field_info(field, custom=False)) for field in case.fields]
    view = ColumnsView(columns=[*_shown(case)], unmatched_required=[], uncertain=[])
    own = BuiltInSuggester()
    orders: tuple[list[Suggester], ...] = ([own], [model, own], [own, model])  # the last one goes first
    without, behind, before = (suggested(view, fields, every) for every in orders)
    if behind.problem is not None:
        raise SuggestionError(behind.problem)
    open_columns = [column for column in view.columns if column.status != "accepted"]
    settled = {column.field for column in view.columns if column.status == "accepted"}
    ranked = model.likenesses(
        open_columns, [field for field in fields if field.many_to_one or field.key not in settled]
    )
    for column in open_columns:
        likest = ranked.get(column.index, [])[:1]
        yield Asked(
            case.name,
            column.header,
            case.right[column.index],
            _keys(without, column),
            _keys(behind, column),
            _keys(before, column),
            likest[0] if likest else None,
        )


def _keys(found: ColumnSuggestions, column: FileColumn) -> list[str]:
    return [one.field for one in found.columns.get(column.index, [])]


def taken(columns: Iterable[Asked], threshold: float) -> Taken:
    """What would be taken, a column that belongs to no field being wrong whatever it is taken for."""
    found = [one for one in columns if one.likest is not None and one.likest[1] >= threshold]
    return Taken(len(found), sum(one.likest is not None and one.likest[0] == one.right for one in found))


def chosen(development: Sequence[Asked]) -> float | None:
    """The lowest threshold that proves `PRECISION` on the development sets."""
    return next((at for at in THRESHOLDS if taken(development, at).proven >= PRECISION), None)


def verdict(development: Sequence[Asked], checks: Sequence[Asked]) -> str:
    """Whether the model may support automatic matches, and by which figures."""
    threshold = chosen(development)
    if threshold is None:
        return f"not allowed: no likeness proves a precision of {PRECISION} on the development sets"
    held = taken(checks, threshold)
    if held.proven >= PRECISION:
        return f"allowed from {threshold:.2f} on: {held.right} of {held.count} right on the sets that were held back"
    return (
        f"not allowed: from {threshold:.2f} on, chosen on the development sets, {held.right} of {held.count} are right on those "
        f"that were held back, which proves {held.proven:.4f}"
    )


def report(name: str, columns: Sequence[Asked]) -> None:
    """Print how often the right field is shown."""
    missed = [one for one in columns if one.right is not None]
    print(f"{name}: columns left to people {len(columns)}, with a field {len(missed)}")
    print(
        f"  right field among the first {SUGGESTIONS}: without the model {_share(one.right in one.without for one in missed)}, "
        f"with it {_share(one.right in one.behind for one in missed)}, "
        f"were it put first {_share(one.right in one.before for one in missed)}"
    )


def _share(shown: Iterable[bool]) -> str:
    every = [*shown]
    return f"{sum(every)} ({sum(every) / max(1, len(every)):.4f})"


def _shown(case: DecidedCase) -> Iterator[FileColumn]:
    """The columns as a person would see them."""
    for source, decision in zip(case.columns, case.decisions, strict=True):
        values = dict.fromkeys(text for text in source.sample if text)
        yield FileColumn(
            index=decision.index,
            header=decision.header,
            samples=[*values][:5],
            filled=1.0,
            field=decision.field,
            status=decision.status,
            method=decision.method,
            confidence=decision.confidence,
            evidence=[],
            suggestions=[
                FieldSuggestion(field=one.field, confidence=one.confidence, evidence=[]) for one in decision.runners_up
            ],
        )


def measured(sets: Sequence[str], model: EmbeddingSuggester) -> Mapping[str, list[Asked]]:
    """The open columns of each set."""
    return {
        name: [one for case in decided_cases(DATA / f"{name}.jsonl") for one in asked(case, model)] for name in sets
    }


def main() -> None:
    """Print what the model adds on each set, what its best answers are worth, and what follows."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path, help="directory with tokenizer.json and model.onnx")
    parser.add_argument("--sets", nargs="+", default=[*DEVELOPMENT, *CHECKS], choices=[*DEVELOPMENT, *CHECKS])
    arguments = parser.parse_args()
    try:
        check_embeddings(arguments.model)
        found = measured(arguments.sets, EmbeddingSuggester(arguments.model, seconds=SECONDS))
    except (ConfigurationError, SuggestionError) as error:
        raise SystemExit(str(error)) from None
    for name, columns in found.items():
        report(name, columns)
    development = [one for name in found if name in DEVELOPMENT for one in found[name]]
    checks = [one for name in found if name in CHECKS for one in found[name]]
    for title, columns in (("development", development), ("held back", checks)):
        report(f"all sets ({title})", columns)
        for threshold in THRESHOLDS:
            would = taken(columns, threshold)
            precision = f"{would.right / would.count:.4f}" if would.count else "–"
            print(f"  likeness from {threshold:.2f}: taken {would.count}, right {would.right}, precision {precision}")
    print(f"may it support an automatic match? {verdict(development, checks)}")


if __name__ == "__main__":
    main()
