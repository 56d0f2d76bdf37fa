"""XML: the elements that repeat become rows, every text is kept, and what is hostile or unclear is refused."""

from __future__ import annotations

import gzip
import time

import pytest

from headgate.engine.errors import ImportFailedError
from headgate.engine.read.options import ReadLimits
from headgate.engine.read.xml_structure import XmlOptions

from .conftest import Read, cells

ORDERS = b"""<?xml version="1.0"?>
<orders date="2024-03-01">
  <order id="007"><name>M&amp;M \xc3\xa9</name><address><city>Ulm</city></address><tag>a</tag><tag>b</tag></order>
  <order id="008"><name> Bob </name><price currency="EUR">1.10</price><tag>c</tag></order>
  <order/>
</orders>"""


def failure(read: Read, content: bytes, **options: object) -> ImportFailedError:
    with pytest.raises(ImportFailedError) as caught:
        read(content, **options)
    return caught.value


def test_attributes_and_elements_become_columns(read: Read) -> None:
    table = read(ORDERS, name="data.csv")
    assert table.header == ["id", "name", "address.city", "tag", "price", "price.currency"]
    assert cells(table) == [
        ["007", "M&M é", "Ulm", '["a","b"]', None, None],
        ["008", " Bob ", None, '["c"]', "1.10", "EUR"],
        [None] * 6,
    ]
    assert table.description.warnings == [
        {"code": "xml_rows", "element": "orders.order"},
        {"code": "xml_elements_outside_rows", "elements": ["orders"]},
    ]
    assert cells(read(gzip.compress(ORDERS))) == cells(table)


def test_aliases_rename_columns(read: Read) -> None:
    options = XmlOptions(header_alias=(("address.city", "City"), ("id", "Number")))
    assert (read(ORDERS, xml=options).header or [])[:3] == ["Number", "name", "City"]


def test_an_attribute_and_an_element_of_one_name_are_kept_apart(read: Read) -> None:
    table = read(b'<r><a id="1"><id>2</id></a><a id="3"/></r>')
    assert (table.header, cells(table)) == (["@id", "id"], [["1", "2"], ["3", None]])


def test_prefixes_are_left_out_where_they_tell_nothing_apart(read: Read) -> None:
    table = read(b'<x:r xmlns:x="u" xmlns:y="v"><x:a><x:b>1</x:b></x:a><x:a><x:b>2</x:b><y:c>3</y:c></x:a></x:r>')
    assert (table.header, cells(table)) == (["b", "c"], [["1", None], ["2", "3"]])


def test_mixed_text_and_character_data_are_kept_in_order(read: Read) -> None:
    table = read(b"<r><p>one <b>two</b> three</p><p><![CDATA[<raw>]]></p></r>")
    assert (table.header, cells(table)) == (["p", "b"], [["one two three", "two"], ["<raw>", None]])


NESTED = b"<a><g n='1'><c><x>1</x></c><c><x>2</x></c><c><x>3</x></c></g><g n='2'><c><x>4</x></c></g></a>"


def test_what_the_rows_are_is_asked_where_it_is_unclear(read: Read) -> None:
    unclear = failure(read, NESTED)
    assert unclear.code == "file_format_unknown"
    assert "'a.g.c' (4)" in unclear.message
    assert "'a.g' (2)" in unclear.message
    assert "forceArrayTags" in unclear.message
    assert cells(read(NESTED, xml=XmlOptions(("c",)))) == [["1"], ["2"], ["3"], ["4"]]
    assert cells(read(NESTED, xml=XmlOptions(("g",)))) == [
        ["1", '[{"x":"1"},{"x":"2"},{"x":"3"}]'],
        ["2", '[{"x":"4"}]'],
    ]
    assert cells(read(NESTED, xml=XmlOptions(enable_auto_array_heuristics=True)))[0] == ["1"]
    assert len(cells(read(NESTED, xml=XmlOptions(assume_single_root_child_is_array=True)))) == 2
    two = b"<r><p><x>1</x></p><p><x>2</x></p><q><y>1</y></q><q><y>2</y></q></r>"
    assert failure(read, two).code == "file_format_unknown"
    assert "no element 'zz'" in failure(read, two, xml=XmlOptions(("zz",))).message
    assert "several elements" in failure(read, two, xml=XmlOptions(("p", "q"))).message


def test_a_single_record_needs_to_be_named(read: Read) -> None:
    one = b"<r><p><x>1</x></p></r>"
    assert "assumeSingleRootChildIsArray" in failure(read, one).message
    assert cells(read(one, xml=XmlOptions(assume_single_root_child_is_array=True))) == [["1"]]
    assert cells(read(one, xml=XmlOptions(("p",)))) == [["1"]]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "iso-8859-1", "windows-1252", "shift_jis"])
def test_the_declared_encoding_is_used(read: Read, encoding: str) -> None:
    text = "日本" if encoding == "shift_jis" else "Zürich"
    declared = "utf-8" if encoding == "utf-8-sig" else encoding
    document = f'<?xml version="1.0" encoding="{declared}"?><r><a>{text}</a><a>{text}</a></r>'
    assert cells(read(document.encode(encoding))) == [[text], [text]]


BOMB = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><r><x>&b;</x></r>'
EXTERNAL = b'<!DOCTYPE r SYSTEM "file:///etc/passwd"><r><x>1</x><x>2</x></r>'


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (BOMB, "file_hostile"),
        (EXTERNAL, "file_hostile"),
        (b"<?xml version='1.0'?>" + b"<a>" * 5000, "file_hostile"),
        (b"<?xml version='1.0'?><r><a x='" + b"y" * (12 << 20) + b"'/></r>", "file_hostile"),
        (b"<r><a>1</a><a>2</a>", "file_corrupt"),
        (b"<?xml version='1.0'?><r><a>1</b></r>", "file_corrupt"),
        (b"<?xml version='1.0'?><r><a>&nope;</a></r>", "file_corrupt"),
        (b"<?xml version='1.0'?><r><a>\x01</a></r>", "file_corrupt"),
        (b"<?xml version='1.0'?>", "file_corrupt"),
        (b"<?xml version='1.0'?><svg><g/><g/></svg>", "file_format_unknown"),
        (b"<?xml version='1.0' encoding='euc_jp'?><r><a>\xff\xff</a><a/></r>", "file_encoding_unknown"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            "file_format_unknown",
        ),
    ],
    ids=range(12),
)
def test_hostile_malformed_and_foreign_documents_fail(read: Read, content: bytes, code: str) -> None:
    start = time.process_time()
    assert failure(read, content).code == code
    assert time.process_time() - start < 3


def test_names_made_of_data_are_too_many_columns(read: Read) -> None:
    many = b"<r>" + b"".join(b"<a><i%d>1</i%d></a>" % (n, n) for n in range(2000)) + b"</r>"
    assert failure(read, many, limits=ReadLimits(max_columns=1000)).code == "too_many_columns"


def test_one_row_of_endless_text_is_hostile(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("headgate.engine.read.xml_format.MAX_VALUE_CHARACTERS", 1 << 20)
    endless = b"<r><p><x>1</x></p><p><x>" + b"y" * (3 << 20) + b"</x></p></r>"
    assert failure(read, endless).code == "file_hostile"


def test_many_rows_stay_in_order(read: Read) -> None:
    document = b"<r>" + b"".join(b"<a><x>%d</x></a>" % n for n in range(30_000)) + b"</r>"
    table = read(document)
    assert [row[0] for row in cells(table)] == [str(n) for n in range(30_000)]


def test_white_space_between_elements_is_no_value(read: Read) -> None:
    table = read(b'<r><a k="1"> </a><a k="2">\n<b>x</b>\n</a></r>')
    assert (table.header, cells(table)) == (["k", "b"], [["1", None], ["2", "x"]])


def test_a_csv_with_brackets_is_no_xml(read: Read) -> None:
    assert cells(read(b"<id>,<name>\n1,Ana\n")) == [["<id>", "<name>"], ["1", "Ana"]]
    assert cells(read(b"<id>\n<b>\n")) == [["<id>"], ["<b>"]]
