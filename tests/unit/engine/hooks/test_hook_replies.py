"""Whatever an engine says, reading it gives changes of the right form or a MalformedReplyError, nothing else."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headgate.engine.errors import ImportFailedError
from headgate.engine.hooks.actions import ActionReader
from headgate.engine.hooks.replies import MalformedReplyError, parse_changes, parse_times
from headgate.engine.hooks.rows import INFO_SCHEMA

SLOTS = ["a", "b"]
COUNT = 3
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 4),
    st.integers(),
    st.floats(),
    st.text(max_size=3),
    st.sampled_from(["error", "info"]),
)
json_values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=12,
)
small = st.lists(st.one_of(st.integers(-1, 4), scalars), max_size=4)
texts = st.lists(st.one_of(st.text(max_size=3), scalars), max_size=4)
changes = st.fixed_dictionaries(
    {
        "values": st.lists(st.tuples(st.integers(-1, 2), st.none() | small, texts, small).map(list), max_size=3)
        | json_values,
        "infos": st.tuples(small, small, texts, texts).map(list) | json_values,
        "options": st.lists(st.tuples(scalars, scalars, json_values).map(list), max_size=2) | json_values,
    }
)


@settings(max_examples=400, deadline=None)
@given(changes)
def test_any_changes_are_read_or_refused(frame: dict[str, Any]) -> None:
    try:
        read = parse_changes(frame, SLOTS, COUNT, 100)
    except MalformedReplyError:
        return
    for slot, cells in read.values.items():
        assert slot in SLOTS
        assert len(cells.at) == len(cells.value) == len(cells.typed)
        assert cells.at.is_sorted()
        assert cells.at.n_unique() == len(cells.at)
        assert cells.at.is_between(0, COUNT - 1).all()
    assert dict(read.infos.schema) == INFO_SCHEMA
    assert read.infos["at"].is_between(0, COUNT - 1).all()
    assert set(read.infos["level"]) <= {"error", "warning", "info", None}
    assert all(0 <= cell.at < COUNT and cell.slot in SLOTS for cell in read.options)


@given(st.dictionaries(st.just("took"), json_values))
def test_any_times_are_read_or_refused(frame: dict[str, Any]) -> None:
    with contextlib.suppress(MalformedReplyError):
        assert all(time >= 0 for time in parse_times(frame, 2))


names = st.sampled_from(["addField", "removeField", "addRows", "removeRows", "updateInfoMessages", "setUser", "x"])
calls = st.lists(json_values, max_size=3).map(lambda arguments: json.dumps(arguments))
actions = st.lists(
    st.fixed_dictionaries(
        {"name": names | json_values, "json": calls | json_values, "position": scalars, "line": scalars}
    ),
    max_size=3,
)


@settings(max_examples=300, deadline=None)
@given(actions | json_values)
def test_any_actions_are_read_or_refused(raw: Any) -> None:
    with contextlib.suppress(MalformedReplyError, ImportFailedError):
        assert isinstance(ActionReader(["a", "b"]).read(raw, "stepHooks", before_table=False), tuple)


def test_an_added_field_must_name_fields_that_exist() -> None:
    validators = [{"validate": "require_with", "fields": ["zzz"]}]
    definition = {"key": "c", "label": "C", "validators": validators}
    entry = {"name": "addField", "json": json.dumps([definition, None]), "position": 0}
    with pytest.raises(ImportFailedError, match="zzz"):
        ActionReader(["a"]).read([entry], "stepHooks", before_table=False)
