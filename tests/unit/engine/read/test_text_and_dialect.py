"""Encodings and dialects are found from the content, and every doubt is written down."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headgate.engine.errors import ImportFailedError
from headgate.engine.read import detect
from headgate.engine.read.dialect import Dialect
from headgate.engine.read.records import RecordParser

from .conftest import Read, cells

FRENCH = "prénom,ville,montant\nHélène,Orléans,12\nAndré,Sète,13\nChloé,Besançon,14\nNoël,Nîmes,15\n" * 5
GERMAN = "Name;Straße;Größe\nJürgen;Hauptstraße 5;1,80\nKäthe;Königsallee 1;1,65\n" * 8
RUSSIAN = "имя,город\nИван,Москва\nОльга,Казань\nСергей,Новосибирск\n" * 8
JAPANESE = "氏名,住所,電話\n山田タロウ,東京都千代田区,03-1234-5678\n鈴木はなこ,大阪府大阪市,06-1234-5678\n" * 8
CHINESE = "姓名,城市,备注\n张伟,北京市,这是一个测试\n王芳,上海市,没有问题\n" * 8
KOREAN = "이름,도시\n김철수,서울특별시\n이영희,부산광역시\n" * 8
POLISH = "imię,miasto\nŁukasz,Łódź\nMałgorzata,Kraków\nStanisław,Gdańsk\nŻaneta,Wrocław\n" * 8


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH, "cp1252"),
        (GERMAN, "cp1252"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (JAPANESE, "iso2022_jp"),
        (CHINESE, "gb18030"),
        (KOREAN, "cp949"),
        (POLISH, "cp1250"),
        (GERMAN, "cp850"),
        (FRENCH, "utf-8"),
        (FRENCH, "utf-8-sig"),
        (FRENCH, "utf-16"),
        (FRENCH, "utf-16-le"),
        (FRENCH, "utf-16-be"),
        (FRENCH, "utf-32"),
        (FRENCH, "utf-32-le"),
        (RUSSIAN, "utf-16-le"),
    ],
)
def test_every_usual_encoding_gives_the_text_back(read: Read, text: str, encoding: str) -> None:
    table = read(text.encode(encoding))
    delimiter = table.description.delimiter
    assert delimiter == (";" if text is GERMAN else ",")
    assert cells(table) == [line.split(delimiter) for line in text.splitlines()]
    assert table.description.warnings == []


def test_the_evidence_may_stand_far_behind_the_start(read: Read) -> None:
    text = "id,name\n" + "1,ascii\n" * 100_000 + "2,Müller\n3,Jürgen\n4,Größe\n"
    assert cells(read(text.encode("cp1252")))[-1] == ["4", "Größe"]
    assert cells(read(text.encode("utf-8")))[-3] == ["2", "Müller"]


def test_mostly_valid_utf8_stays_utf8_and_the_wrong_bytes_are_kept_and_counted(read: Read) -> None:
    good = FRENCH.encode()
    table = read(good + b"caf\xe9,x,1\n" + good)
    assert table.description.encoding == "utf-8"
    assert ["café", "x", "1"] in cells(table)
    assert {"code": "invalid_utf8_bytes", "count": 1, "offset": len(good) + 3} in table.description.warnings


def test_a_utf8_file_cut_inside_its_last_character_stays_utf8(read: Read) -> None:
    table = read(FRENCH.encode() + "a,b,é".encode()[:-1])
    assert table.description.encoding == "utf-8"
    assert table.description.warnings[0]["code"] == "invalid_utf8_bytes"
    assert cells(table)[1] == ["Hélène", "Orléans", "12"]


def test_nul_characters_are_left_out_and_counted(read: Read) -> None:
    table = read(b"a,b\n1\0,2\n\0\0x,3\n")
    assert cells(table) == [["a", "b"], ["1", "2"], ["x", "3"]]
    assert table.description.warnings == [{"code": "nul_characters_removed", "count": 3}]


def test_nul_characters_are_left_out_of_text_that_a_person_says_is_utf8(read: Read) -> None:
    table = read("a,b\n1,2\n".encode("utf-16-le"), encoding="utf-8")
    assert cells(table) == [["a", "b"], ["1", "2"]]
    assert table.description.warnings == [{"code": "nul_characters_removed", "count": 8}]


def test_nuls_at_odd_places_of_an_ascii_text_do_not_make_it_utf16(read: Read) -> None:
    table = read(b"id,name\n12\x00345\x00,Ana\n" * 50)
    assert cells(table) == [["id", "name"], ["12345", "Ana"]] * 50


def test_chinese_utf16_without_byte_order_mark_is_found(read: Read) -> None:
    table = read(CHINESE.encode("utf-16-le"))
    assert cells(table)[1] == ["张伟", "北京市", "这是一个测试"]


def test_a_byte_order_mark_in_the_middle_does_no_harm(read: Read) -> None:
    part = '"a","b"\n1,2\n'.encode("utf-8-sig")
    table = read(part + part)
    assert cells(table) == [["a", "b"], ["1", "2"]] * 2
    assert table.description.warnings == [{"code": "byte_order_marks_removed", "count": 1}]


def test_lone_carriage_returns_end_lines_only_where_they_are_the_line_ends(read: Read) -> None:
    table = read(b"a,b\r1,2\r3,4\r")
    assert cells(table) == [["a", "b"], ["1", "2"], ["3", "4"]]
    assert table.description.warnings == [{"code": "carriage_returns_read_as_line_ends"}]
    assert cells(read(b"a,b\r\n1\rx,2\r\n3,4\r\n")) == [["a", "b"], ["1\rx", "2"], ["3", "4"]]


ROWS = [["id", "name", "amount", "day"]] + [[str(i), f"Name {i}", f"{i}.50", f"2024-01-{i:02d}"] for i in range(1, 12)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "^", "~", ":", " "])
@pytest.mark.parametrize("quote", ['"', "'", None])
def test_delimiters_and_quotes_are_found(read: Read, delimiter: str, quote: str | None) -> None:
    rows = [[cell.replace(" ", "_") for cell in row] for row in ROWS] if quote is None else ROWS
    mark = quote or ""
    text = "".join(delimiter.join(f"{mark}{cell}{mark}" for cell in row) + "\n" for row in rows)
    table = read(text.encode())
    assert table.description.delimiter == delimiter
    assert cells(table) == rows
    if quote:
        assert table.description.quote == quote


def test_decimal_commas_do_not_beat_the_semicolon(read: Read) -> None:
    text = "Artikel;Preis;Menge\n" + "".join(f"Teil {i};{i},50;{i}\n" for i in range(20))
    table = read(text.encode())
    assert table.description.delimiter == ";"
    assert table.description.confidence > 0.8
    assert cells(table)[3] == ["Teil 2", "2,50", "2"]


def test_commas_in_a_semicolon_files_texts_do_not_win(read: Read) -> None:
    text = "id;note\n" + "".join(f"{i};Hello, world, number {i}\n" for i in range(20))
    assert read(text.encode()).description.delimiter == ";"


@pytest.mark.parametrize(
    "lines",
    [
        ["name", "Smith, John", "Doe, Jane", "Roe, Richard"],
        ["note", "Call me, please", "It is done", "yes, no, maybe, who knows"],
        ["time", "12:30", "13:45", "09:00"],
        ["when", "2024-01-01 12:00:00", "2024-01-02 13:00:00"],
        ["2024-01-01 12:00:00", "2024-01-02 13:00:00"],
        ["url", "https://example.com/a", "https://example.com/b"],
        ["only"],
        ["x", "1", "2"],
    ],
)
def test_a_file_of_one_column_stays_one_column(read: Read, lines: list[str]) -> None:
    table = read("\n".join(lines).encode())
    assert cells(table) == [[line] for line in lines]
    assert table.description.delimiter is None


def test_a_header_alone_and_a_single_cell_are_tables(read: Read) -> None:
    assert cells(read(b"id,name,city\n")) == [["id", "name", "city"]]
    assert cells(read(b"id;name;city")) == [["id", "name", "city"]]
    assert cells(read(b"x")) == [["x"]]


def test_preamble_lines_do_not_hide_the_delimiter(read: Read) -> None:
    text = "Report, made 2024-01-01\n\nid|name|city\n" + "".join(f"{i}|Name {i}|Town\n" for i in range(10))
    table = read(text.encode())
    assert table.description.delimiter == "|"
    assert cells(table)[0] == ["Report, made 2024-01-01", None, None]
    assert cells(table)[1] == [None, None, None]


def test_backslash_escapes_are_found(read: Read) -> None:
    text = "id,quote,by\n" + "".join(f'{i},"He said \\"hi, {i}\\" twice","Bob"\n' for i in range(10))
    table = read(text.encode())
    assert table.description.escape == "\\"
    assert cells(table)[1] == ["0", 'He said "hi, 0" twice', "Bob"]


def test_blanks_before_quotes_are_understood(read: Read) -> None:
    text = '"id", "name", "city"\n' + "".join(f'"{i}", "Smith, J", "Town"\n' for i in range(10))
    assert cells(read(text.encode()))[1] == ["0", "Smith, J", "Town"]


def test_quotes_as_inch_marks_stay_text(read: Read) -> None:
    text = "size,name\n" + "".join(f'{i}",pipe\n' for i in range(10)) + '"x" wide,pipe\n'
    assert cells(read(text.encode()))[1] == ['0"', "pipe"]


@pytest.mark.parametrize("delimiter", ["||", "<>", "¦", ";;;", "abc"])
def test_a_fixed_delimiter_of_several_bytes_is_used(read: Read, delimiter: str) -> None:
    text = f'a{delimiter}b\n1{delimiter}"x{delimiter}y"\n'
    table = read(text.encode(), delimiter=delimiter)
    assert cells(table) == [["a", "b"], ["1", f"x{delimiter}y"]]
    assert table.description.delimiter == delimiter


def test_a_fixed_delimiter_is_used_against_all_evidence(read: Read) -> None:
    assert cells(read(b"a;b,c\n1;2,3\n", delimiter=",")) == [["a;b", "c"], ["1;2", "3"]]
    assert cells(read(b"a,b\n1,2\n", delimiter="|")) == [["a,b"], ["1,2"]]
    assert cells(read(b"a\tb\n", delimiter="\\t")) == [["a", "b"]]
    with pytest.raises(ImportFailedError):
        read(b"a,b", delimiter='"')


def test_runners_up_are_recorded(read: Read) -> None:
    description = read(b"a,b;c\n1,2;3\n4,5;6\n").description
    assert description.runners_up
    assert description.confidence < 0.9


@given(
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters='"\ufeff'),
        min_size=1,
        max_size=40,
    ),
    st.sampled_from(["utf-8", "utf-16"]),
)
@settings(max_examples=60, deadline=None)
def test_no_character_of_a_unicode_file_is_lost(text: str, encoding: str) -> None:
    import tempfile
    from pathlib import Path

    from headgate.engine.read.options import ReadOptions
    from headgate.engine.read.reading import read_source

    content = ("id;" + text.replace(";", ",") + "\n") * 3
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.csv"
        path.write_bytes(content.encode(encoding))
        table = read_source(path, Path(folder) / "work", ReadOptions(delimiter=";"))
        assert cells(table) == [["id", text.replace(";", ",")]] * 3


def test_a_mark_of_byte_order_that_stands_twice_is_no_part_of_the_first_name(read: Read) -> None:
    table = read(b"\xef\xbb\xbf" * 2 + b"id,name\n1,Ana\n")
    assert cells(table) == [["id", "name"], ["1", "Ana"]]
    assert [warning["code"] for warning in table.description.warnings] == ["byte_order_marks_removed"]


def test_a_carriage_return_far_behind_the_start_ends_no_line_of_a_file_with_line_feeds(read: Read) -> None:
    rows = 500_000
    table = read(b"id,name\n" + b"1,aaaaaaa\n" * rows + b'2,"b\rc"')
    assert table.rows == rows + 2
    assert cells(table)[-1] == ["2", "b\rc"]


@pytest.mark.parametrize("content", [b"\x1b$" + b"\xff" * 31, b"a,b\n\x1b$B" + b"\x1b$" * 20, b"\x1b(" * 40])
def test_a_sequence_of_iso_2022_without_an_end_is_no_failure_of_ours(read: Read, content: bytes) -> None:
    with contextlib.suppress(ImportFailedError):
        read(content)


@pytest.mark.parametrize(
    "name", ["unicode_escape", "raw-unicode-escape", "utf-7", "punycode", "idna", "rot13", "undefined"]
)
def test_markup_cannot_declare_what_is_no_encoding_of_files(read: Read, name: str) -> None:
    table = read(f'<?xml version="1.0" encoding="{name}"?><r><a><b>\\x41 +AGE-</b></a><a><b>x</b></a></r>'.encode())
    assert cells(table) == [["\\x41 +AGE-"], ["x"]]


@given(st.text('ab,;" \r\n', max_size=30), st.sampled_from(",; "), st.sampled_from(['"', "'", None]))
@settings(max_examples=300, deadline=None)
def test_a_trial_parts_a_text_as_the_careful_reader_does(text: str, delimiter: str, quote: str | None) -> None:
    dialect = Dialect(delimiter, quote)
    parser = RecordParser(dialect)
    expected, _ = parser.parse(text, final=True)
    found, broken = detect._records(text, dialect)
    assert (found if text else []) == expected
    assert broken == parser.repairs.count
