from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from headgate.engine.match import ColumnDecision, LayoutChanges, MatchMemory, ValueDecision, layout_changes, learn
from headgate.engine.match.decisions import ColumnStatus
from headgate.engine.match.memory import LostField


def column(header: str, field: str | None, status: ColumnStatus = "accepted") -> ColumnDecision:
    return ColumnDecision(0, header, field, status, "person", 1.0)


def value(text: str, option: str | None, method: str = "person") -> ValueDecision:
    return ValueDecision("stage", text, option, "accepted" if option else "unmapped", method, 1.0, 3)


def test_a_completed_import_teaches_matched_and_ignored_headers() -> None:
    memory = learn([column("E-Mail", "email"), column("Junk", None, "unmapped"), column("???", None, "unmapped")])
    assert memory.headers == {"email": "email", "junk": None}
    assert memory.knows("e mail")
    assert memory.field_of("JUNK") is None
    assert memory.count_of("Email") == 1


def test_open_questions_and_contradictory_headers_teach_nothing() -> None:
    memory = learn([column("A", "a", "uncertain"), column("B", "b"), column("b", None, "unmapped")])
    assert memory.headers == {}


def test_several_columns_of_one_many_to_one_field_teach_once() -> None:
    assert learn([column("Tag", "tags"), column("Tag", "tags")]).headers == {"tag": "tags"}


def test_values_teach_unless_they_are_the_option_as_written() -> None:
    memory = learn([], [value("live demo", "demo"), value("Demo", "demo", "exact"), value("??", None)])
    assert memory.values == {"stage": {"live demo": "demo"}}


def test_merging_counts_agreement_and_lets_the_newer_win() -> None:
    old = learn([column("Mail", "email"), column("Tel", "phone")])
    merged = old.merged(learn([column("Mail", "email"), column("Tel", "fax")]))
    merged = merged.merged(learn([column("Mail", "email")]))
    assert merged.headers == {"mail": "email", "tel": "fax"}
    assert merged.header_counts == {"mail": 3, "tel": 1}


def test_the_newest_stand_first() -> None:
    merged = learn([column("A", "a"), column("B", "b")]).merged(learn([column("C", "c"), column("B", "b")]))
    assert list(merged.headers) == ["c", "b", "a"]


def test_a_changed_layout_says_what_is_new_and_which_fields_lost_their_column() -> None:
    memory = learn([column("Mail", "email"), column("Tel", "phone"), column("Junk", None, "unmapped")])
    memory = memory.merged(learn([column("Mail", "email"), column("Tel", "phone")]))
    found = layout_changes(memory, [column("MAIL", "email"), column("Fax", None, "unmapped")], {"email", "phone"})
    assert found == LayoutChanges(known=1, new=["Fax"], missing=[LostField("phone", "tel", 2)])


def test_a_field_whose_column_is_only_called_otherwise_is_not_missing() -> None:
    memory = learn([column("Tel", "phone")])
    for status in ("accepted", "uncertain"):
        found = layout_changes(memory, [column("Telephone", "phone", status)], {"phone"})
        assert found == LayoutChanges(known=0, new=["Telephone"], missing=[])


def test_fields_that_the_schema_has_no_more_are_not_missing() -> None:
    memory = learn([column("Tel", "phone")])
    assert layout_changes(memory, [column("Mail", "email")], {"email"}) == LayoutChanges(0, ["Mail"], [])


def test_where_nothing_was_learned_nothing_has_changed() -> None:
    assert layout_changes(MatchMemory(), [column("Mail", "email")], {"email"}) is None


texts = st.text("abcé 1", min_size=1, max_size=5)


@given(
    st.lists(st.tuples(texts, st.sampled_from(["f", "g", None])), max_size=6),
    st.lists(st.tuples(texts, st.sampled_from(["x", "y"])), max_size=6),
)
def test_a_memory_survives_its_json_form(headers: list[tuple[str, str | None]], values: list[tuple[str, str]]) -> None:
    memory = learn(
        [column(header, field, "accepted" if field else "unmapped") for header, field in headers],
        [value(text, option) for text, option in values],
    )
    assert MatchMemory.from_json(json.loads(json.dumps(memory.to_json()))) == memory
