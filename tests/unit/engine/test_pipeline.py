"""Whole imports through the engine: what goes out, what is left out, and what is said about it."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from headgate import Outcome, import_file
from headgate.engine.outcome import NoResultError

Fields = list[dict[str, Any]]

PEOPLE: Fields = [
    {"label": "Name", "key": "name", "validators": [{"validate": "required"}]},
    {"label": "Age", "key": "age", "type": ["number", {"preset": "integer", "min": 0}]},
    {"label": "Email", "key": "email", "type": "email", "validators": [{"validate": "unique"}]},
]


def run(content: str | bytes, fields: Fields, filename: str = "file.csv", **settings: Any) -> Outcome:
    source = content.encode() if isinstance(content, str) else content
    return import_file(source, {"fields": fields, "settings": settings}, filename=filename)


def rows(outcome: Outcome) -> list[dict[str, Any]]:
    assert outcome.status == "SUCCESSFUL", outcome.errors
    return list(outcome.rows())


def reasons(outcome: Outcome) -> list[str]:
    assert outcome.status == "NEEDS_REVIEW", outcome.errors
    return [error["code"] for error in outcome.errors or []]


def test_rows_come_out_typed_with_the_keys_in_schema_order() -> None:
    outcome = run("email,age,name\nann@example.com,41,Ann\nbob@example.com,,Bob\n", PEOPLE)
    assert rows(outcome) == [
        {"name": "Ann", "age": 41, "email": "ann@example.com"},
        {"name": "Bob", "age": None, "email": "bob@example.com"},
    ]
    assert list(rows(outcome)[0]) == ["name", "age", "email"]


BAD = "name,age,email\nAnn,41,ann@example.com\nBob,old,bob@example.com\n,5,cy@example.com\nDee,7,ann@example.com\n"


def test_rows_with_an_error_are_left_out_by_default_and_each_is_explained() -> None:
    outcome = run(BAD, PEOPLE)
    assert rows(outcome) == []
    assert outcome.metadata is not None
    assert outcome.metadata["rowsWithError"] == [0, 1, 2, 3]
    assert [(error["rowIndex"], error["fieldKey"], error["value"]) for error in outcome.metadata["errors"]] == [
        (0, "email", "ann@example.com"),
        (1, "age", "old"),
        (2, "name", None),
        (3, "email", "ann@example.com"),
    ]
    assert outcome.metadata["errors"][1]["sourceRow"] == 3
    assert outcome.metadata["totalRows"] == 4
    assert outcome.metadata["deliveredRows"] == 0


def test_invalid_rows_can_be_included_with_null_for_what_no_type_can_read() -> None:
    out = rows(run(BAD, PEOPLE, invalidDataBehavior="INCLUDE_INVALID_ROWS"))
    assert [row["age"] for row in out] == [41, None, 5, 7]
    assert [row["email"] for row in out] == ["ann@example.com", "bob@example.com", "cy@example.com", "ann@example.com"]


def test_invalid_values_can_be_included_as_they_were_written() -> None:
    out = rows(run(BAD, PEOPLE, invalidDataBehavior="INCLUDE_INVALID_ROWS_AND_VALUES"))
    assert [row["age"] for row in out] == [41, "old", 5, 7]


def test_block_submit_asks_a_person_when_there_is_any_error() -> None:
    outcome = run(BAD, PEOPLE, invalidDataBehavior="BLOCK_SUBMIT")
    assert reasons(outcome) == ["invalid_cells"]
    assert outcome.errors is not None
    assert outcome.errors[0]["fields"] == {"email": 2, "age": 1, "name": 1}
    with pytest.raises(NoResultError):
        list(outcome.rows())


def test_a_file_larger_than_max_file_size_fails() -> None:
    content = "name\nAnn\n"
    assert run(content, PEOPLE[:1], maxFileSize=len(content)).status == "SUCCESSFUL"
    outcome = run(content, PEOPLE[:1], maxFileSize=len(content) - 1)
    assert outcome.status == "FAILED"
    assert [error["code"] for error in outcome.errors or []] == ["file_too_large"]


def test_block_submit_delivers_faultless_data() -> None:
    assert len(rows(run("name\nAnn\n", PEOPLE[:1], invalidDataBehavior="BLOCK_SUBMIT"))) == 1


def test_an_empty_result_asks_a_person_only_when_the_schema_says_so() -> None:
    only_bad = "name,age\nAnn,x\n"
    assert rows(run(only_bad, PEOPLE[:2])) == []
    assert reasons(run(only_bad, PEOPLE[:2], allowEmptySubmit=False)) == ["no_rows_to_deliver"]


def test_a_warning_does_not_make_a_row_invalid() -> None:
    fields = [{**PEOPLE[0], "validators": [{"validate": "length", "max": 2, "level": "warning"}]}]
    outcome = run("name\nAnn\n", fields)
    assert rows(outcome) == [{"name": "Ann"}]
    assert outcome.metadata is not None
    assert outcome.metadata["errors"] == []
    assert [note["level"] for note in outcome.metadata["warnings"]] == ["warning"]


def test_messages_of_the_schema_replace_the_default_ones() -> None:
    fields = [
        {"label": "N", "key": "n", "type": "number", "invalidValueMessage": "digits please"},
        {"label": "M", "key": "m", "validators": [{"validate": "required", "errorMessage": "say something"}]},
    ]
    outcome = run("n,m\nx,\n", fields)
    assert outcome.metadata is not None
    assert [error["message"] for error in outcome.metadata["errors"]] == ["digits please", "say something"]


def test_a_missing_required_column_asks_a_person() -> None:
    assert reasons(run("age\n3\n", PEOPLE[:2])) == ["required_field_unmapped"]
    fields = [{"label": "A", "key": "a"}, {"label": "B", "key": "b", "requireMapping": True}]
    assert reasons(run("a\n3\n", fields)) == ["required_field_unmapped"]


def test_optional_fields_without_a_column_are_left_out_of_the_result() -> None:
    assert rows(run("name\nAnn\n", PEOPLE)) == [{"name": "Ann"}]


def test_hidden_fields_stand_in_the_result_and_take_no_column() -> None:
    fields = [*PEOPLE[:1], {"label": "Secret", "key": "secret", "hidden": True}]
    assert rows(run("name,secret\nAnn,x\n", fields)) == [{"name": "Ann", "secret": ""}]


def test_blank_rows_are_left_out_and_counted() -> None:
    outcome = run("name,age\n\nAnn,1\n , \nBob,2\n\n", PEOPLE[:2])
    assert [row["name"] for row in rows(outcome)] == ["Ann", "Bob"]
    assert outcome.decisions["rows"]["empty"] == 3


def test_rows_over_max_records_are_dropped_and_said() -> None:
    outcome = run("name\nAnn\nBob\nCy\n", PEOPLE[:1], maxRecords=2)
    assert len(rows(outcome)) == 2
    assert outcome.decisions["rows"]["overMaxRecords"] == 1
    assert [warning["code"] for warning in outcome.decisions["warnings"]] == ["over_max_records"]


def test_a_row_with_too_many_cells_is_an_error_of_the_row() -> None:
    outcome = run("name,age\nAnn,1\nBob,2,3\nCy,3,\n", PEOPLE[:2])
    assert [row["name"] for row in rows(outcome)] == ["Ann", "Cy"]
    assert outcome.metadata is not None
    [error] = outcome.metadata["errors"]
    assert (error["rowIndex"], error["fieldKey"], error["code"]) == (1, None, "too_many_cells")


def test_a_delimiter_at_the_end_of_the_header_makes_room_for_a_column_without_a_name() -> None:
    assert [row["name"] for row in rows(run("name,age,\nAnn,1,\nBob,2,note\n", PEOPLE[:2]))] == ["Ann", "Bob"]
    careful = 'name,age,\nAnn,1,\n"Bo"b,2,note\n'
    assert len(rows(run(careful, PEOPLE[:2]))) == 2


def test_unmapped_columns_are_passed_through_by_position() -> None:
    outcome = run("name,zzz,qqq\nAnn,x,\n", PEOPLE[:1], passThroughUnmappedColumns=True)
    assert rows(outcome) == [{"name": "Ann", "$unmapped": {"1": "x", "2": ""}}]
    assert outcome.metadata is not None
    assert outcome.metadata["rawHeaders"] == ["name", "zzz", "qqq"]


def test_unmapped_columns_never_block_and_stay_out_by_default() -> None:
    assert rows(run("name,zzz\nAnn,x\n", PEOPLE[:1])) == [{"name": "Ann"}]


def test_a_many_to_one_field_gathers_its_columns_in_file_order() -> None:
    fields = [{"label": "Tag", "key": "tag", "type": "number", "manyToOne": True}, {"label": "Id", "key": "id"}]
    outcome = run("tag,id,tag\n1,a,2\n,b,3\nx,c,4\n", fields, invalidDataBehavior="INCLUDE_INVALID_ROWS_AND_VALUES")
    assert [row["tag"] for row in rows(outcome)] == [[1, 2], [None, 3], ["x", 4]]
    assert outcome.metadata is not None
    assert outcome.metadata["fields"]["tag"] == {
        "fileHeader": None,
        "fileHeaders": ["tag", "tag"],
        "fileHeaderIndex": None,
        "fileHeaderIndexes": [0, 2],
        "isCustom": False,
        "manyToOne": True,
    }
    assert outcome.metadata["errors"][0]["manyToOneIndex"] == 0


def test_json_rows_by_key_need_no_header() -> None:
    outcome = run(json.dumps([{"name": "Ann", "age": 12345678901234567890}]), PEOPLE[:2], filename="x.json")
    assert rows(outcome)[0]["name"] == "Ann"
    target = io.BytesIO()
    outcome.write(target)
    assert b"12345678901234567890" in target.getvalue()


def test_a_header_row_override_drops_the_rows_before_it() -> None:
    content = "name,age\nname,age\nAnn,1\n"
    outcome = run(content, PEOPLE[:2], matchingStep={"headerRowOverride": 1})
    assert rows(outcome) == [{"name": "Ann", "age": 1}]
    assert outcome.decisions["header"]["status"] == "override"


def test_a_header_row_behind_the_last_row_fails_with_its_code() -> None:
    outcome = run("name\nAnn\n", PEOPLE[:1], matchingStep={"headerRowOverride": 9})
    assert outcome.status == "FAILED"
    assert outcome.errors is not None
    assert outcome.errors[0]["code"] == "header_row_out_of_range"


def test_a_file_without_a_header_is_asked_about() -> None:
    content = "Ann,41,ann@example.com\nBob,42,bob@example.com\nCy,43,cy@example.com\n"
    assert reasons(run(content, PEOPLE)) == ["header_row_not_determined"]


@pytest.mark.parametrize("content", [b"", b"\n\n", b" \r\n\t\n"])
def test_a_file_without_content_fails(content: bytes) -> None:
    outcome = run(content, PEOPLE)
    assert outcome.status == "FAILED"
    assert outcome.errors is not None
    assert outcome.errors[0]["code"] == "file_empty"


def test_a_file_with_only_a_header_is_an_empty_import() -> None:
    assert rows(run("name,age,email\n", PEOPLE)) == []


def test_the_sheet_that_fits_the_schema_is_taken() -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        book.add_worksheet("Cover").write_row(0, 0, ["Report", "of", "today"])
        sheet = book.add_worksheet("Data")
        sheet.write_row(0, 0, ["Name", "Age", "Email"])
        sheet.write_row(1, 0, ["Ann", 41, "ann@example.com"])
        sheet.write_row(2, 0, ["Bob", 42, "bob@example.com"])
    outcome = run(content.getvalue(), PEOPLE, filename="book.xlsx")
    assert [row["age"] for row in rows(outcome)] == [41, 42]
    assert outcome.decisions["file"]["sheet"] == "Data"


def test_the_same_input_gives_the_same_bytes_on_every_way_in(tmp_path: Path) -> None:
    schema = {"fields": PEOPLE}
    path = tmp_path / "file.csv"
    path.write_text(BAD.replace("old", "1"))
    results = []
    for source in (path, str(path), path.read_bytes(), io.BytesIO(path.read_bytes())):
        target = io.BytesIO()
        import_file(source, schema, filename="file.csv").write(target)
        results.append(target.getvalue())
    assert len(set(results)) == 1


def test_decisions_explain_every_step() -> None:
    decisions = run(
        "name;age;mail\nAnn;1,5;a@b.co\nBob;2,25;b@b.co\n", [PEOPLE[0], {**PEOPLE[1], "type": "number"}]
    ).decisions
    assert decisions["file"]["format"] == "csv"
    assert decisions["file"]["delimiter"] == ";"
    assert decisions["header"]["row"] == 0
    assert [column["status"] for column in decisions["columns"]] == ["accepted", "accepted", "unmapped"]
    [types] = decisions["types"]
    assert (types["field"], types["decimalMark"]) == ("age", ",")
    assert decisions["rows"] == {"read": 2, "empty": 0, "overMaxRecords": 0, "invalid": 0, "delivered": 2}
    json.dumps(decisions)


def test_autofixes_are_counted_and_a_duplicate_option_is_a_warning() -> None:
    fields = [
        {"label": "Zip", "key": "zip", "type": "us-zip-code"},
        {
            "label": "Tags",
            "key": "tags",
            "type": "multi-select",
            "selectOptions": [{"label": "A", "value": "a"}, {"label": "B", "value": "b"}],
        },
    ]
    outcome = run('zip,tags\n2134,"A,B,A"\n02134,B\n', fields)
    assert [row["tags"] for row in rows(outcome)] == [["a", "b"], ["b"]]
    assert {"field": "zip", "code": "padded", "count": 1} in outcome.decisions["autofixes"]
    assert outcome.metadata is not None
    assert [(note["rowIndex"], note["code"]) for note in outcome.metadata["warnings"]] == [
        (0, "duplicate_option_removed")
    ]


def test_the_schemas_xml_options_say_what_a_row_is() -> None:
    document = "<r><p><name>Ann</name><age>41</age></p></r>"
    outcome = run(document, PEOPLE, xmlParsingOptions={"forceArrayTags": ["p"]})
    assert rows(outcome) == [{"name": "Ann", "age": 41}]
    assert run(document, PEOPLE).status == "FAILED"


def test_the_table_that_fits_is_chosen_among_several_with_an_empty_one_before() -> None:
    page = (
        "<html><table></table><table><tr><td>x<td>y</table><table><tr><td>name<td>age<tr><td>Ann<td>41</table></html>"
    )
    assert rows(run(page, PEOPLE)) == [{"name": "Ann", "age": 41}]
