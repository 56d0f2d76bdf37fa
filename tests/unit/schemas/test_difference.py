"""What is different between two schemas, in plain statements."""

from __future__ import annotations

from typing import Any

import pytest

from headgate.schemas.difference import difference


def schema(*fields: dict[str, Any], **parts: Any) -> dict[str, Any]:
    return {"name": "S", "fields": list(fields), "settings": {"importIdentifier": "S"}, "hooks": {}} | parts


def field(key: str, label: str | None = None, **more: Any) -> dict[str, Any]:
    return {"key": key, "label": label or key.title()} | more


def said(before: dict[str, Any], after: dict[str, Any]) -> list[tuple[str, str]]:
    return [(change.code, change.path) for change in difference(before, after)]


A, B, C = field("a"), field("b"), field("c")


def test_a_schema_is_not_different_from_itself() -> None:
    one = schema(field("a", type=["number", {"preset": "usd"}]), hooks={"rowHooks": ["(r) => r"]})
    assert difference(one, one) == []


def test_fields_that_came_and_went_are_named_where_they_stand() -> None:
    changes = difference(schema(A, B), schema(field("new", type="date"), A))
    assert [(change.code, change.path, change.field) for change in changes] == [
        ("field_removed", "fields[1]", "b"),
        ("field_added", "fields[0]", "new"),
    ]
    assert changes[1].text == "The field “New” (new) was added, of the type Date."


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (field("mail", "E-mail", type="email"), field("email", "E-mail", type="email")),
        (field("mail", "E-mail"), field("email", "E-mail", type="email")),
    ],
)
def test_a_field_with_another_key_and_the_same_label_was_renamed(before: dict[str, Any], after: dict[str, Any]) -> None:
    changes = difference(schema(A, before), schema(A, after))
    assert changes[0].code == "field_renamed"
    assert (changes[0].before, changes[0].after) == ("mail", "email")
    assert not {"field_added", "field_removed"} & {change.code for change in changes}


def test_the_fewest_fields_are_called_moved() -> None:
    changes = difference(schema(A, B, C), schema(C, A, B))
    assert [(change.code, change.field) for change in changes] == [("field_moved", "c")]
    assert changes[0].text == "The field “C” (c) is now the first."
    assert difference(schema(A, B, C), schema(B, C, A))[0].text == "The field “A” (a) now comes after “C” (c)."


def test_a_field_between_new_ones_was_not_moved() -> None:
    assert said(schema(A, B), schema(C, A, field("d"), B)) == [
        ("field_added", "fields[0]"),
        ("field_added", "fields[2]"),
    ]


def test_an_option_is_told_with_both_values() -> None:
    before = schema(field("a", type=["number", {"preset": "usd", "displayFormat": {"mantissa": 2}}]))
    after = schema(field("a", type=["number", {"preset": "usd", "min": 0, "displayFormat": {"mantissa": 3}}]))
    changes = difference(before, after)
    assert {(change.path, change.before, change.after) for change in changes} == {
        ("fields[0].type[1].displayFormat.mantissa", 2, 3),
        ("fields[0].type[1].min", None, 0),
    }
    assert "“A” (a): Least value is 0 instead of not given." in {change.text for change in changes}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (field("a", type="string"), field("a")),
        (field("a", type=["number", "usd"]), field("a", type=["number", {"preset": "usd"}])),
        (field("a", type=["date", {"autofix": True}]), field("a", type="date")),
        (field("a", hidden=False, validators=[]), field("a")),
        (field("a", description=None), field("a")),
    ],
)
def test_writing_the_same_in_another_way_is_no_difference(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert difference(schema(one), schema(other)) == []


def test_rules_options_and_other_keys_each_have_their_statement() -> None:
    options = [{"label": "X", "value": "x"}, {"label": "Y", "value": "y"}]
    length = {"validate": "length", "max": 5}
    before = schema(field("a", type="select", selectOptions=options, validators=[{"validate": "required"}, length]))
    changed = [{"label": "X!", "value": "x"}, {"label": "Z", "value": "z"}]
    rules = [length | {"max": 6}, {"validate": "unique"}]
    after = schema(field("a", "A!", type="select", selectOptions=changed, validators=rules))
    assert sorted(code for code, _ in said(before, after)) == [
        "key_changed", "select_option_added", "select_option_changed", "select_option_removed",
        "validator_added", "validator_changed", "validator_removed",
    ]  # fmt: skip


def test_settings_are_told_at_their_innermost_key() -> None:
    before = schema(A, settings={"importIdentifier": "S", "matchingStep": {"helpText": "x", "fuzzyMatchHeaders": True}})
    after = schema(A, settings={"importIdentifier": "S", "matchingStep": {"helpText": "x", "matchToSchema": True}})
    assert said(before, after) == [("setting_changed", "settings.matchingStep.matchToSchema")]


def test_hooks_that_came_went_changed_or_changed_places_are_told_apart() -> None:
    before = schema(A, hooks={"rowHooks": ["1", "2", "3"], "beforeFinishCallback": "x"})
    assert said(before, schema(A, hooks={"rowHooks": ["1", "2b", "3"], "beforeFinishCallback": "x"})) == [
        ("hook_changed", "hooks.rowHooks[1]")
    ]
    assert said(before, schema(A, hooks={"rowHooks": ["3", "1", "2"]})) == [
        ("hook_moved", "hooks.rowHooks"),
        ("hook_removed", "hooks.beforeFinishCallback"),
    ]
    assert said(before, schema(A, hooks={"rowHooks": ["1", "2", "3", "4"], "beforeFinishCallback": "x"})) == [
        ("hook_added", "hooks.rowHooks[3]")
    ]


@pytest.mark.parametrize("draft", [{}, {"fields": 3, "settings": [], "hooks": "x"}, {"fields": [None, {"key": 1}, []]},
                                   {"fields": [{"type": [[]]}, {"type": {}}, {"validators": [3]}]}])  # fmt: skip
def test_a_draft_that_is_no_schema_can_still_be_compared(draft: dict[str, Any]) -> None:
    assert difference(schema(A), draft)
    assert difference(draft, schema(A))


def test_five_thousand_fields_in_reverse_are_compared_at_once() -> None:
    fields = [field(f"f{n}") for n in range(5000)]
    changes = difference(schema(*fields), schema(*reversed(fields)))
    assert len(changes) == 4999
    assert {change.code for change in changes} == {"field_moved"}
