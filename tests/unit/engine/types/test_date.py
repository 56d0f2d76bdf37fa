from __future__ import annotations

import json
from datetime import date, timedelta
from time import process_time
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headgate.engine.types.base import Reading
from tests.unit.engine.types.date_fields import assert_column_agrees_with_cells, field_type, read_column

MARCH_27 = "2022-03-27"


def read(text: str, evidence: dict[str, Any] | None = None, kind: Any = "text", **options: Any) -> Reading:
    return field_type("date", kind, **options).reader(evidence).read(text)


@pytest.mark.parametrize(
    "text",
    [
        "2022-03-27",
        " 2022-03-27\u00a0",
        "+002022-03-27",
        "20220327T1520",
        "2022-W12-7",
        "2022W127",
        "2022-086",
        "2022-03-27T15:20:30.123456789Z",
        "2022-03-27T15:20+02:00",
        "2022-03-27 15:20",
        "2022-03-27t24:00",
        "2022-03-27T15:20:00+02:00[Europe/Paris]",
        "3/27/2022",
        "03/27/2022",
        "27/3/2022",
        "27.3.2022",
        "27. 3. 2022",
        "27.03.2022.",
        "27-03-2022",
        "27 03 2022",
        "2022/3/27",
        "2022.03.27",
        "2022 3 27",
        "2022. 3. 27.",
        "3/27/22",
        "27.03.22",
        "27 / 3 / 2022",
        "March 27, 2022",
        "MARCH 27 2022",
        "Mar. 27, 2022",
        "27 mar 2022",
        "27-Mar-2022",
        "27-Mar-22",
        "27Mar2022",
        "27 Mar '22",
        "27. March 2022",
        "2022 Mar 27",
        "2022-Mar-27",
        "2022, March 27",
        "March 27th, 2022",
        "27th March 2022",
        "27th of March 2022",
        "the 27th of March, 2022",
        "Sunday, March 27, 2022",
        "Sun 27 Mar 2022",
        "Sun. 3/27/2022",
        "3/27/2022 (Sun)",
        "Sun, 27 Mar 2022 15:20:00 +0200",
        "27 Mar 2022 15:20 GMT",
        "Sun Mar 27 2022 15:20:00 GMT+0200 (CEST)",
        "3/27/2022 3:20 PM",
        "3/27/2022, 15:20",
        "3/27/2022 3 p.m.",
        "March 27, 2022 at 3:20 PM",
        "2022年3月27日",
        "2022년 3월 27일",
        "٢٧/٣/٢٠٢٢",
        "２０２２／３／２７",
        "\u200e3/\u200e27/\u200e2022",
        "2022\u201003\u201027",
        "27\u202fMarch\u202f2022",
    ],
)
def test_usual_forms_of_a_date_are_read(text: str) -> None:
    assert read(text).value == MARCH_27


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("de-DE", "27. März 2022"),
        ("de-DE", "27 MAERZ 2022".replace("AE", "Ä")),
        ("de-DE", "So., 27. Marz 2022"),
        ("de-AT", "Sonntag, 27. März 2022"),
        ("fr-FR", "27 mars 2022"),
        ("fr-FR", "dimanche 27 mars 2022"),
        ("fr-FR", "le 27 mars 2022"),
        ("es-ES", "27 de marzo de 2022"),
        ("es-MX", "27 marzo 2022"),
        ("es-ES", "domingo, 27 de marzo de 2022"),
        ("pt-BR", "27 de março de 2022"),
        ("pt-BR", "27 de MARCO de 2022"),
        ("pt-BR", "27 de mar. de 2022"),
        ("it-IT", "27 marzo 2022"),
        ("ru-RU", "27 марта 2022 г."),
        ("ru-RU", "27 март 2022"),
        ("pl-PL", "27 marca 2022"),
        ("cs-CZ", "27. března 2022"),
        ("el-GR", "27 Μαρτίου 2022"),
        ("tr-TR", "27 Mart 2022 Pazar"),
        ("ja-JP", "2022年3月27日(日)"),
        ("ja-JP", "2022/03/27(日)"),
        ("zh-CN", "2022年3月27日星期日"),
        ("ko-KR", "2022년 3월 27일 일요일"),
        ("ar-SY", "٢٧ آذار ٢٠٢٢"),
        ("hi-IN", "27 मार्च 2022"),
        ("th-TH", "27 มีนาคม 2565"),
        ("th-TH", "27 มี.ค. 2565"),
        ("th-TH", "27 March 2022"),
        ("th-TH", "2022-03-27"),
        ("fa-IR", "۷ فروردین ۱۴۰۱"),
        ("bg-BG", "27.03.2022 г."),
        ("hu-HU", "2022. március 27."),
        ("vi-VN", "ngày 27 tháng 3, 2022".replace("ngày ", "")),
        ("he-IL", "27 במרץ 2022"),
        ("lv-LV", "2022. gada 27. marts"),
        ("uz-Arab-AF", "۱۴۰۱-۰۱-۰۷"),
    ],
)
def test_words_and_calendars_of_the_locale_are_read(tag: str, text: str) -> None:
    assert read(text, locale=tag).value == MARCH_27


@pytest.mark.parametrize(
    ("tag", "text"), [("th-TH", "27 มีนาคม พ.ศ. 2565"), ("pl-PL", "27 marca 2022 r."), ("ru-RU", "27 марта 2022 года")]
)
def test_words_for_the_year_and_its_era_are_read_over(tag: str, text: str) -> None:
    assert read(text, locale=tag).value == MARCH_27


def test_the_french_first_of_a_month_is_read() -> None:
    assert read("1er mars 2022", locale="fr-FR").value == "2022-03-01"
    assert read("1er mars 2022").value == "2022-03-01"


@pytest.mark.parametrize("text", ["1st March 2022", "2nd May 2022", "3rd May 2022", "11th May 2022", "21st May 2022"])
def test_english_ordinals_are_read(text: str) -> None:
    assert read(text).value is not None


@pytest.mark.parametrize(
    ("code", "texts"),
    [
        (
            "date_incomplete",
            ["2024-03", "2024", "March 2024", "03/2024", "27 March", "2024-W10", "3/27", "May", "2024年3月"],
        ),
        (
            "date_no_such_day",
            [
                "29/02/2023",
                "2023-02-29",
                "31/04/2022",
                "April 31, 2022",
                "2022-00-10",
                "0000-01-01",
                "2022-367",
                "2021-W53-1",
                "2022-02-30",
                "1/1/0000",
                "31.11.22",
                "45/1/2022",
            ],
        ),
        ("date_year_day_month", ["2022/27/03", "2022-27-03", "2022.31.1"]),
        (
            "date_bare_number",
            ["45378", "20240315", "0", "-5", "45378.5", "1", "123456789012", "202203271520", "9" * 200],
        ),
        ("date_weekday", ["Mon, 27 Mar 2022", "Monday, March 27, 2022", "Sat 3/27/2022"]),
        (
            "date_unreadable",
            [
                "foo",
                "-",
                "22rd March 2022",
                "1th May 2022",
                "27/03-2022",
                "2022 27 March",
                "3/27/5",
                "3/27/122",
                "27/3/20222",
                "2022-03-27 25:00",
                "2022-03-27T10:61",
                "3/27/2022 13:00 AM",
                "2022-03-27x",
                "x2022-03-27",
                "3/27/2022 foo",
                "//",
                "1/2/3/2022",
                "Smarch 3, 2022",
                "²7/3/2022",
                "15:20",
                "2022-03-27/2022-03-28",
                "12022-03-27",
                "1e5/2/2022",
                "March 2, 3, 2022",
                "\ud800" * 3,
                "1/" * 100,
            ],
        ),
    ],
)
def test_what_is_no_date_is_an_error_that_says_why(code: str, texts: list[str]) -> None:
    assert {text: read(text).code for text in texts} == dict.fromkeys(texts, code)
    assert all(read(text).value is None for text in texts)


@pytest.mark.parametrize(
    "part", ["1", "27 ", "of ", "Mar ", "March,", "(Sun)", "15:20 ", "2022-03-27 ", " , ", "'", "de la ", "1/1/"]
)
def test_long_hostile_cells_are_refused_at_once(part: str) -> None:
    started = process_time()
    for length in (40, 290, 100_000):
        text = (part * length)[:length]
        assert read(text).value is None
        assert field_type("time").reader().read(text).value is None
        assert field_type("datetime", locale="vi-VN", displayFormat="ffff").reader().read(text).value is None
    assert process_time() - started < 2


def test_leap_days_are_read() -> None:
    assert [read(text).value for text in ("29/02/2024", "2/29/2000", "2024-02-29")] == [
        "2024-02-29",
        "2000-02-29",
        "2024-02-29",
    ]
    assert read("2/29/1900").value is None


def test_errors_suggest_what_was_probably_meant() -> None:
    assert read("45378").suggestion == "2024-03-27"
    assert read("20240315").suggestion == "2024-03-15"
    assert read("123").suggestion is None
    assert read("2022/27/03").suggestion == MARCH_27
    assert read("Mon, 27 Mar 2022").suggestion == MARCH_27


@pytest.mark.parametrize(
    ("text", "year"), [("1/2/00", 2000), ("1/2/60", 2060), ("1/2/61", 1961), ("1/2/99", 1999), ("2-Jan-61", 1961)]
)
def test_two_digit_years_turn_at_sixty(text: str, year: int) -> None:
    assert read(text).value == f"{year}-01-02"


@pytest.mark.parametrize(
    ("tag", "value"),
    [
        ("en-US", "2022-03-04"),
        ("en-GB", "2022-04-03"),
        ("de-DE", "2022-04-03"),
        ("sv-SE", "2022-04-03"),
        ("ja-JP", "2022-03-04"),
    ],
)
def test_without_evidence_the_locale_decides_day_and_month(tag: str, value: str) -> None:
    assert read("3/4/2022", locale=tag).value == value


@pytest.mark.parametrize(
    ("tag", "text", "value"),
    [
        ("hu-HU", "05. márc. 17.", "2005-03-17"),
        ("hu-HU", "94. jan. 11.", "1994-01-11"),
        ("hu-HU", "05 Mar 17", "2017-03-05"),
        ("hu-HU", "5 márc 2017", "2017-03-05"),
        ("si-LK", "27 නවම් 21", "2027-02-21"),
        ("he-IL", "19 במרץ 25", "2025-03-19"),
        ("en-US", "05 Mar 17", "2017-03-05"),
        ("sv-SE", "05 mars 17", "2017-03-05"),
    ],
)
def test_beside_a_month_s_name_a_two_digit_year_stands_where_the_locale_puts_it(
    tag: str, text: str, value: str
) -> None:
    assert read(text, locale=tag).value == value


def test_a_two_digit_year_first_needs_no_zeros_in_month_and_day() -> None:
    assert read("24/3/5", locale="zh-CN").value == "2024-03-05"
    assert read("24.3.5", locale="ja-JP").value == "2024-03-05"
    assert read("24/3/5").code == "date_no_such_day"
    assert read("4/3/5", locale="zh-CN").code == "date_unreadable"


def test_without_evidence_two_digit_years_stand_where_the_locale_puts_them() -> None:
    assert read("03/04/05", locale="zh-CN").value == "2003-04-05"
    assert read("03/04/05", locale="en-US").value == "2005-03-04"
    assert read("99/04/05", locale="en-US").value == "1999-04-05"


@pytest.mark.parametrize(
    ("cells", "order", "values", "codes"),
    [
        (["13/4/2022", "3/4/2022"], "DMY", ["2022-04-13", "2022-04-03"], ["date_reformatted", "date_column_order"]),
        (["4/13/2022", "3/4/2022"], "MDY", ["2022-04-13", "2022-03-04"], [None, None]),
        (["13.4.2022", "3-4-2022"], "DMY", ["2022-04-13", "2022-04-03"], ["date_reformatted", "date_column_order"]),
        (["13 4 2022", "3/4/22"], "DMY", ["2022-04-13", "2022-04-03"], ["date_reformatted", "date_column_order"]),
        (
            ["13/4/2022 10:00", "3/4/2022"],
            "DMY",
            ["2022-04-13", "2022-04-03"],
            ["date_reformatted", "date_column_order"],
        ),
        (["13/4/22", "3/4/2022"], "DMY", ["2022-04-13", "2022-04-03"], ["date_two_digit_year", "date_column_order"]),
        (
            ["13/4/2022", "4/13/2022", "3/4/2022", "5/5/2022"],
            "mixed",
            ["2022-04-13", "2022-04-13", None, "2022-05-05"],
            ["date_reformatted", None, "date_ambiguous", None],
        ),
        (["3/4/2022", "2022-04-03"], "locale:MDY", ["2022-03-04", "2022-04-03"], [None, None]),
        (["31/02/2022", "3/4/2022"], "locale:MDY", [None, "2022-03-04"], ["date_no_such_day", None]),
        (["2022-04-03", "2022/04/03"], "YMD", ["2022-04-03"] * 2, [None, "date_reformatted"]),
        (["99-03-04", "01-02-03"], "YMD", ["1999-03-04", "2001-02-03"], ["date_column_order"] * 2),
        (
            ["99-03-04", "01-02-98"],
            "mixed_years",
            ["1999-03-04", "1998-01-02"],
            ["date_column_order", "date_two_digit_year"],
        ),
        ([None, "", "foo"], "locale:MDY", [None, None, None], [None, None, "date_unreadable"]),
        (["27 March 2022", "3/4/2022"], "locale:MDY", [MARCH_27, "2022-03-04"], ["date_month_name", None]),
    ],
)
def test_the_column_decides_the_order_of_day_and_month(
    cells: list[str | None], order: str, values: list[str | None], codes: list[str | None]
) -> None:
    kind = field_type("date")
    gatherer = kind.gatherer()
    assert gatherer is not None
    gatherer.observe(pl.Series(cells, dtype=pl.String))
    evidence = gatherer.evidence()
    if order != "mixed_years":
        assert evidence["dayMonthOrder"] == order
    assert read_column(kind, cells) == (values, codes)


def test_evidence_counts_over_batches_and_survives_json() -> None:
    kind = field_type("date")
    gatherer = kind.gatherer()
    assert gatherer is not None
    for batch in (["3/4/2022", "5/5/2022"], ["13/4/2022"], [], ["14.4.2022", None]):
        gatherer.observe(pl.Series(batch, dtype=pl.String))
    evidence = json.loads(json.dumps(gatherer.evidence()))
    assert evidence == {
        "dayMonthOrder": "DMY",
        "evidence": [
            {"code": "day_first", "count": 2},
            {"code": "ambiguous", "count": 1},
            {"code": "same", "count": 1},
        ],
    }
    assert kind.reader(evidence).read("3/4/2022").value == "2022-04-03"


def test_a_person_may_settle_a_mixed_column() -> None:
    proofs = [{"code": "day_first", "count": 3}, {"code": "month_first", "count": 1}]
    assert read("3/4/2022", {"dayMonthOrder": "mixed", "evidence": proofs}).suggestion == "2022-03-04"
    settled = {"dayMonthOrder": "DMY", "evidence": proofs}
    assert read("3/4/2022", settled).value == "2022-04-03"
    assert read("3/27/2022", settled).value == MARCH_27


def test_a_cell_against_the_proven_order_is_an_error() -> None:
    reading = read("3/27/2022", {"dayMonthOrder": "DMY", "evidence": [{"code": "day_first", "count": 3}]})
    assert reading == Reading(None, "date_against_column", MARCH_27)


def test_many_two_digit_dates_that_all_begin_above_twelve_are_asked_about() -> None:
    cells: list[str | None] = [f"{year}-03-{day}" for year in (21, 22) for day in (13, 14, 15, 16, 17)]
    values, codes = read_column(field_type("date"), cells)
    assert values == [None] * 10
    assert codes == ["date_ambiguous"] * 10
    assert read_column(field_type("date"), [*cells, "1-03-14"])[0][0] == "2013-03-21"
    assert read_column(field_type("date"), cells[:5])[0][0] == "2013-03-21"


def test_the_weekday_tells_day_and_month_apart() -> None:
    assert read("Thu 3/3/2022").value == "2022-03-03"
    assert read("Sun 3/4/2022").value == "2022-04-03"
    assert read("Fri 3/4/2022").value == "2022-03-04"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2022-03-27", None),
        ("3/27/2022", None),
        ("03/27/2022", None),
        ("27/3/2022", "date_reformatted"),
        ("3-27-2022", "date_reformatted"),
        ("3/27/22", "date_two_digit_year"),
        ("27 March 2022", "date_month_name"),
        ("2022-03-27T10:00", "date_time_dropped"),
        ("3/27/2022 10:00", "date_time_dropped"),
    ],
)
def test_every_change_is_recorded(text: str, code: str | None) -> None:
    assert read(text) == Reading(MARCH_27, code)


@pytest.mark.parametrize(
    ("text", "is_read"),
    [
        ("2022-03-27", True),
        ("3/4/2022", True),
        ("03/04/2022", True),
        ("27/03/2022", True),
        ("2022/03/27", True),
        ("3/4/2022 10:00", True),
        ("5-5-2022", True),
        ("3-4-2022", False),
        ("3.4.2022", False),
        ("3/27/22", False),
        ("27 March 2022", False),
        ("Mar 27, 2022", False),
    ],
)
def test_without_autofix_a_change_of_meaning_is_only_suggested(text: str, is_read: bool) -> None:
    reading = read(text, autofix=False)
    assert (reading.value is not None) == is_read
    if not is_read:
        assert reading.code == "date_needs_confirmation"
        assert reading.suggestion == read(text).value


def test_without_autofix_the_column_does_not_override_the_locales_own_form() -> None:
    values, codes = read_column(field_type("date", autofix=False), ["13/4/2022", "3/4/2022", "2022-01-02"])
    assert values == ["2022-04-13", None, "2022-01-02"]
    assert codes[1] == "date_needs_confirmation"


@pytest.mark.parametrize(
    ("serial", "value"),
    [
        ("1", "1900-01-01"),
        ("59", "1900-02-28"),
        ("60", None),
        ("61", "1900-03-01"),
        ("45378", "2024-03-27"),
        ("45378.75", "2024-03-27"),
        ("45378.0", "2024-03-27"),
        ("4.5378E4", "2024-03-27"),
        ("2958465", "9999-12-31"),
        ("2958466", None),
        ("0", None),
        ("0.5", None),
        ("2024", None),
        ("-1", None),
    ],
)
def test_day_numbers_of_sheets_are_read(serial: str, value: str | None) -> None:
    reading = read(serial, kind="sheet")
    assert reading.value == value
    assert reading.code == "date_serial" or value is None


def test_a_day_number_of_a_sheet_is_only_suggested_without_autofix() -> None:
    assert read("45378", kind="sheet", autofix=False) == Reading(None, "date_needs_confirmation", "2024-03-27")


@pytest.mark.parametrize("text", ["27/3/2022", "27/3/65", "27 มี.ค. 65", "2565-03-27", "27 มีนาคม 2022"])
def test_a_year_that_two_calendars_may_mean_is_asked_about(text: str) -> None:
    reading = read(text, locale="th-TH")
    assert reading.code == "date_calendar"
    assert reading.suggestion == MARCH_27


def test_the_display_format_is_read_and_gives_the_default_order() -> None:
    assert read("03/04/2022", displayFormat="dd/MM/yyyy") == Reading("2022-04-03")
    assert read("27|03|2022", displayFormat="dd'|'MM'|'yyyy") == Reading(MARCH_27)
    assert read("27032022", displayFormat="ddMMyyyy") == Reading(MARCH_27)
    assert read("27-mrt-22", displayFormat="dd-LLL-yy", locale="nl-NL") == Reading(MARCH_27)
    assert read("27/03/22", displayFormat="dd/MM/yy", autofix=False) == Reading(MARCH_27)
    assert read("2022-04-03", displayFormat="yyyy-dd-MM") == Reading("2022-04-03")


def test_the_columns_proof_outweighs_the_display_format() -> None:
    kind = field_type("date", displayFormat="dd/MM/yyyy")
    values, codes = read_column(kind, ["03/27/2022", "03/04/2022"])
    assert values == [MARCH_27, "2022-03-04"]
    assert codes == ["date_reformatted", "date_column_order"]


def test_the_output_format_is_the_result_and_is_read_back() -> None:
    kind = field_type("date", outputFormat="d. LLLL yyyy", locale="de-DE")
    assert read_column(kind, ["2022-03-27", "27.3.2022", "27. März 2022"])[0] == ["27. März 2022"] * 3
    assert kind.display("27. März 2022") == "27.3.2022"
    assert field_type("date", outputFormat="yyyyMMdd").reader().read("20220327").value == "20220327"


def test_display_follows_the_display_format_then_the_locale() -> None:
    assert field_type("date").display(MARCH_27) == "3/27/2022"
    assert field_type("date", displayFormat="cccc d LLL", locale="fr-FR").display(MARCH_27) == "dimanche 27 mars"
    assert field_type("date").display("not a date") == "not a date"


def test_messages_name_an_example_in_the_locales_form() -> None:
    kind = field_type("date", locale="de-DE")
    texts = {code: text.format(**kind.message_parameters()) for code, text in kind.errors.items()}
    assert texts["date_unreadable"] == "This is not a date. Enter one such as 27.3.2022 or 2022-03-27."
    assert len(set(texts.values())) == len(texts)


COLUMN_EVIDENCE = [
    None,
    {"dayMonthOrder": "DMY", "evidence": [{"code": "day_first", "count": 1}]},
    {"dayMonthOrder": "MDY", "evidence": [{"code": "month_first", "count": 1}]},
    {"dayMonthOrder": "mixed", "evidence": [{"code": "month_first", "count": 1}, {"code": "day_first", "count": 1}]},
]
numbers = st.integers(0, 35)
years = st.one_of(st.integers(0, 10_000), st.integers(1900, 2100))
separators = st.sampled_from(["/", ".", "-", " ", "/ "])
numeric_cells = st.one_of(
    st.builds("{0}{3}{1}{3}{2}".format, numbers, numbers, years, separators),
    st.builds("{0:02}{3}{1:02}{3}{2:04}".format, numbers, numbers, years, separators),
    st.builds("{2:04}-{0:02}-{1:02}".format, numbers, numbers, years),
    st.builds("{2}{3}{0}{3}{1}".format, numbers, numbers, years, separators),
    st.builds("{2:04}-{0:02}-{1:02}T{3:02}:{4:02}".format, numbers, numbers, years, numbers, st.integers(0, 70)),
    st.text("0123456789/-. TZ:+٢०", max_size=12),
    st.none(),
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(numeric_cells, max_size=20),
    st.sampled_from(COLUMN_EVIDENCE),
    st.sampled_from(["en-US", "en-GB", "de-DE", "sv-SE", "zh-CN", "hu-HU", "th-TH", "ar-EG", "uz-Arab-AF"]),
    st.booleans(),
    st.sampled_from([None, "dd/MM/yyyy", "d.M.yy", "yyyy-MM-dd", "yyyy.MM.dd"]),
    st.sampled_from([None, "dd LLL yyyy"]),
)
def test_a_whole_column_is_read_as_its_cells_are(
    cells: list[str | None], evidence: Any, locale: str, autofix: bool, display: str | None, output: str | None
) -> None:
    options = {"locale": locale, "autofix": autofix, "displayFormat": display, "outputFormat": output}
    kind = field_type("date", **{key: value for key, value in options.items() if value is not None})
    assert_column_agrees_with_cells(kind, cells, evidence)


@settings(max_examples=200, deadline=None)
@given(
    st.dates(date(1850, 1, 1), date(2100, 1, 1)),
    st.sampled_from(["en-US", "de-DE", "th-TH", "fa-IR", "ar-SY", "ko-KR", "hu-HU"]),
)
def test_what_is_shown_is_read_back_as_the_same_day(day: date, locale: str) -> None:
    kind = field_type("date", locale=locale)
    assert kind.reader().read(kind.display(day.isoformat())) == Reading(day.isoformat())


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=30))
def test_no_text_breaks_the_reader_or_gives_half_a_reading(text: str) -> None:
    reading = read(text)
    assert reading.value is None or date.fromisoformat(reading.value)
    assert reading.value is not None or reading.code is not None or text.strip() == "" or not reading.suggestion


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 31), st.integers(1, 12), st.integers(1990, 2040)), min_size=1, max_size=8))
def test_a_day_first_column_is_never_read_month_first_once_proven(parts: list[tuple[int, int, int]]) -> None:
    days = [date(year, month, 1) + timedelta(days=min(day, 28) - 1) for day, month, year in parts] + [date(2022, 3, 27)]
    values, _ = read_column(field_type("date"), [f"{day.day}/{day.month}/{day.year}" for day in days])
    assert values == [day.isoformat() for day in days]
