"""What a column's values say for or against a field (pipeline.md, "Match": type fit, option overlap, uniqueness)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, Final

from headgate.engine.explanations import because
from headgate.engine.match.checkbox_values import checkbox_fit
from headgate.engine.match.relations import ValueKind, relations
from headgate.engine.types.base import WHITE_SPACE, CellReader
from headgate.late_patterns import late_pattern
from headgate.records import dataclass
from headgate.schema import Field
from headgate.schema.types import SelectOptions

ReaderFor = Callable[[Field], CellReader]

MAX_READ_TEXTS = 200
"""Distinct texts of a sample that are read to judge a type's fit."""
GLANCE = 20
"""The same where the names say nothing."""
ENOUGH_TEXTS = 3
FITS = 0.8
PERSON: Final = "person"
"""In place of a concept: the values must look like names of people, two to four words each."""
FITS_NOT = 0.5
_DUPLICATES = 0.5
_MISREAD = 0.4
"""The most that texts speak for a checkbox that would take one of them for its opposite ("nein")."""

_LONGEST_OF_A_KIND = 2000
"""Characters beyond which no text is of a kind: an address, a number, a name. The patterns need not be quick on more."""

_KIND_PATTERNS: dict[ValueKind, re.Pattern[str]] = {
    "words": late_pattern(r"[^\W\d_][^\d@]*(?:\d{1,2}[^\d@]*)?"),
    "person": late_pattern(
        r"[^\W\d_][\w.'’-]*,?(?: [^\W\d_][\w.'’-]*){1,3}|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]{2,5}"
    ),
    "email": late_pattern(r"[^@\s]+@[^@\s]+\.[^@\s]{2,}"),
    "phone": late_pattern(r"(?=(?:\D*\d){5})[+(]?[\d\s().\-/+]{5,25}(?:\s*(?:x|ext\.?|#)\s*\d+)?", re.IGNORECASE),
    "url": late_pattern(r"(?:[a-z][a-z+.-]*://)?[\w@-]+(?:\.[\w-]+)+(?:[/?#:]\S*)?|@?\w+", re.IGNORECASE),
    "date": late_pattern(
        r"\d{1,4}[-./ ]\d{1,2}[-./ ]\d{1,4}(?:[T ,].*)?|\d{8}|\d{10,13}|\d{1,2}[-./ ]*[^\W\d_]{3,}\.?[-./ ]*\d{2,4}.*"
        r"|[^\W\d_]{3,}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{2,4}.*|\d{4,6}|\d{1,4}年\d{1,2}月.*"
    ),
    "number": late_pattern(r"[^\w\s]{0,3}\s?(?:[A-Z]{1,3}\s?)?[-+−(]?[\d\s.,'’]*\d[\d\s.,'’]*\)?\s?[^\d\s]{0,6}-?"),
    "code": late_pattern(r"(?!.*\s\w+\s\w+\s\w+\s)[\w][\w .\-/]{0,40}"),
}
_OF_PEOPLE = frozenset({"first_name", "last_name", "middle_name", "maiden_name", "full_name"})
_FIRMS = 0.1
"""From this share of names of companies on a column is not one of people: a person sees what else it holds."""
_LEGAL_FORM = late_pattern(
    r"(?i:[\s,](?:gmbh|ag|ohg|gbr|kg|ug|e\.?k|ltd|limited|llc|llp|inc|corp|plc|sarl|sas|srl|s\.r\.l|spa|s\.p\.a|s\.a|s\.l|ltda"
    r"|bv|b\.v|nv|n\.v|oyj?|aps|a/s|kft|zrt|s\.r\.o|spol|z o\.\s?o)(?:\b|$))|\s&\s|(?:^|\s)(?:ООО|ОАО|ЗАО|АО|ТОВ|ПАТ)\b"
    r"|(?:株式|有限|合同)会社|有限公司|\(주\)|주식회사"
)
_TYPES_THAT_TAKE_ANYTHING = frozenset({"string"})


@dataclass(frozen=True)
class ValueFit:
    """How a column's values fit a field: `support` 0–1 (None: they say nothing), and why."""

    support: float | None
    evidence: list[dict[str, Any]]

    @property
    def speaks_for(self) -> bool:
        """Whether the values back the match."""
        return self.support is not None and self.support >= FITS

    @property
    def speaks_against(self) -> bool:
        """Whether the values make the match doubtful."""
        return self.support is not None and self.support < FITS_NOT


class ColumnValues:
    """The sample of one column, and what it shows. `distinct`: distinct texts in the whole column, when known."""

    def __init__(self, sample: Sequence[str | None], distinct: int | None = None) -> None:
        trimmed = (text.strip(WHITE_SPACE) for text in sample if text is not None)
        self.texts = [text for text in trimmed if text]
        self.distinct = distinct

    @cached_property
    def read_texts(self) -> list[str]:
        """The distinct texts to be judged, spread over the sample."""
        distinct = list(dict.fromkeys(self.texts))
        step = max(1, len(distinct) // MAX_READ_TEXTS)
        return distinct[::step][:MAX_READ_TEXTS]

    @cached_property
    def repeats(self) -> bool:
        """Whether so many texts stand more than once that the column identifies nothing."""
        return len(self.texts) >= 2 * ENOUGH_TEXTS and len(set(self.texts)) < _DUPLICATES * len(self.texts)

    def share_of_kind(self, kind: ValueKind) -> float:
        """The share of texts that look like `kind`."""
        pattern = _KIND_PATTERNS[kind]
        alike = sum(len(text) <= _LONGEST_OF_A_KIND and pattern.fullmatch(text) is not None for text in self.read_texts)
        return alike / max(1, len(self.read_texts))

    @cached_property
    def _names_companies(self) -> bool:
        """Whether so many texts have the form of a company's name that the column cannot hold names of people only."""
        firms = sum(
            len(text) <= _LONGEST_OF_A_KIND and _LEGAL_FORM.search(text) is not None for text in self.read_texts
        )
        return firms >= _FIRMS * len(self.read_texts) > 0

    def glance(self, field: Field, reader_for: ReaderFor | None) -> ValueFit:
        """Whether values alone speak for `field`: nothing as soon as too many of a few texts do not fit."""
        texts, strangers = self.read_texts[:GLANCE], 0
        if (
            reader_for is not None
            and field.type_name not in _TYPES_THAT_TAKE_ANYTHING
            and field.type_name != "checkbox"
        ):
            reader = reader_for(field)
            for text in texts:
                strangers += reader.read_cell(text).value is None
                if strangers > (1 - FITS) * len(texts):
                    return ValueFit(None, [])
        return self.fit(field, None, reader_for, texts=GLANCE)

    def fit(
        self, field: Field, concept: str | None, reader_for: ReaderFor | None, *, texts: int = MAX_READ_TEXTS
    ) -> ValueFit:
        """How the values fit `field`, or where any text is taken, what its name means; at most `texts` are read."""
        if len(self.read_texts) == 0 or (len(self.texts) < ENOUGH_TEXTS and field.type_name == "string"):
            return ValueFit(None, [])
        if field.type_name in _TYPES_THAT_TAKE_ANYTHING:
            found = self._kind_fit(concept)
        else:
            found = self._type_fit(field, reader_for, self.read_texts[:texts])
            if found.speaks_against and concept is not None and field.type_name == "phone-number":
                found = self._shape_fit(found, concept)
        if self.repeats and any(
            v.validate_.startswith("unique") and v.validate_ != "unique_with" for v in field.validators
        ):
            return ValueFit(0.0, [*found.evidence, because("values_repeat")])
        return found

    def _type_fit(self, field: Field, reader_for: ReaderFor | None, texts: Sequence[str]) -> ValueFit:
        if field.type_name == "checkbox":
            # A checkbox reads any text as true, so that its own reader would say nothing.
            found = checkbox_fit(texts)
            if found.misread is not None:
                return ValueFit(min(found.share, _MISREAD), [because("counts_as_yes", value=found.misread)])
            return ValueFit(found.share, [because("type_fit", type=field.type_name, share=round(found.share, 3))])
        if reader_for is None or (isinstance(field.type, SelectOptions) and field.type.allow_custom):
            return ValueFit(None, [])
        reader = reader_for(field)
        share = sum(reader.read_cell(text).value is not None for text in texts) / len(texts)
        return ValueFit(share, [because("type_fit", type=field.type_name, share=round(share, 3))])

    def _shape_fit(self, found: ValueFit, concept: str) -> ValueFit:
        """Phone numbers that cannot be read without knowing their country are phone numbers nevertheless."""
        alike = self._kind_fit(concept)
        return ValueFit(alike.support, [*found.evidence, *alike.evidence]) if alike.speaks_for else found

    def _kind_fit(self, concept: str | None) -> ValueFit:
        # "customer+first_name": what it is stands last.
        kind = PERSON if concept == PERSON else relations().kinds.get(concept.split("+")[-1]) if concept else None
        if kind is None:
            return ValueFit(None, [])
        share = self.share_of_kind(kind)
        if concept is not None and concept.split("+")[-1] in _OF_PEOPLE and self._names_companies:
            # "Nom" over firms is no last name, however many of them look like one.
            share = min(share, _MISREAD)
        return ValueFit(share, [because("values_look_like", kind=kind, share=round(share, 3))])


def made_once(reader_for: ReaderFor | None) -> ReaderFor | None:
    """`reader_for` that makes one reader a field, however many columns are held against it."""
    if reader_for is None:
        return None
    make, readers = reader_for, dict[str, CellReader]()

    def reader(field: Field) -> CellReader:
        if field.key not in readers:
            readers[field.key] = make(field)
        return readers[field.key]

    return reader
