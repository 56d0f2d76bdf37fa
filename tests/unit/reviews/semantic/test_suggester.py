"""Suggestions by meaning: which fields a local model adds, and that it decides nothing, keeps nothing and harms nothing."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from headgate.config import Config
from headgate.reviews.api_models import ColumnsView, FieldInfo, FileColumn
from headgate.reviews.api_models.columns import FieldSuggestion
from headgate.reviews.model_client import SuggestionError
from headgate.reviews.semantic import suggester as module
from headgate.reviews.semantic.suggester import EmbeddingSuggester, column_texts, field_texts, words_of
from headgate.reviews.suggesters import suggested, suggesters
from tests.unit.reviews.semantic.model_directory import write_model

FIELDS = [
    FieldInfo(key="first", label="First name", type="string"),
    FieldInfo(key="last", label="Last name", type="string"),
    FieldInfo(key="mail", label="Mail", type="email"),
    FieldInfo(key="paint", label="Paint", type="string", description="The colour that it gets"),
    FieldInfo(key="other", label="Something", type="string"),
]


def column(
    index: int, header: str, status: Any = "unmapped", *others: str, samples: tuple[str, ...] = ()
) -> FileColumn:
    return FileColumn(
        index=index, header=header, samples=list(samples), filled=1.0, field=None, status=status, method=None, confidence=0.3,
        evidence=[], suggestions=[FieldSuggestion(field=key, confidence=0.3, evidence=[]) for key in others],
    )  # fmt: skip


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_model(tmp_path_factory.mktemp("model"))


def found(model: Path, *columns: FileColumn) -> dict[int, list[str]]:
    return EmbeddingSuggester(model).suggest(columns, FIELDS)


def test_a_field_with_another_word_for_the_same_is_found(model: Path) -> None:
    assert found(model, column(3, "surname"), column(5, "given_name"), column(7, "EMAIL")) == {
        3: ["last"],
        5: ["first", "last"],
        7: ["mail"],
    }


def test_what_is_said_about_a_field_counts(model: Path) -> None:
    assert found(model, column(0, "colour")) == {0: ["paint"]}


def test_the_values_of_a_column_count(model: Path) -> None:
    assert found(model, column(0, "xyz", samples=("red", "red"))) == {0: ["paint"]}


def test_a_column_that_is_like_nothing_gets_no_suggestion(model: Path) -> None:
    assert (
        found(model, column(0, "qwertz"), column(1, ""), column(2, "___"), column(3, "\0\ud800"), column(4, "broken"))
        == {}
    )


def test_at_most_three_fields_are_suggested(model: Path) -> None:
    fields = [FieldInfo(key=f"mail{n}", label="Mail", type="email") for n in range(9)]
    assert EmbeddingSuggester(model).suggest([column(0, "email")], fields) == {0: ["mail0", "mail1", "mail2"]}


def test_huge_files_and_schemas_are_looked_at_in_part(model: Path) -> None:
    columns = [column(n, "surname " + "x" * 100_000) for n in range(module.MAX_COLUMNS + 50)]
    fields = [*FIELDS, *(FieldInfo(key=f"k{n}", label="y" * 100_000, type="string") for n in range(2000))]
    ranked = EmbeddingSuggester(model).likenesses(columns, fields)
    assert len(ranked) == module.MAX_COLUMNS
    assert {len(each) for each in ranked.values()} == {module.MAX_FIELDS}


def test_no_columns_or_no_fields_load_no_model(tmp_path: Path) -> None:
    nowhere = EmbeddingSuggester(tmp_path / "nowhere")
    assert nowhere.suggest([], FIELDS) == {}
    assert nowhere.suggest([column(0, "a")], []) == {}


def test_the_texts_of_columns_and_fields_are_short_words_with_some_context() -> None:
    assert column_texts(column(0, "shipTo_zipCode", samples=(" ", "10115", "20121"))) == [
        "ship To zip Code",
        "ship To zip Code: 10115",
    ]
    field = FieldInfo.model_validate(
        {"key": "order_state", "label": "State", "type": "select", "description": "Of the order",
         "select_options": [{"label": "Open", "value": "o"}, {"label": "Paid", "value": "p"}]}
    )  # fmt: skip
    assert field_texts(field) == ["State", "order state", "State: Of the order", "State: Open, Paid"]
    assert words_of("a.b-c__d") == "a b c d"


def test_headgates_own_suggestions_stay_and_nothing_is_decided(model: Path) -> None:
    view = ColumnsView(
        columns=[
            column(0, "surname", "unmapped", "other"),
            column(1, "mail", "accepted"),
            column(2, "given", "ignored"),
        ],
        unmatched_required=[],
        uncertain=[],
    )
    before = view.model_dump()
    answer = suggested(view, FIELDS, suggesters(Config(suggest_embeddings=model)))
    assert {index: [(one.field, one.source) for one in ones] for index, ones in answer.columns.items()} == {
        0: [("other", "headgate"), ("last", "model")]
    }
    assert answer.problem is None
    assert view.model_dump() == before


def test_none_of_headgates_own_suggestions_is_pushed_out(model: Path) -> None:
    view = ColumnsView(
        columns=[column(0, "surname", "unmapped", "other", "paint", "mail"), column(1, "surname", "unmapped", "last")],
        unmatched_required=[],
        uncertain=[],
    )
    answer = suggested(view, FIELDS, suggesters(Config(suggest_embeddings=model)))
    assert {index: [(one.field, one.source) for one in ones] for index, ones in answer.columns.items()} == {
        0: [("other", "headgate"), ("paint", "headgate"), ("mail", "headgate")],
        1: [("last", "headgate")],
    }


@pytest.mark.parametrize("broken", ["model.onnx", "tokenizer.json"])
def test_a_broken_model_leaves_headgates_suggestions_and_says_so(tmp_path: Path, broken: str) -> None:
    (write_model(tmp_path) / broken).write_bytes(b"nothing of use")
    view = ColumnsView(columns=[column(0, "surname", "unmapped", "other")], unmatched_required=[], uncertain=[])
    answer = suggested(view, FIELDS, suggesters(Config(suggest_embeddings=tmp_path)))
    assert [one.field for one in answer.columns[0]] == ["other"]
    assert answer.problem is not None
    assert "choose the fields yourself" in answer.problem
    assert str(tmp_path) not in answer.problem


@pytest.mark.parametrize("package", ["onnxruntime", "tokenizers"])
def test_an_extra_that_went_away_is_said_to_people(model: Path, package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(SuggestionError, match="choose the fields yourself"):
        found(model, column(0, "surname"))


def test_a_model_that_was_mended_is_used_without_a_new_start(tmp_path: Path) -> None:
    here = EmbeddingSuggester(tmp_path)
    with pytest.raises(SuggestionError):
        here.suggest([column(0, "surname")], FIELDS)
    write_model(tmp_path)
    assert here.suggest([column(0, "surname")], FIELDS) == {0: ["last"]}


def test_what_takes_too_long_is_given_up(model: Path) -> None:
    with pytest.raises(SuggestionError, match="took too long"):
        EmbeddingSuggester(model, seconds=0).suggest([column(0, "surname")], FIELDS)


def test_who_asks_again_about_a_large_schema_comes_further(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FIELD_TEXTS", 4)
    fields = [*FIELDS, *(FieldInfo(key=f"k{n}", label=f"label {n}", type="string") for n in range(20))]
    here = EmbeddingSuggester(model)
    assert here.suggest([column(0, "colour")], FIELDS[:1]) == {}  # loads the model
    loaded = here._encoder
    assert loaded is not None
    left = [3]  # so many parts fit into the time

    def encode(texts: Any, deadline: float) -> Any:
        left[0] -= 1
        return real(texts, deadline if left[0] >= 0 else 0.0)

    real = loaded.encode
    monkeypatch.setattr(loaded, "encode", encode)
    sizes = []
    for _ in range(3):
        left[0] = 3
        with pytest.raises(SuggestionError, match="took too long"):
            here.suggest([column(0, "colour")], fields)
        sizes.append(len(here._remembered))
    assert sizes[0] < sizes[1] < sizes[2]
    left[0] = 100
    assert here.suggest([column(0, "colour")], fields) == {0: ["paint"]}


def test_who_waits_too_long_for_somebody_elses_suggestions_is_told(
    model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, end = threading.Event(), threading.Event()

    class Waiting(EmbeddingSuggester):
        def _loaded(self) -> Any:
            begun.set()
            end.wait(30)
            return super()._loaded()

    slow = Waiting(model, seconds=0.2)
    ended: list[str] = []

    def ask() -> None:
        try:
            slow.suggest([column(0, "surname")], FIELDS)
        except SuggestionError as error:
            ended.append(error.message)

    first = threading.Thread(target=ask)
    first.start()
    assert begun.wait(30)
    ask()
    end.set()
    first.join()
    assert len(ended) == 2  # the second waited in vain, and the first had no time left


def test_several_people_at_once_load_the_model_once(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from headgate.reviews.semantic import encoder

    loads: list[object] = []

    class Counted(encoder.SentenceEncoder):
        def __init__(self, files: Any) -> None:
            loads.append(files)
            super().__init__(files)

    monkeypatch.setattr(encoder, "SentenceEncoder", Counted)
    shared, answers = EmbeddingSuggester(model), []
    threads = [
        threading.Thread(target=lambda: answers.append(shared.suggest([column(0, "surname")], FIELDS)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [{0: ["last"]}] * 8
    assert len(loads) == 1


def test_nothing_of_a_file_is_remembered_and_of_schemas_a_bounded_part(
    model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_REMEMBERED", 10)
    here = EmbeddingSuggester(model)
    for n in range(6):
        fields = [
            FieldInfo(key=f"k{n}", label="Mail", type="string"),
            FieldInfo(key=f"l{n}", label=f"L {n}", type="string"),
        ]
        assert here.suggest([column(0, "email", samples=("secret",))], fields) == {0: [f"k{n}"]}
        assert len(here._remembered) <= 10
    assert not any("secret" in text or "email" in text for text in here._remembered)


def test_no_connection_is_opened(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert found(model, column(0, "surname")) == {0: ["last"]}


def test_a_configured_model_is_loaded_by_the_first_question_only(model: Path) -> None:
    code = """
import sys
from headgate.config import Config
from headgate.reviews.suggesters import suggesters
own = suggesters(Config())
assert len(own) == 1 and not any(name.startswith("headgate.reviews.semantic") for name in sys.modules)
assert len(suggesters(Config(suggest_embeddings=sys.argv[1]))) == 2
assert not {"numpy", "onnxruntime", "tokenizers"} & sys.modules.keys()
"""
    subprocess.run([sys.executable, "-c", code, str(model)], check=True)
