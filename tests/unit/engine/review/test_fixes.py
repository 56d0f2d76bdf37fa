"""Error groups and their fixes: what is offered, that it is true, and that it does just what was shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from headgate.engine.review import groups
from headgate.engine.review.fixes import Fixer
from headgate.engine.review.groups import GroupBook
from headgate.engine.review.log import RefusedChangeError
from headgate.reviews.api_models import ErrorGroup
from tests.unit.engine.review.small_reviews import Column, SmallReview

Groups = dict[str, ErrorGroup]


class Desk:
    """One review with its groups and fixes."""

    def __init__(self, directory: Path, fields: list[dict[str, Any]], columns: dict[str, Column], **more: Any) -> None:
        self.review = SmallReview(directory, fields, columns)
        self.fixer = Fixer(self.review, self.review.fields, **more)

    def groups(self) -> Groups:
        say = lambda entry: f"{entry['code']} {entry['count']}"  # noqa: E731 - as short as what it does
        book = GroupBook(self.review, self.fixer, self.review.evidence, say, lambda group: f"text of {group.code}")
        return {group["id"]: ErrorGroup.model_validate(group) for group in book.groups()}

    def fix(self, group: str, fix: str, **more: Any) -> None:
        self.review.carry_out(self.fixer.propose({"kind": "fix", "group": group, "fix": fix, **more}))


def field(name: str, type_: Any = "string", *validators: Any, **more: Any) -> dict[str, Any]:
    checks = [{"validate": v} if isinstance(v, str) else v for v in validators]
    return {"label": name.title(), "key": name, "type": type_, "validators": checks, **more}


PLAN = field("plan", "select", selectOptions=[{"label": "Demo", "value": "d"}, {"label": "Closed", "value": "c"}])


def test_a_group_has_exact_counts_and_its_commonest_texts(tmp_path: Path) -> None:
    desk = Desk(tmp_path, [field("mail", "email")], {"mail": ["x", " x", "y", "a@b.de", "x", None]})
    (group,) = desk.groups().values()
    assert (group.id, group.column, group.label) == ("mail|error|email_invalid", "mail", "Mail")
    assert (group.cells, group.rows, group.distinct) == (4, 4, 2)
    assert [(value.text, value.count) for value in group.values] == [("x", 3), ("y", 1)]


def test_the_suggestion_of_every_cell_is_one_recommended_fix(tmp_path: Path) -> None:
    desk = Desk(tmp_path, [field("mail", "email")], {"mail": ["mailto:a@b.de", "<c@d.de>", "ok@b.de"]})
    offer = desk.groups()["mail|error|email_invalid"].fixes[0]
    assert (offer.kind, offer.cells, offer.recommended) == ("suggestion", 2, True)
    assert [(s.row, s.before, s.after) for s in offer.samples] == [
        (2, "<c@d.de>", "c@d.de"),
        (1, "mailto:a@b.de", "a@b.de"),
    ]
    desk.fix("mail|error|email_invalid", "suggestion")
    assert desk.review.column("mail") == ["a@b.de", "c@d.de", "ok@b.de"]
    assert desk.groups() == {}


def test_a_fix_that_helps_some_cells_only_is_not_recommended_and_leaves_the_others(tmp_path: Path) -> None:
    desk = Desk(tmp_path, [field("mail", "email")], {"mail": ["mailto:a@b.de", "nonsense"]})
    offer = desk.groups()["mail|error|email_invalid"].fixes[0]
    assert (offer.kind, offer.cells, offer.recommended) == ("suggestion", 1, False)
    desk.fix("mail|error|email_invalid", "suggestion")
    assert desk.review.column("mail") == ["a@b.de", "nonsense"]


def test_ambiguous_dates_are_offered_in_both_orders_with_the_proof(tmp_path: Path) -> None:
    cells = ["03/04/2024", "25/03/2024", "03/26/2024", "05/06/2024"]
    desk = Desk(tmp_path, [field("day", "date")], {"day": cells})
    group = desk.groups()["day|error|date_ambiguous"]
    assert {(entry.code, entry.text) for entry in group.evidence} >= {
        ("day_first", "day_first 1"),
        ("month_first", "month_first 1"),
    }
    offers = {offer.kind: offer for offer in group.fixes}
    assert not any(offer.recommended for offer in group.fixes), "the column proves both"
    assert offers["day_month"].samples[0].after != offers["month_day"].samples[0].after
    desk.fix(group.id, "day_month")
    assert desk.review.column("day", "value") == ["2024-04-03", "2024-03-25", "2024-03-26", "2024-06-05"]


def test_dates_against_their_column_are_offered_the_only_reading_they_have(tmp_path: Path) -> None:
    desk = Desk(tmp_path, [field("day", ["date", {"autofix": False}])], {"day": ["25.03.24", "26.3.2024", "03.04.24"]})
    group = desk.groups()["day|error|date_needs_confirmation"]
    offer = group.fixes[0]
    assert offer.kind == "suggestion"
    assert offer.recommended, "dates are proven to be written day first, and none speaks against it"
    assert [entry.code for entry in group.evidence][:1] == ["day_first"]
    desk.fix(group.id, "suggestion")
    assert desk.review.column("day", "value") == ["2024-03-25", "2024-03-26", "2024-04-03"]


def test_day_numbers_in_text_are_offered_as_dates_but_not_recommended(tmp_path: Path) -> None:
    desk = Desk(tmp_path, [field("day", "date")], {"day": ["2024-03-01", "45378"]})
    offer = desk.groups()["day|error|date_bare_number"].fixes[0]
    assert (offer.kind, offer.recommended) == ("suggestion", False)
    desk.fix("day|error|date_bare_number", "suggestion")
    assert desk.review.column("day", "value") == ["2024-03-01", "2024-03-27"]


def test_both_decimal_marks_are_offered_where_a_column_has_both(tmp_path: Path) -> None:
    desk = Desk(tmp_path, [field("price", "number")], {"price": ["1,5", "1.5", "1,234", "2,500"]})
    group = desk.groups()["price|error|ambiguous_decimal_mark"]
    assert [offer.kind for offer in group.fixes][:2] == ["decimal_point", "decimal_comma"]
    assert [sample.after for sample in group.fixes[1].samples] == ["1.234", "2.5"]
    desk.fix(group.id, "decimal_comma")
    assert desk.review.column("price", "value") == ["1.5", "1.5", "1.234", "2.5"]


def test_a_number_fix_gives_the_value_it_showed_in_a_column_with_decimal_commas(tmp_path: Path) -> None:
    desk = Desk(tmp_path, [field("price", "number")], {"price": ["1,5", "2,75", "1200,-"]})
    desk.fix("price|error|not_a_number", "suggestion")
    assert desk.review.column("price", "value") == ["1.5", "2.75", "1200"]


def test_unknown_options_are_mapped_one_by_one_or_as_suggested(tmp_path: Path) -> None:
    desk = Desk(tmp_path, [PLAN], {"plan": ["live demo", "Demo", "live demo", "what", "else"]})
    group = desk.groups()["plan|error|not_an_option"]
    offer = group.fixes[0]
    assert (offer.kind, offer.id, offer.cells, offer.parameters) == ("map_values", "map_values", 2, {"live demo": "d"})
    assert not offer.recommended, "it is a likeness, not a proof"
    assert group.values[0].suggestion == "d"
    desk.fix(group.id, "map_values")
    assert desk.review.column("plan", "value") == ["d", "d", "d", None, None]
    desk.fix(group.id, "map_values", values={"what": "c", "else": None})
    assert desk.review.column("plan", "value") == ["d", "d", "d", "c", None]
    assert desk.review.column("plan")[4] is None
    assert desk.groups() == {}


def test_only_options_of_the_field_can_be_mapped_to(tmp_path: Path) -> None:
    desk = Desk(tmp_path, [PLAN], {"plan": ["what"]})
    with pytest.raises(RefusedChangeError, match="is no option"):
        desk.fix("plan|error|not_an_option", "map_values", values={"what": "nothing"})


def test_of_repeated_rows_the_first_or_the_last_is_kept(tmp_path: Path) -> None:
    columns: dict[str, Column] = {"mail": ["A@b.de", "x@y.de", "a@B.de", "a@b.de"], "name": ["1", "2", "3", "4"]}
    fields = [field("mail", "email", "unique_case_insensitive"), field("name")]
    for keep, left in (("keep_first", ["1", "2"]), ("keep_last", ["2", "4"])):
        desk = Desk(tmp_path / keep, fields, columns)
        group = desk.groups()["mail|error|unique_case_insensitive"]
        offer = next(offer for offer in group.fixes if offer.kind == keep)
        assert (offer.rows, offer.recommended) == (2, False), "the rows differ in another column"
        desk.fix(group.id, keep)
        assert desk.review.column("name") == left
        assert desk.groups() == {}


def test_one_row_of_each_repeated_value_is_kept(tmp_path: Path) -> None:
    mails: Column = ["b@x.de", "a@x.de", "b@x.de", "c@x.de", "a@x.de", "c@x.de", "a@x.de"]
    columns: dict[str, Column] = {"mail": mails, "name": [str(number) for number in range(7)]}
    for keep, left in (("keep_first", ["0", "1", "3"]), ("keep_last", ["2", "5", "6"])):
        desk = Desk(tmp_path / keep, [field("mail", "email", "unique"), field("name")], columns)
        assert next(offer for offer in desk.groups()["mail|error|unique"].fixes if offer.kind == keep).rows == 4
        desk.fix("mail|error|unique", keep)
        assert desk.review.column("name") == left


def test_keeping_the_first_is_recommended_where_rows_are_whole_copies(tmp_path: Path) -> None:
    desk = Desk(
        tmp_path, [field("mail", "email", "unique"), field("name")], {"mail": ["a@b.de"] * 3, "name": ["x"] * 3}
    )
    offer = desk.groups()["mail|error|unique"].fixes[0]
    assert (offer.kind, offer.rows, offer.recommended) == ("keep_first", 2, True)


def test_combinations_keep_one_row_each(tmp_path: Path) -> None:
    rule = {"validate": "unique_with", "uniqueKey": "k"}
    desk = Desk(tmp_path, [field("a", "string", rule), field("b", "string", rule)],
                {"a": ["1", "1", "1", "11"], "b": ["2", "2", "3", "2"]})  # fmt: skip
    desk.fix("a|error|unique_with", "keep_last")
    assert (desk.review.column("a"), desk.review.column("b")) == (["1", "1", "11"], ["2", "3", "2"])


def test_columns_of_one_field_that_repeat_each_other_delete_no_row(tmp_path: Path) -> None:
    desk = Desk(
        tmp_path, [field("mail", "email", "unique", manyToOne=True)], {"mail[0]": ["a@b.de"], "mail[1]": ["a@b.de"]}
    )
    groups = desk.groups()
    assert set(groups) == {"mail[0]|error|unique", "mail[1]|error|unique"}
    assert not {"keep_first", "keep_last"} & {offer.kind for group in groups.values() for offer in group.fixes}
    with pytest.raises(RefusedChangeError, match="not offered"):
        desk.fix("mail[0]|error|unique", "keep_first")


def test_cells_are_cleared_set_and_rows_deleted(tmp_path: Path) -> None:
    for fix, texts in (("clear", [None, None, "5"]), ("set_value", ["7", "7", "5"]), ("delete_rows", ["5"])):
        desk = Desk(tmp_path / fix, [field("age", "number")], {"age": ["x", "y", "5"]})
        offers = {offer.kind for offer in desk.groups()["age|error|not_a_number"].fixes}
        assert {"clear", "set_value", "delete_rows"} <= offers
        desk.fix("age|error|not_a_number", fix, text="7")
        assert desk.review.column("age") == texts


def test_a_required_field_is_not_offered_to_be_cleared(tmp_path: Path) -> None:
    desk = Desk(tmp_path, [field("age", "number", "required"), field("n")], {"age": ["x", None], "n": ["1", "2"]})
    groups = desk.groups()
    assert "clear" not in {offer.kind for offer in groups["age|error|not_a_number"].fixes}
    assert {offer.kind for offer in groups["age|error|required"].fixes} == {"set_value", "delete_rows"}
    desk.fix("age|error|required", "set_value", text="3")
    assert desk.review.column("age") == ["x", "3"]


def test_nobody_may_change_a_read_only_field_or_delete_rows_where_that_is_off(tmp_path: Path) -> None:
    desk = Desk(tmp_path, [field("age", "number", readOnly=True)], {"age": ["x"]}, may_delete=False)
    (group,) = desk.groups().values()
    assert group.fixes == []
    for fix in ("clear", "set_value", "suggestion", "delete_rows", "keep_first"):
        with pytest.raises(RefusedChangeError) as refused:
            desk.fix(group.id, fix, text="1")
        assert refused.value.code == "not_editable"


@pytest.mark.parametrize(
    ("group", "fix"),
    [("nobody|error|x", "clear"), ("", "clear"), ("age", "clear"), ("age|fatal|x", "clear"), ("age|error|", "clear"),
     ("age|error|not_a_number", "day_month"), ("age|error|not_a_number", "nonsense"), ("age|error|not_a_number", "map_values"),
     ("age|error|not_a_number", "set_value"), ("|error|too_many_cells", "clear"), ("age|error|required", "delete_rows")],
)  # fmt: skip
def test_a_fix_that_is_none_is_refused_in_words(tmp_path: Path, group: str, fix: str) -> None:
    desk = Desk(tmp_path, [field("age", "number")], {"age": ["x"]})
    with pytest.raises(RefusedChangeError):
        desk.fix(group, fix)
    assert desk.review.column("age") == ["x"]


def test_group_ids_survive_bars_and_brackets_in_keys(tmp_path: Path) -> None:
    desk = Desk(tmp_path, [field("a|b|error", "number")], {"a|b|error": ["x"]})
    (group,) = desk.groups()
    assert group == "a|b|error|error|not_a_number"
    desk.fix(group, "clear")
    assert desk.review.column("a|b|error") == [None]


def test_an_offer_counts_what_it_does(tmp_path: Path) -> None:
    texts: list[str | None] = [f"mailto:u{n % 700}@b.de" for n in range(2000)] + [f"bad {n}" for n in range(50)]
    desk = Desk(tmp_path, [field("mail", "email")], {"mail": texts})
    (group,) = desk.groups().values()
    proposal = desk.fixer.propose({"group": group.id, "fix": "suggestion"})
    assert group.fixes[0].cells == sum(edit.cells for edit in proposal.edits) == 2000


def test_of_very_many_texts_a_sample_tells_how_many_a_fix_would_mend(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(groups, "COUNTED_EXACTLY", 100)
    monkeypatch.setattr(groups, "_SAMPLED", 50)
    texts: list[str | None] = [f"mailto:u{n}@b.de" if n % 2 else f"bad {n}" for n in range(400)]
    desk = Desk(tmp_path, [field("mail", "email")], {"mail": texts})
    (group,) = desk.groups().values()
    offer = group.fixes[0]
    assert (offer.kind, offer.parameters, offer.recommended) == ("suggestion", {"estimated": True}, False)
    assert 100 <= offer.cells <= 300
    desk.fix(group.id, "suggestion")
    assert desk.groups()[group.id].cells == 200, "the fix itself looks at every text"


def test_auto_fixes_that_are_told_as_warnings_need_no_fix(tmp_path: Path) -> None:
    tags = field("tags", "multi-select", selectOptions=[{"label": "A", "value": "a"}, {"label": "B", "value": "b"}])
    desk = Desk(tmp_path, [tags], {"tags": ["a,a", "b"]})
    (group,) = desk.groups().values()
    assert (group.level, group.code, group.fixes) == ("warning", "duplicate_option_removed", [])


def test_lists_of_options_are_mended_as_a_whole(tmp_path: Path) -> None:
    tags = field(
        "tags", "multi-select", selectOptions=[{"label": "Apple", "value": "a"}, {"label": "Banana", "value": "b"}]
    )
    desk = Desk(tmp_path, [tags], {"tags": ["Aple,Banan", "Banana", "what,ever"]})
    group = desk.groups()["tags|error|not_an_option"]
    assert group.fixes[0].kind == "suggestion", "a list is no single option to be mapped"
    assert group.fixes[0].cells == 1
    desk.fix(group.id, "suggestion")
    assert desk.review.column("tags", "value") == ['["a","b"]', '["b"]', None]
