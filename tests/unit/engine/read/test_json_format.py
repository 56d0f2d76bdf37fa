"""JSON keeps every digit and character, and what is wrong with it is said with its place."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headgate.engine.errors import ImportFailedError
from headgate.engine.read.json_cursor import compact
from headgate.engine.read.options import ReadLimits

from .conftest import Read, cells


def test_objects_become_rows_under_the_union_of_their_keys(read: Read) -> None:
    table = read(b'[{"a": 1, "b": "x"}, {"c": true, "a": null}, {}, {"b": "", "d": [1, {"k": 2.50}]}]')
    assert (table.kind, table.header, table.description.format) == ("json", ["a", "b", "c", "d"], "json")
    assert cells(table) == [
        ["1", "x", None, None],
        [None, None, "true", None],
        [None, None, None, None],
        [None, None, None, '[1,{"k":2.50}]'],
    ]


@pytest.mark.parametrize(
    "digits",
    [
        "1.10",
        "1e5",
        "1E+400",
        "-0",
        "-0.0",
        "0.1000000000000000055511151231257827",
        "12345678901234567890123",
        "1.0E-7",
    ],
)
def test_numbers_keep_their_digits_as_written(read: Read, digits: str) -> None:
    assert cells(read(f'[{{"n": {digits}, "o": {{"n":{digits}}}}}]'.encode())) == [[digits, f'{{"n":{digits}}}']]


def test_lists_become_rows_without_header(read: Read) -> None:
    table = read(b'[["id", "name"], [1, "Ana"], [2], [], [3, "x", "y"]]')
    assert table.header is None
    assert cells(table) == [["id", "name", None], ["1", "Ana", None], ["2", None, None], [None] * 3, ["3", "x", "y"]]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n", " "])
def test_values_one_after_the_other_are_rows(read: Read, end: str) -> None:
    table = read(end.join(['{"a":1}', '{"a":2,"b":"x"}', '{"b":3}']).encode() + b"\n")
    assert table.description.format == "ndjson"
    assert cells(table) == [["1", None], ["2", "x"], [None, "3"]]
    assert cells(read(b'["a",1]\n["b",2]\n')) == [["a", "1"], ["b", "2"]]


def test_a_wrapper_object_with_one_list_is_unwrapped_and_recorded(read: Read) -> None:
    table = read(b'{"total": 2, "data": [{"a": 1}, {"a": 2}], "tags": ["x"], "next": null}')
    assert cells(table) == [["1"], ["2"]]
    assert table.description.warnings == [
        {"code": "json_wrapper", "key": "data", "otherKeys": ["total", "tags", "next"]}
    ]


def test_an_object_without_a_list_of_rows_is_one_record(read: Read) -> None:
    assert cells(read(b'{"a": 1, "tags": ["x", "y"]}')) == [["1", '["x","y"]']]
    table = read(b'{"a": 1, "lines": [{"x": 1}]}\n{"a": 2, "lines": []}\n')
    assert cells(table) == [["1", '[{"x":1}]'], ["2", "[]"]]
    assert table.description.warnings == []


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        ('[{"a": 1},\n {"a": 2}', 2, "cut off"),
        ('[{"a": 1},\n {"a": "2', 2, "cut off"),
        ('[{"a": 1}\n {"a": 2}]', 2, "`,` or `]`"),
        ('[{"a": 1},\n {"a" 2}]', 2, "colon"),
        ('[{"a": 1},\n {a: 2}]', 2, "key in double quotes"),
        ('[{"a": 1},\n\n {"a": NaN}]', 3, "NaN"),
        ('[{"a": 1},\n {"b": 1, "b": 2}]', 2, "twice"),
        ('[{"a": 1}]\n x', 2, "behind the end"),
        ('[{"a": 1},\n 5]', 2, "a number"),
        ('[{"a": 1},\n null]', 2, "null"),
        ('[{"a": 1},\n ["x"]]', 2, "a list"),
        ('[{"a": 1},]', 1, "expected a value"),
        ("[1, 2, 3]", 1, "plain values"),
        ('[{"a": "x\ny"}]', 1, "control character"),
    ],
)
def test_invalid_json_is_refused_with_its_place(read: Read, text: str, line: int, part: str) -> None:
    with pytest.raises(ImportFailedError) as caught:
        read(text.encode())
    assert caught.value.code == "json_invalid"
    assert caught.value.context["line"] == line
    assert part in caught.value.message


def test_an_error_far_into_a_large_file_has_the_right_line(read: Read) -> None:
    lines = [f'{{"id": {i}, "name": "somebody"}}' for i in range(50_000)]
    lines[40_000] = '{"id": 1, "name": "x" "y"}'
    with pytest.raises(ImportFailedError) as caught:
        read("\n".join(lines).encode())
    assert (caught.value.context["line"], caught.value.context["column"]) == (40_001, 23)


def test_deep_nesting_and_endless_texts_fail_fast(read: Read) -> None:
    start = time.process_time()
    for hostile in (b"[" * 200_000, b'[{"a":' * 100_000, b'[{"a": "' + b"x" * (70 << 20)):
        with pytest.raises(ImportFailedError) as caught:
            read(hostile)
        assert caught.value.code == "json_invalid"
    assert time.process_time() - start < 10


@pytest.mark.parametrize("record", ['{"a": %s}', "[1, %s]"])
def test_a_value_nested_too_deeply_to_be_written_again_is_refused(read: Read, record: str) -> None:
    """The reader's own limit lies higher than what `compact` can follow."""
    with pytest.raises(ImportFailedError) as caught:
        read(f"[{record % ('[' * 700 + ']' * 700)}]".encode())
    assert caught.value.code == "json_invalid"
    assert "too deeply" in str(caught.value)


def test_two_lists_of_rows_are_not_guessed_between(read: Read) -> None:
    with pytest.raises(ImportFailedError) as caught:
        read(b'{"a": [{"x": 1}], "b": [{"x": 2}]}')
    assert caught.value.code == "json_invalid"


def test_too_many_keys_are_too_many_columns(read: Read) -> None:
    with pytest.raises(ImportFailedError) as caught:
        read(json.dumps([{f"k{i}": i} for i in range(3000)]).encode(), limits=ReadLimits(max_columns=2000))
    assert caught.value.code == "too_many_columns"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"])
def test_json_in_other_encodings_is_read(read: Read, encoding: str) -> None:
    text = json.dumps([{"name": "Müller", "city": "Zürich"}] * 20, ensure_ascii=False)
    assert cells(read(text.encode(encoding)))[0] == ["Müller", "Zürich"]


def test_what_a_text_cannot_hold_is_replaced_and_counted(read: Read) -> None:
    table = read(b'[{"a": "x\\ud800y", "b": "1\\u0000"}, {"a": "\\ud83d\\ude00"}]')
    assert cells(table) == [["x\ufffdy", "1"], ["\U0001f600", None]]
    assert {warning["code"] for warning in table.description.warnings} == {
        "nul_characters_removed",
        "unpaired_surrogates_replaced",
    }


def test_a_csv_whose_first_cell_is_bracketed_is_no_json(read: Read) -> None:
    assert cells(read(b"[id],[name]\n1,Ana\n")) == [["[id]", "[name]"], ["1", "Ana"]]


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8")),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=4), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(values)
@settings(max_examples=60, deadline=None)
def test_compact_text_means_the_same(value: object) -> None:
    from headgate.engine.read.json_cursor import JsonCursor

    class Text:
        def __init__(self, text: str) -> None:
            self.rest = text

        def read(self, size: int) -> str:
            piece, self.rest = self.rest[:7], self.rest[7:]
            return piece

    text = json.dumps(value)
    assert json.loads(compact(JsonCursor(Text(text)).value())) == value
