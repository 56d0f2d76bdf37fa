"""Matches by the very names of the fields, and by what earlier imports decided: nothing here weighs likeness."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import field, replace
from typing import Any

from headgate.engine.explanations import because
from headgate.engine.match.decisions import ColumnDecision, ColumnMethod, RunnerUp, SourceColumn
from headgate.engine.match.memory import MatchMemory
from headgate.engine.match.option_rules import singular
from headgate.engine.match.words import header_key, header_words
from headgate.records import dataclass
from headgate.schema import Field

MEMORY_CONFIDENCE = 0.98
NORMALIZED_CONFIDENCE = 0.99
UNSETTLED = 0.7
"""Confidence of a name that is right but stands for several columns or fields."""

Doubts = Callable[[SourceColumn, Field], list[dict[str, Any]]]
"""Evidence that a column's values speak against a field; empty when they do not."""


@dataclass(frozen=True)
class Claim:
    """A column's right to a field. Greater ranks win."""

    column: SourceColumn
    field: Field
    rank: int
    method: ColumnMethod
    evidence: list[dict[str, Any]]


@dataclass
class LiteralMatches:
    """Decisions by column index, and the keys of fields that have their column."""

    decisions: dict[int, ColumnDecision] = field(default_factory=dict)
    taken: dict[str, int] = field(default_factory=dict)


EXACT_NAME, EXACT_ALTERNATE, NORMALIZED_NAME, NORMALIZED_ALTERNATE, REMEMBERED = 5, 4, 3, 2, 1
_BY_NAME: tuple[tuple[int, ColumnMethod, str], ...] = (
    (EXACT_NAME, "exact", "same_name"),
    (EXACT_ALTERNATE, "exact", "alternate_match"),
    (NORMALIZED_NAME, "normalized", "same_name_normalized"),
    (NORMALIZED_ALTERNATE, "normalized", "alternate_match_normalized"),
)


class NameIndex:
    """The fields by their names, so that a header is looked up rather than compared with every field."""

    def __init__(self, fields: Sequence[Field], *, exact_only: bool) -> None:
        self._fields = fields
        self._at: dict[int, dict[str, list[int]]] = {
            rank: {} for rank in (EXACT_NAME, EXACT_ALTERNATE, NORMALIZED_NAME, NORMALIZED_ALTERNATE)
        }
        self._lists = [] if exact_only else [at for at, one in enumerate(fields) if one.many_to_one]
        for at, one in enumerate(fields):
            names = (one.label, one.key)
            self._add(EXACT_NAME, at, (one.label.strip(), one.key))
            self._add(EXACT_ALTERNATE, at, one.alternate_matches)
            if not exact_only:
                self._add(NORMALIZED_NAME, at, map(header_key, names))
                self._add(NORMALIZED_ALTERNATE, at, map(header_key, one.alternate_matches))

    def _add(self, rank: int, position: int, names: Iterable[str]) -> None:
        for name in set(names):
            self._at[rank].setdefault(name, []).append(position)

    def claims(self, column: SourceColumn) -> list[Claim]:
        """The best-ranked claims of a column by name: several when the names of several fields fit alike."""
        header, key = column.header.strip(), header_key(column.header)
        if not key:
            return []
        for rank, method, code in _BY_NAME:
            positions = self._at[rank].get(header if method == "exact" else key, [])
            found = dict.fromkeys(positions, code)
            if rank == NORMALIZED_ALTERNATE:
                numbered = (at for at in self._lists if _numbered(column.header, self._fields[at]))
                found = dict.fromkeys(numbered, "numbered_header") | found
            if found:
                return [
                    Claim(column, self._fields[at], rank, method, [because(why)]) for at, why in sorted(found.items())
                ]
        return []


def match_literally(
    columns: Sequence[SourceColumn],
    fields: Sequence[Field],
    *,
    memory: MatchMemory | None,
    exact_only: bool,
    doubts: Doubts,
) -> LiteralMatches:
    """Settle every column that has a claim by name or by memory.

    The values count against a name for a checkbox only: any other type makes an error of what it cannot read, but a checkbox
    reads a "nein" for yes, which nobody would see.
    """
    found = LiteralMatches()
    claims: dict[str, list[Claim]] = {}
    remembered = _remembered_claims(columns, fields, memory)
    names = NameIndex(fields, exact_only=exact_only)
    for column in columns:
        own = names.claims(column)
        past = remembered.get(column.index)
        if memory is not None and memory.knows(column.header):
            own = _weigh_memory(column, own, past, memory, remembered, found, doubts)
        if len(own) > 1:
            found.decisions[column.index] = _unsettled(own[0], [c.field for c in own[1:]], "several_fields")
        elif own:
            claims.setdefault(own[0].field.key, []).append(own[0])
    for rivals in claims.values():
        _settle(rivals, found)
        if rivals[0].field.type_name == "checkbox":
            _ask_where_misread(rivals, found, doubts)
    return found


def _ask_where_misread(claims: Sequence[Claim], found: LiteralMatches, doubts: Doubts) -> None:
    for claim in claims:
        decision = found.decisions[claim.column.index]
        against = doubts(claim.column, claim.field) if decision.status == "accepted" else []
        if against and claim.method != "memory":
            found.decisions[claim.column.index] = replace(
                decision, status="uncertain", confidence=UNSETTLED, evidence=[*claim.evidence, *against]
            )


def _numbered(header: str, field: Field) -> bool:
    words = header_words(header)
    if len(words) < 2 or not words[-1].isdigit():
        return False
    base = "".join(words[:-1])
    names = {"".join(header_words(name)) for name in (field.label, field.key, *field.alternate_matches)}
    return base in names or singular(base) in {singular(name) for name in names}


def _remembered_claims(
    columns: Sequence[SourceColumn], fields: Sequence[Field], memory: MatchMemory | None
) -> dict[int, Claim]:
    if memory is None:
        return {}
    by_key = {one.key: one for one in fields}
    found: dict[int, Claim] = {}
    for column in columns:
        target = by_key.get(memory.field_of(column.header) or "")
        if target is not None and header_key(column.header):
            evidence = [because("matched_before", times=memory.count_of(column.header))]
            found[column.index] = Claim(column, target, REMEMBERED, "memory", evidence)
    return found


def _weigh_memory(
    column: SourceColumn,
    own: list[Claim],
    past: Claim | None,
    memory: MatchMemory,
    remembered: dict[int, Claim],
    found: LiteralMatches,
    doubts: Doubts,
) -> list[Claim]:
    """The claims of a column that earlier imports know, or none when its decision is made here."""
    if past is None:
        if memory.field_of(column.header) is not None:
            # The field of that time is gone from the schema.
            return own
        replaced = own and any(claim.field.key == own[0].field.key for claim in remembered.values())
        if own and not replaced:
            # The field may be newer than the decision to ignore a column of its name.
            return own
        evidence = [because("ignored_before", times=memory.count_of(column.header))]
        found.decisions[column.index] = ColumnDecision(
            column.index, column.header, None, "unmapped", "memory", MEMORY_CONFIDENCE, evidence
        )
        return []
    if any(claim.field.key != past.field.key for claim in own):
        found.decisions[column.index] = _unsettled(past, [claim.field for claim in own], "memory_disagrees")
        return []
    if own:
        return own
    against = doubts(column, past.field)
    if against:
        evidence = [*past.evidence, because("values_changed_since"), *against]
        found.decisions[column.index] = ColumnDecision(
            column.index, column.header, past.field.key, "uncertain", "memory", UNSETTLED, evidence
        )
        return []
    return [past]


def _settle(rivals: list[Claim], found: LiteralMatches) -> None:
    """Give a field to its column, or make a question of it when several have the same right."""
    target = rivals[0].field
    if target.many_to_one:
        for claim in rivals:
            _accept(claim, found)
        return
    filled = [claim for claim in rivals if claim.column.distinct != 0]
    contenders = filled or rivals
    best = max(contenders, key=lambda claim: claim.rank)
    same = [
        claim
        for claim in contenders
        if claim is not best
        and (claim.rank == best.rank or _same_header(claim, best) or REMEMBERED in (claim.rank, best.rank))
    ]
    if same:
        for claim in (best, *same):
            found.decisions[claim.column.index] = _unsettled(claim, [], "several_columns")
        found.taken[target.key] = best.column.index
    else:
        _accept(best, found)
    for claim in rivals:
        if claim.column.index not in found.decisions:
            evidence = [because("field_taken", field=target.key, column=best.column.index)]
            found.decisions[claim.column.index] = ColumnDecision(
                claim.column.index, claim.column.header, None, "unmapped", claim.method, UNSETTLED, evidence,
                [RunnerUp(target.key, UNSETTLED)],
            )  # fmt: skip


def _same_header(claim: Claim, other: Claim) -> bool:
    return header_key(claim.column.header) == header_key(other.column.header)


def _accept(claim: Claim, found: LiteralMatches) -> None:
    confidence = {"exact": 1.0, "normalized": NORMALIZED_CONFIDENCE}.get(claim.method, MEMORY_CONFIDENCE)
    found.decisions[claim.column.index] = ColumnDecision(
        claim.column.index, claim.column.header, claim.field.key, "accepted", claim.method, confidence, claim.evidence
    )
    found.taken[claim.field.key] = claim.column.index


def _unsettled(claim: Claim, others: Sequence[Field], why: str) -> ColumnDecision:
    return ColumnDecision(
        claim.column.index,
        claim.column.header,
        claim.field.key,
        "uncertain",
        claim.method,
        UNSETTLED,
        [*claim.evidence, because(why)],
        [RunnerUp(other.key, UNSETTLED) for other in others],
    )
