"""The header step: which rows hold the names, and how the source is read; a preview changes nothing."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest
import xlsxwriter

from headgate.engine.review.log import RefusedChangeError
from tests.unit.engine.review.reviews import Fields, Journey, journey

FIELDS: Fields = [{"label": "Name", "key": "name"}, {"label": "City", "key": "city"}]


def decided(one: Journey) -> list[dict[str, object]]:
    outcome = one.finish()
    assert outcome.status == "SUCCESSFUL", outcome.errors
    return list(outcome.rows())


def test_several_rows_make_one_header_and_a_row_of_units_below_is_left_out(tmp_path: Path) -> None:
    fields: Fields = [{"label": "Home city", "key": "home"}, {"label": "Work city", "key": "work"}]
    one = journey(tmp_path, "Home,Work\ncity,city\n[km],[km]\nRome,Paris\n", fields)
    review = one.open()
    one.decide(review, "header", rows=[0, 1])
    assert [column["header"] for column in review.columns()["columns"]] == ["Home city", "Work city"]
    one.decide(review, "header", rows=[1, 0, 2])
    assert [column["header"] for column in review.columns()["columns"]] == ["Home city", "Work city"]
    review.close()
    assert decided(one) == [{"home": "Rome", "work": "Paris"}]


def test_a_file_without_a_header_keeps_its_first_row_as_data(tmp_path: Path) -> None:
    one = journey(tmp_path, "Ann,Rome\nBob,Paris\n", FIELDS)
    review = one.open()
    one.decide(review, "header", rows=[])
    view = review.header({})
    assert (view["selected"], view["status"]) == ([], "person")
    one.decide(review, "columns", columns={0: {"field": "name"}, 1: {"field": "city"}})
    review.close()
    assert decided(one)[0] == {"name": "Ann", "city": "Rome"}


@pytest.mark.parametrize("rows", [[3], [0, 99], [-1], [10_000_000_000]])
def test_a_header_outside_of_the_file_is_refused(tmp_path: Path, rows: list[int]) -> None:
    one = journey(tmp_path, "Name,City\nAnn,Rome\nBob,Paris\n", FIELDS)
    review = one.open()
    with pytest.raises(RefusedChangeError, match="cannot be the header"):
        review.decide("header", {"rows": rows})
    review.close()


def test_headgates_own_choice_comes_back_with_null(tmp_path: Path) -> None:
    one = journey(tmp_path, "Name,City\nAnn,Rome\nBob,Paris\n", FIELDS)
    review = one.open()
    before = review.header({})
    one.decide(review, "header", rows=[2])
    assert review.header({})["suggested"] == before["suggested"] == [0]
    one.decide(review, "header", rows=None)
    assert review.header({}) == before
    review.close()


CYRILLIC = "Name,City\nАня,Москва\nБорис,Казань\n".encode("cp1251")


def test_another_encoding_is_previewed_without_any_change_and_obeyed_once_it_is_decided(tmp_path: Path) -> None:
    one = journey(tmp_path, CYRILLIC, FIELDS)
    review = one.open()
    before = review.state()
    preview = review.header({"encoding": "cp866"})
    assert preview["reading"]["encoding"] == "cp866"
    assert preview["rows"][1]["cells"][0] != "Аня"
    assert preview["suggested"] == [0]
    assert review.state() == before
    assert review.header({})["rows"][1]["cells"][0] == "Аня"
    one.decide(review, "header", reading={"encoding": "cp866"})
    assert review.header({})["rows"] == preview["rows"]
    review.close()
    outcome = one.finish()
    assert outcome.decisions["file"]["encoding"] == "cp866"
    assert outcome.decisions["file"]["byPerson"] == ["encoding"]
    assert next(iter(outcome.rows()))["name"] == preview["rows"][1]["cells"][0]


def test_candidates_name_what_headgate_took_and_what_came_second(tmp_path: Path) -> None:
    one = journey(tmp_path, CYRILLIC, FIELDS)
    review = one.open()
    reading = review.header({})["reading"]
    assert reading["encodings"][0]["label"] == "Windows-1251"
    assert reading["encodings"][0]["confidence"] is not None
    assert len({choice["value"] for choice in reading["encodings"]}) == len(reading["encodings"])
    assert reading["delimiters"][0]["value"] == ","
    assert reading["sheets"] == []
    review.close()


@pytest.mark.parametrize(
    ("reading", "code"),
    [
        ({"encoding": "utf-8"}, "unreadable"),
        ({"encoding": "cp932"}, "unreadable"),
        ({"encoding": "rot13"}, "unreadable"),
        ({"encoding": "unicode_escape"}, "unreadable"),
        ({"encoding": "no\0such"}, "unreadable"),
        ({"delimiter": '"'}, "unreadable"),
        ({"delimiter": ""}, "not_a_choice"),
        ({"sheet": "Two"}, "not_a_choice"),
    ],
)
def test_a_reading_that_cannot_be_is_refused_and_nothing_is_changed(
    tmp_path: Path, reading: dict[str, str], code: str
) -> None:
    one = journey(tmp_path, b"Name,City\n\xff\xc1\xed\xff,Rome\nBob\xc3,Paris\n", FIELDS)
    review = one.open()
    before = review.state()
    with pytest.raises(RefusedChangeError) as refused:
        review.decide("header", {"reading": reading})
    assert refused.value.code == code
    assert review.state() == before
    review.close()


def test_another_delimiter_makes_other_columns_so_earlier_matches_are_let_go(tmp_path: Path) -> None:
    one = journey(tmp_path, "Name;City, Country\nAnn;Rome, Italy\nBob;Paris, France\n", FIELDS)
    review = one.open()
    one.decide(review, "columns", columns={0: {"field": "city"}})
    one.decide(review, "header", rows=[0], reading={"delimiter": ","})
    assert review.header({})["rows"][1]["cells"] == ["Ann;Rome", " Italy"]
    assert all(column["method"] != "person" for column in review.columns()["columns"])
    one.decide(review, "header", reading={"delimiter": None})
    assert review.header({})["rows"][1]["cells"] == ["Ann", "Rome, Italy"]
    review.close()


def test_a_long_file_is_previewed_from_its_beginning_alone(tmp_path: Path) -> None:
    line = "Ann Example of a rather long name;Rome\n"
    one = journey(tmp_path, "Name;City\n" + line * 200_000, FIELDS)
    review = one.open()
    preview = review.header({"delimiter": " ", "limit": 2})
    assert 0 < preview["total_rows"] < 150_000
    assert preview["rows"][1]["cells"][0] == "Ann"
    assert not list(one.directory.glob("scratch-*/trial-*"))
    review.close()


def test_a_packed_file_is_previewed_without_its_packing(tmp_path: Path) -> None:
    one = journey(tmp_path, gzip.compress(CYRILLIC), FIELDS)
    one.run()
    review = one.open()
    assert review.header({"encoding": "cp1251"})["rows"][1]["cells"][0] == "Аня"
    assert review.header({"encoding": "koi8-r"})["rows"][1]["cells"][0] != "Аня"
    review.close()


def test_another_sheet_of_a_workbook_is_a_choice_and_its_encoding_is_none(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as workbook:
        for name, cells in (("One", ["Name", "Ann"]), ("Two", ["City", "Rome"])):
            sheet = workbook.add_worksheet(name)
            for row, cell in enumerate(cells):
                sheet.write(row, 0, cell)
    one = journey(tmp_path, stream.getvalue(), FIELDS)
    review = one.open()
    reading = review.header({})["reading"]
    assert sorted(choice["value"] for choice in reading["sheets"]) == ["One", "Two"]
    assert reading["encodings"] == reading["delimiters"] == []
    other = next(choice["value"] for choice in reading["sheets"] if choice["value"] != reading["sheet"])
    assert review.header({"sheet": other})["reading"]["sheet"] == other
    with pytest.raises(RefusedChangeError):
        review.decide("header", {"reading": {"encoding": "cp1252"}})
    with pytest.raises(RefusedChangeError):
        review.decide("header", {"reading": {"sheet": "Three"}})
    one.decide(review, "header", reading={"sheet": other}, rows=[0])
    assert review.state()["sheet"] == other
    review.close()


def test_rows_behind_the_first_hundred_are_shown_on_demand_and_long_texts_cut(tmp_path: Path) -> None:
    one = journey(tmp_path, "Name,City\n" + "".join(f"N{n},{'x' * 600}\n" for n in range(300)), FIELDS)
    review = one.open()
    view = review.header({"limit": 10, "offset": 250})
    assert [row["row"] for row in view["rows"]] == list(range(250, 260))
    assert view["rows"][0]["cells"][0] == "N249"
    assert len(view["rows"][0]["cells"][1]) == 501
    assert (view["total_rows"], view["more"]) == (301, True)
    assert not review.header({"limit": 100, "offset": 250})["more"]
    review.close()
