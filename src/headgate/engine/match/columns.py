"""Which column of a file belongs to which field (pipeline.md, "Match").

By name first (`literal`), then by likeness of meaning with the values as evidence: the best one-to-one assignment, each
pair of which must stand above the accept threshold and clear of its rivals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from headgate.engine.explanations import because
from headgate.engine.match.abbreviations import abbreviates
from headgate.engine.match.additional_words import own_entity
from headgate.engine.match.assignment import best_assignment
from headgate.engine.match.confidence import calibrated
from headgate.engine.match.decisions import ColumnDecision, ColumnStatus, RunnerUp, SourceColumn
from headgate.engine.match.evidence import GLANCE, PERSON, ColumnValues, ReaderFor, ValueFit, made_once
from headgate.engine.match.gist import gist_of, says_the_rest, with_parts, without_remark
from headgate.engine.match.literal import LiteralMatches, match_literally
from headgate.engine.match.memory import MatchMemory
from headgate.engine.match.relations import relations
from headgate.engine.match.rivals import ACCEPT, ASK, Claims
from headgate.engine.match.signatures import signature
from headgate.engine.match.similarity import (
    CLOSE,
    CORRECTED,
    SAME_MEANING,
    SAME_WORDS_REORDERED,
    SUGGESTION,
    UNSURE,
    FieldNames,
    NameScore,
    shared_prefix,
)
from headgate.engine.match.suggestions import ColumnTraits, expected_position, order_of, plausibility
from headgate.engine.match.units import unit_left_out
from headgate.engine.match.vocabulary import Meaning, vocabulary_for
from headgate.engine.match.words import header_key
from headgate.libraries import numpy as np
from headgate.schema import Field

if TYPE_CHECKING:
    from numpy.typing import NDArray

MARGIN = 0.05
"""What must lie between a match that is taken and the next best for its column or its field."""
BACKED = 0.91
DOUBTED = 0.6
SUPPORT = 0.01
_NONE_FIT = 0.1
_REFUTED = 0.3
WITHOUT_PREFIX = 0.02
MAX_RUNNERS_UP = 3
_WORTH_SAYING = 0.15
_WORTH_SUGGESTING = 0.2
_VALUES_ONLY = 0.42
_TELLING_TYPES = frozenset(
    {
        "email",
        "url",
        "uuid",
        "date",
        "datetime",
        "phone-number",
        "us-zip-code",
        "select",
        "country",
        "us-state-territory",
    }
)
"""Types whose values alone are worth a suggestion."""
MAX_PAIRS = 100_000
"""Pairs of an open column and a field that are all compared. Of more, only those whose names mean the same but for
neutral words: the others could be suggested, never taken."""
MAX_GLANCES = 10_000
"""Pairs whose names say nothing and whose values are looked at nevertheless."""
_MAX_ALIKE = 20
"""Fields of one meaning that a column is compared with in such a table; two are enough to make a question of it."""


def match_columns(
    columns: Sequence[SourceColumn],
    fields: Sequence[Field],
    *,
    memory: MatchMemory | None = None,
    fuzzy: bool = True,
    reader_for: ReaderFor | None = None,
    language: str = "en",
) -> list[ColumnDecision]:
    """The decision for every column, in the order given.

    `memory`: what earlier imports taught, when it may be used (`autoMapHeaders`). `fuzzy`: false allows nothing but
    label, key and alternate match as written (`fuzzyMatchHeaders`). `reader_for`: the reader of a field's type, to see
    whether values fit. `language`: `settings.locale`. Hidden fields are never matched.
    """
    visible = [one for one in fields if not one.hidden]
    reader_for = made_once(reader_for)
    values = {column.index: ColumnValues(list(column.sample), column.distinct) for column in columns}

    def doubts(column: SourceColumn, field: Field) -> list[dict[str, Any]]:
        fit = values[column.index].fit(field, None, reader_for)
        return fit.evidence if fit.speaks_against else []

    found = match_literally(columns, visible, memory=memory, exact_only=not fuzzy, doubts=doubts)
    open_columns = [column for column in columns if column.index not in found.decisions]
    if fuzzy and open_columns and visible:
        likeness = Likeness(columns, visible, values, reader_for, language)
        found.decisions.update(likeness.decide(open_columns, found))
    return [
        found.decisions.get(column.index) or ColumnDecision(column.index, column.header, None, "unmapped", None, 0.0)
        for column in columns
    ]


class Likeness:
    """Columns and fields compared by what their names mean and what the values show."""

    def __init__(
        self,
        columns: Sequence[SourceColumn],
        fields: Sequence[Field],
        values: dict[int, ColumnValues],
        reader_for: ReaderFor | None,
        language: str,
    ) -> None:
        written = [column.header for column in columns]
        names = [name for one in fields for name in (one.label, one.key, *one.alternate_matches)]
        headers, schema = vocabulary_for(written, language, names), vocabulary_for(names, language, written)
        self._vocabulary = headers
        self._fields = [FieldNames.of(one, schema) for one in fields]
        self._meanings = {column.index: headers.meaning(column.header) for column in columns}
        self._prefix = shared_prefix([meaning for meaning in self._meanings.values() if meaning.concepts])
        self._entity = own_entity(
            [self._meanings[column.index] for column in columns], [names.meanings[0] for names in self._fields]
        )
        asked_for = {concept for names in self._fields for meaning in names.meanings for concept in meaning.concepts}
        self._of_people = not asked_for.isdisjoint(relations().personal)
        self._values = values
        self._reader_for = reader_for
        self._indices: list[int] = []
        self._row_concepts: list[frozenset[str]] = []

    def decide(self, columns: Sequence[SourceColumn], found: LiteralMatches) -> dict[int, ColumnDecision]:
        """The decisions for columns that have no claim by name; `found` tells which fields are taken."""
        free = [
            position
            for position, names in enumerate(self._fields)
            if names.field.key not in found.taken or names.field.many_to_one
        ]
        self._indices = [column.index for column in columns]
        self._row_concepts = [with_parts(self._meanings[column.index].concepts) for column in columns]
        scores = np.zeros((len(columns), len(self._fields)))
        named: dict[tuple[int, int], NameScore] = {}
        fits: dict[tuple[int, int], ValueFit] = {}
        telling = {at for at in free if self._fields[at].field.type_name in _TELLING_TYPES}
        glanced_at = telling if len(columns) * len(telling) <= MAX_GLANCES else set()
        compare_all = len(columns) * len(self._fields) <= MAX_PAIRS
        for row, column in enumerate(columns):
            for position in range(len(self._fields)) if compare_all else self._alike(column):
                names, pair = self._fields[position], (row, position)
                named[pair] = self._name_score(column, names)
                fits[pair] = self._fit(column, names, named[pair], glance=position in glanced_at)
                scores[pair] = _combined(named[pair], fits[pair])
        self._yield_to_meant(scores, named)
        self._yield_to_taken(scores, free)
        pairs = self._assigned(scores, free)
        decisions = [
            self._decision(column, row, pairs, scores, free, named, fits) for row, column in enumerate(columns)
        ]
        if len(columns) * len(self._fields) <= MAX_GLANCES:
            decisions = self._with_suggestions(columns, decisions, found, named)
        return {decision.index: calibrated(decision) for decision in decisions}

    def _with_suggestions(
        self,
        columns: Sequence[SourceColumn],
        decisions: list[ColumnDecision],
        found: LiteralMatches,
        named: dict[tuple[int, int], NameScore],
    ) -> list[ColumnDecision]:
        """The decisions with the most plausible fields that are left behind those that names spoke for."""
        places = {names.field.key: at for at, names in enumerate(self._fields)}
        settled = [*found.decisions.values(), *decisions]
        decided = {d.index: places[d.field] for d in settled if d.status == "accepted" and d.field in places}
        served = {at for at in decided.values() if not self._fields[at].field.many_to_one}
        left = [at for at in range(len(self._fields)) if at not in served]
        order = order_of(decided)
        result: list[ColumnDecision] = []
        for row, (column, decision) in enumerate(zip(columns, decisions, strict=True)):
            if decision.status == "accepted" or not self._meanings[column.index].concepts:
                result.append(decision)
                continue
            by_name = [runner for runner in decision.runners_up if runner.confidence >= ASK]
            named_keys = {decision.field, *(runner.field for runner in by_name)}
            place = expected_position(column.index, decided)
            traits = ColumnTraits.of(column.header, self._meanings[column.index], self._values[column.index])
            others = []
            for at in left:
                names, distance = self._fields[at], None if place is None else abs(place - at)
                if names.field.key not in named_keys:
                    confidence = plausibility(traits, names, distance, order)
                    others.append(RunnerUp(names.field.key, confidence, _runner_evidence(named, row, at)))
            others = [one for one in others if one.confidence > _WORTH_SUGGESTING]
            others.sort(key=lambda runner: -runner.confidence)
            runners_up = [*by_name, *others][:MAX_RUNNERS_UP]
            best = runners_up[0].confidence if runners_up and decision.field is None else decision.confidence
            why = [] if runners_up and decision.field is None else decision.evidence
            result.append(replace(decision, confidence=best, evidence=why, runners_up=runners_up))
        return result

    def _alike(self, column: SourceColumn) -> list[int]:
        """The fields whose names may mean the same as the header, as it stands or without its prefix or remark."""
        meaning = self._meanings[column.index]
        meanings = [meaning.concepts]
        if self._prefix and meaning.concepts[:1] == (self._prefix,):
            meanings.append(meaning.concepts[1:])
        if (remark := without_remark(column.header)) != column.header:
            meanings.append(self._vocabulary.meaning(remark).concepts)
        found = {at for one in meanings for at in self._by_gist.get(gist_of(one), [])[:_MAX_ALIKE]}
        return sorted(found)

    @cached_property
    def _by_gist(self) -> dict[tuple[str, ...], list[int]]:
        positions: dict[tuple[str, ...], list[int]] = {}
        for at, names in enumerate(self._fields):
            for gist in {gist_of(meaning.concepts) for meaning in names.meanings}:
                positions.setdefault(gist, []).append(at)
        return positions

    def _name_score(self, column: SourceColumn, names: FieldNames) -> NameScore:
        found = self._likeness(column, names)
        if found.score > UNSURE and unit_left_out(column.header, names.field.label):
            return NameScore(UNSURE, [*found.evidence, because("remark_in_header")], found.concept)
        return found

    def _likeness(self, column: SourceColumn, names: FieldNames) -> NameScore:
        meaning, best = self._meanings[column.index], self._as_it_stands(column, names)
        if self._prefix and meaning.concepts[:1] == (self._prefix,) and len(meaning.concepts) > 1:
            bare = names.score(column.header, Meaning(meaning.concepts[1:], meaning.sure, meaning.corrected))
            if says_the_rest(column.header, names, self._vocabulary, self._prefix):
                bare = NameScore(SAME_MEANING, [because("same_words")], bare.concept)
            if bare.score - WITHOUT_PREFIX > best.score:
                evidence = [*bare.evidence, because("prefix_of_all_columns", word=self._prefix)]
                return NameScore(bare.score - WITHOUT_PREFIX, evidence, bare.concept, bare.needs_backing)
        remark = without_remark(column.header)
        if remark != column.header and self._is_owner_in_brackets(column, remark, names):
            return NameScore(SAME_WORDS_REORDERED, best.evidence, best.concept)
        if best.score < UNSURE and remark != column.header and header_key(remark):
            bare = names.score(remark, self._vocabulary.meaning(remark), self._entity)
            if header_key(column.header[len(remark) :]) in relations().remarks:
                return bare
            if bare.score >= ACCEPT:
                # What stands in brackets may be a unit or tell two columns apart: a person sees which.
                return NameScore(UNSURE, [*bare.evidence, because("remark_in_header")], bare.concept)
        return best

    def _is_owner_in_brackets(self, column: SourceColumn, remark: str, names: FieldNames) -> bool:
        """Whether what stands in brackets only belongs in front: "City (Billing)" for "Billing city"."""
        thing, owner = self._vocabulary.meaning(remark), self._vocabulary.meaning(column.header[len(remark) :])
        reordered = (*owner.concepts, *thing.concepts)
        return thing.sure and thing.known and owner.known and any(one.concepts == reordered for one in names.meanings)

    def _as_it_stands(self, column: SourceColumn, names: FieldNames) -> NameScore:
        """The likeness of the whole header, and whether the values make up for what it leaves open."""
        best = names.score(column.header, self._meanings[column.index], self._entity)
        if best.score > UNSURE and header_key(column.header) in relations().two_faced:
            best = NameScore(UNSURE, [because("word_too_general", meaning=best.concept)], best.concept)
        if best.concept == PERSON and not self._of_people:
            return NameScore(CLOSE, best.evidence)
        if best.score < CORRECTED and any(
            abbreviates(column.header, name, self._vocabulary.fillers, self._is_general) for name in names.names
        ):
            return NameScore(CORRECTED, [because("same_words")], names.meanings[0].joined)
        if best.score == UNSURE and best.concept in signature(self._values[column.index].read_texts[:GLANCE]):
            # "Unit" may be a flat or a measure: values such as "kg" and "pcs" tell.
            return NameScore(CORRECTED, best.evidence, best.concept)
        return best

    def _is_general(self, word: str) -> bool:
        return relations().general.issuperset(self._vocabulary.meaning(word).concepts)

    def _fit(self, column: SourceColumn, names: FieldNames, named: NameScore, *, glance: bool) -> ValueFit:
        if named.score < ASK and not glance:
            return ValueFit(None, [])
        values = self._values[column.index]
        if named.score < ASK:
            return values.glance(names.field, self._reader_for)
        return values.fit(names.field, named.concept, self._reader_for)

    def _yield_to_meant(self, scores: NDArray[np.float64], named: dict[tuple[int, int], NameScore]) -> None:
        """What only stands in for a field (a mobile number for the phone) is no candidate where one means the other."""
        meant = np.zeros(scores.shape, dtype=bool)
        for pair, name in named.items():
            meant[pair] = scores[pair] >= ASK and not name.stands_in
        taken_rows, taken_fields = np.flatnonzero(meant.any(axis=1)), np.flatnonzero(meant.any(axis=0))
        for (row, position), name in named.items():
            if name.stands_in and (row in taken_rows or position in taken_fields):
                scores[row, position] = min(scores[row, position], SUGGESTION)

    def _yield_to_taken(self, scores: NDArray[np.float64], free: Sequence[int]) -> None:
        """A column that means a field which another column has by its name is no candidate for a lesser one."""
        taken = [position for position in range(len(self._fields)) if position not in free]
        if not taken:
            return
        best_taken = scores[:, taken].max(axis=1, initial=0.0)
        for row, best in enumerate(best_taken):
            if best >= ASK:
                lesser = scores[row] < min(best, ACCEPT)
                scores[row, lesser] = np.minimum(scores[row, lesser], SUGGESTION)

    def _assigned(self, scores: NDArray[np.float64], free: Sequence[int]) -> dict[int, int]:
        candidates = np.where(scores >= ASK, scores, 0.0)
        single = [position for position in free if not self._fields[position].field.many_to_one]
        pairs = {row: single[at] for row, at in best_assignment(candidates[:, single])} if single else {}
        for position in set(free) - set(single):
            for row in range(scores.shape[0]):
                current = candidates[row, pairs[row]] if row in pairs else 0.0
                if candidates[row, position] > current:
                    pairs[row] = position
        return pairs

    def _decision(
        self,
        column: SourceColumn,
        row: int,
        pairs: dict[int, int],
        scores: NDArray[np.float64],
        free: Sequence[int],
        named: dict[tuple[int, int], NameScore],
        fits: dict[tuple[int, int], ValueFit],
    ) -> ColumnDecision:
        position = pairs.get(row)
        others = sorted((other for other in free if other != position), key=lambda other: -scores[row, other])
        runners_up = [
            RunnerUp(self._fields[other].field.key, float(scores[row, other]), _evidence((row, other), named, fits))
            for other in others[:MAX_RUNNERS_UP]
            if scores[row, other] >= _WORTH_SAYING
        ]
        if position is None:
            best = runners_up[0].confidence if runners_up else 0.0
            why = [] if runners_up else [because("nothing_similar")]
            return ColumnDecision(column.index, column.header, None, "unmapped", None, best, why, runners_up)
        score, pair = float(scores[row, position]), (row, position)
        claims = Claims(self._fields, self._indices, self._row_concepts, scores, free, pairs)
        evidence = _evidence(pair, named, fits)
        status: ColumnStatus = "uncertain"
        if score >= ACCEPT:
            rival = claims.rival(row, position)
            if named[pair].unrivalled and (rival is None or rival.strength < ASK):
                rival = claims.namesake(row, position, stands_in=named[pair].stands_in) or rival
            allowed = ASK if named[pair].unrivalled else score - MARGIN
            if rival is None or rival.strength < allowed:
                status = "accepted"
            else:
                evidence.append(rival.evidence())
                score = min(score, DOUBTED + 0.1)
        return ColumnDecision(
            column.index,
            column.header,
            self._fields[position].field.key,
            status,
            "similar",
            score,
            evidence,
            runners_up,
        )


def _evidence(
    pair: tuple[int, int], named: dict[tuple[int, int], NameScore], fits: dict[tuple[int, int], ValueFit]
) -> list[dict[str, Any]]:
    return [*named[pair].evidence, *fits[pair].evidence] if pair in named else []


def _runner_evidence(named: dict[tuple[int, int], NameScore], row: int, position: int) -> list[dict[str, Any]]:
    return list(named[row, position].evidence) if (row, position) in named else []


def _combined(named: NameScore, fit: ValueFit) -> float:
    """The score of a pair: the names decide, the values back or doubt."""
    if named.score < ASK:
        return max(named.score, _VALUES_ONLY * (fit.support or 0.0)) if fit.speaks_for else named.score
    if fit.speaks_against:
        # A name that is only close, on values of another kind ("Contact" with names of people, for a phone), is no question.
        is_close_only = named.score <= CLOSE and fit.support is not None and fit.support <= _NONE_FIT
        return _REFUTED if is_close_only else min(named.score, DOUBTED)
    if named.needs_backing:
        return BACKED if fit.speaks_for else named.score
    return min(0.99, named.score + SUPPORT) if fit.speaks_for else named.score
