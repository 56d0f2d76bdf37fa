"""Imports that carry what people decided: it goes before settings, memory and everything that headgate would choose."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from headgate.api import load_schema
from headgate.engine.match import ColumnDecision, MatchMemory
from headgate.engine.outcome import Outcome
from headgate.engine.pipeline import run_import
from headgate.engine.request import ImportRequest
from headgate.engine.review.decisions import CustomFieldDecision, PersonDecisions, ReadingDecision
from headgate.engine.review.overrides import decided_columns

FIELDS: list[dict[str, Any]] = [
    {"label": "Name", "key": "name"},
    {"label": "Day", "key": "day", "type": "date"},
    {
        "label": "Kind",
        "key": "kind",
        "type": "multi-select",
        "selectOptions": [{"label": "Big", "value": "b"}, {"label": "Small", "value": "s"}],
    },
]
FILE = "Name,Day,Kind\nAnn,03/04/2024,big; tiny\nBob,05/06/2024,Small\n".replace("; ", "|")
_numbers = itertools.count()


def run(path: Path, person: PersonDecisions, content: str | bytes = FILE, **settings: Any) -> Outcome:
    source = path / "source"
    source.write_bytes(content.encode() if isinstance(content, str) else content)
    fields = [dict(field) for field in FIELDS]
    fields[2]["type"] = ["multi-select", {"delimiter": "|"}]
    schema = load_schema({"fields": fields, "settings": settings})
    workdir = path / f"run-{next(_numbers)}"
    workdir.mkdir()
    memory = MatchMemory(headers={"day": None, "name": "name"}, values={"kind": {"tiny": "b"}})
    return run_import(ImportRequest(source, schema, "file.csv", memory=memory, person=person), workdir)


def test_a_persons_decisions_go_before_memory_and_settings(tmp_path: Path) -> None:
    person = PersonDecisions(
        header=(0,),
        columns={1: "day"},
        values={"kind": {"tiny": "s"}},
        orders={"day": "day_month"},
    )
    outcome = run(tmp_path, person, autoMapHeaders=True, matchingStep={"headerRowOverride": 1})
    assert list(outcome.rows()) == [
        {"name": "Ann", "day": "2024-04-03", "kind": ["b", "s"]},
        {"name": "Bob", "day": "2024-06-05", "kind": ["s"]},
    ]
    assert outcome.learned is not None
    assert outcome.learned.headers["day"] == "day"
    assert outcome.learned.values["kind"]["tiny"] == "s"


def test_the_same_request_with_the_same_decisions_gives_the_same_bytes(tmp_path: Path) -> None:
    person = PersonDecisions(
        columns={0: "Own", 2: None},
        orders={"day": "month_day"},
        custom_fields=(CustomFieldDecision("Own", "Own", "string"),),
    )
    first, second = (run(tmp_path, PersonDecisions.from_json(person.to_json())) for _ in range(2))
    assert first.result_json is not None
    assert second.result_json is not None
    assert first.result_json.read_bytes() == second.result_json.read_bytes()
    assert next(iter(first.rows())) == {"day": "2024-03-04", "Own": "Ann"}


def test_a_chosen_delimiter_and_encoding_are_obeyed(tmp_path: Path) -> None:
    person = PersonDecisions(
        reading=ReadingDecision(encoding="cp1250", delimiter=";"), header=(0,), columns={0: "name"}
    )
    outcome = run(tmp_path, person, "Name;x\nKřeček,1;2\n".encode("cp1250"))
    assert [row["name"] for row in outcome.rows()] == ["Křeček,1"]
    assert (outcome.decisions["file"]["encoding"], outcome.decisions["file"]["delimiter"]) == ("cp1250", ";")
    assert outcome.decisions["file"]["byPerson"] == ["encoding", "delimiter"]


def test_an_encoding_that_cannot_read_the_file_fails_rather_than_guess(tmp_path: Path) -> None:
    outcome = run(
        tmp_path, PersonDecisions(reading=ReadingDecision(encoding="utf-8")), "Name\nK\xf8\xe8ek\n".encode("latin-1")
    )
    assert outcome.status == "FAILED"
    assert [error["code"] for error in outcome.errors or []] == ["file_encoding_unknown"]


KEYS = ("name", "day", "tags")
COLUMNS = [ColumnDecision(n, f"h{n}", key, "accepted", "similar", 0.95) for n, key in enumerate((*KEYS, None, "tags"))]


@given(st.dictionaries(st.integers(0, 6), st.sampled_from([None, *KEYS, "gone"])))
def test_whatever_people_decide_a_field_of_one_column_never_gets_two(decided: dict[int, str | None]) -> None:
    fields = load_schema({"fields": [{"label": key, "key": key, "manyToOne": key == "tags"} for key in KEYS]}).fields
    found = decided_columns(COLUMNS, decided, fields)
    assert [column.index for column in found] == [0, 1, 2, 3, 4]
    taken = [column.field for column in found if column.status == "accepted" and column.field != "tags"]
    assert len(taken) == len(set(taken))
    for index, key in decided.items():
        if index < 5 and key != "gone":
            others = [other for other, given_key in decided.items() if given_key == key and other != index]
            assert found[index].field == key or (key in ("name", "day") and others)
            assert found[index].field is not None or key is None or others
