"""From the validators that a schema names to objects that check batches."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from types import TracebackType
from typing import Self

from headgate.engine.validators.alphabetical import Alphabetical
from headgate.engine.validators.base import Batch, FieldValidator, Finding, Tracker
from headgate.engine.validators.duplicates import Duplicates
from headgate.engine.validators.few_duplicates import DuplicatesOfAny
from headgate.engine.validators.length import Length
from headgate.engine.validators.regex import Regex
from headgate.engine.validators.regex_worker import TIME_LIMIT, RegexWorker
from headgate.engine.validators.require_with import RequireWith, RequireWithValues
from headgate.engine.validators.required import Required
from headgate.engine.validators.unique import CombinationTracker, Unique, UniqueWith, ValueTracker
from headgate.schema import Field, Validator
from headgate.schema import validators as options


class Validators:
    """All validators of a schema, field by field in its order. Use it with `with`: it may own a process."""

    def __init__(self, validators: Sequence[FieldValidator], trackers: Sequence[Tracker], worker: RegexWorker) -> None:
        self.validators = tuple(validators)
        self._trackers = tuple(trackers)
        self._worker = worker

    @property
    def trackers(self) -> Sequence[Tracker]:
        """What remembers rows for the rules about several rows."""
        return self._trackers

    @property
    def wants_pass(self) -> bool:
        """Whether all batches must be shown (once more) before `check` can answer."""
        return any(tracker.wants_pass for tracker in self._trackers)

    @property
    def watched(self) -> set[str]:
        """The keys of the fields that the next pass looks at; a batch of a pass needs no others."""
        return {key for tracker in self._trackers if tracker.wants_pass for key in tracker.keys}

    def observe(self, batch: Batch) -> None:
        """The next batch of a pass, in order."""
        for tracker in self._trackers:
            if tracker.wants_pass:
                tracker.observe(batch)

    def end_pass(self) -> None:
        """All batches of the pass were shown."""
        for tracker in self._trackers:
            if tracker.wants_pass:
                tracker.end_pass()

    def check(self, batch: Batch, keys: Collection[str] | None = None) -> Iterator[Finding]:
        """What is wrong in the batch; only what fails somewhere. Raises ImportFailedError (`regex_too_slow`).

        `keys`: the fields whose validators are asked, None for all.
        """
        for validator in self.validators:
            if keys is not None and validator.key not in keys:
                continue
            for position in range(len(batch.get(validator.key, ()))):
                if (finding := validator.finding(batch, position)) is not None:
                    yield finding

    def close(self) -> None:
        """End the process that runs regular expressions, if one was started."""
        self._worker.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


def build_validators(
    fields: Sequence[Field],
    *,
    regex_time_limit: float = TIME_LIMIT,
    duplicates: Callable[[], Duplicates] = DuplicatesOfAny,
) -> Validators:
    """The validators of the schema's fields. `regex_time_limit`: seconds for one request to the JavaScript engine.
    `duplicates`: makes what finds repeated texts, one for every rule about them."""
    builder = _Builder(fields, RegexWorker(regex_time_limit), duplicates)
    validators = [builder.build(field, validator) for field in fields for validator in field.validators]
    return Validators(validators, builder.trackers, builder.worker)


class _Builder:
    """Validators of one `uniqueKey`, or of one field, share what they have seen of the rows."""

    def __init__(self, fields: Sequence[Field], worker: RegexWorker, duplicates: Callable[[], Duplicates]) -> None:
        self.worker = worker
        self.duplicates = duplicates
        self.labels = {field.key: field.label for field in fields}
        self.sharing: dict[str, list[str]] = {}
        for field in fields:
            for name in dict.fromkeys(v.unique_key for v in field.validators if isinstance(v, options.UniqueWith)):
                self.sharing.setdefault(name, []).append(field.key)
        self._values: dict[tuple[str, bool], ValueTracker] = {}
        self._combinations: dict[str, CombinationTracker] = {}

    @property
    def trackers(self) -> list[Tracker]:
        return [*self._values.values(), *self._combinations.values()]

    def build(self, field: Field, validator: Validator) -> FieldValidator:
        match validator:
            case options.Required():
                return Required(field, validator)
            case options.Unique():
                return Unique(field, validator, self._value_tracker(field.key, validator))
            case options.UniqueWith():
                return self._unique_with(field, validator)
            case options.Regex():
                return Regex(field, validator, self.worker)
            case options.RequireWith():
                return RequireWith(field, validator, self.labels)
            case options.RequireWithValues():
                return RequireWithValues(field, validator, self.labels)
            case options.Length():
                return Length(field, validator)
            case options.Alphabetical():
                return Alphabetical(field, validator)
        raise TypeError(f"no validator is called {validator.validate_}")

    def _value_tracker(self, key: str, validator: options.Unique) -> ValueTracker:
        folds = validator.validate_ == "unique_case_insensitive"
        if (key, folds) not in self._values:
            self._values[key, folds] = ValueTracker(key, self.duplicates(), case_insensitive=folds)
        return self._values[key, folds]

    def _unique_with(self, field: Field, validator: options.UniqueWith) -> UniqueWith:
        keys = self.sharing[validator.unique_key]
        if validator.unique_key not in self._combinations:
            self._combinations[validator.unique_key] = CombinationTracker(keys, self.duplicates())
        tracker = self._combinations[validator.unique_key]
        return UniqueWith(field, validator, tracker, [self.labels[key] for key in keys if key != field.key])
