"""What is said when the service starts with a directory that holds no model, or without the extra."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from headgate.cli.app import app
from headgate.config import Config, ConfigurationError
from headgate.reviews.semantic.files import check_embeddings
from headgate.server.run import prepare
from tests.unit.reviews.semantic.model_directory import write_model


@pytest.mark.parametrize("nested", [False, True])
def test_both_usual_places_of_a_model_are_found(tmp_path: Path, nested: bool) -> None:
    found = check_embeddings(write_model(tmp_path, nested=nested))
    assert found.model.relative_to(tmp_path).as_posix() == ("onnx/model.onnx" if nested else "model.onnx")
    assert found.tokenizer == tmp_path / "tokenizer.json"
    assert found.pooling == "mean"


@pytest.mark.parametrize("package", ["onnxruntime", "tokenizers"])
def test_without_the_extra_it_is_said_what_to_install(
    tmp_path: Path, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_model(tmp_path)
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(ConfigurationError, match=rf"{package} is not installed.*pip install \"headgate\[semantic\]\""):
        check_embeddings(tmp_path)


@pytest.mark.parametrize("missing", ["model.onnx", "tokenizer.json"])
def test_a_missing_file_is_named_with_the_setting(tmp_path: Path, missing: str) -> None:
    (write_model(tmp_path) / missing).unlink()
    with pytest.raises(ConfigurationError, match=rf"suggest_embeddings .* has no {missing}"):
        check_embeddings(tmp_path)


@pytest.mark.parametrize("empty", ["model.onnx", "tokenizer.json"])
def test_an_empty_file_is_named(tmp_path: Path, empty: str) -> None:
    (write_model(tmp_path) / empty).write_bytes(b"")
    with pytest.raises(ConfigurationError, match=f"{empty} is empty"):
        check_embeddings(tmp_path)


def test_a_file_in_the_place_of_the_directory_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "model.onnx"
    file.write_bytes(b"x")
    for wrong in (file, tmp_path / "nowhere"):
        with pytest.raises(ConfigurationError, match="is no directory"):
            check_embeddings(wrong)


@pytest.mark.parametrize(
    ("said", "pooling"),
    [
        ({"pooling_mode_mean_tokens": True, "pooling_mode_cls_token": False}, "mean"),
        ({"pooling_mode_mean_tokens": False, "pooling_mode_cls_token": True}, "cls"),
        ({"pooling_mode": "mean", "embedding_dimension": 4}, "mean"),
        ({"pooling_mode": "cls"}, "cls"),
    ],
)
def test_the_pooling_is_the_one_that_the_model_was_made_for(tmp_path: Path, said: Any, pooling: str) -> None:
    assert check_embeddings(write_model(tmp_path, pooling=said)).pooling == pooling


@pytest.mark.parametrize(
    "said",
    [
        {"pooling_mode_max_tokens": True},
        {"pooling_mode_mean_tokens": True, "pooling_mode_cls_token": True},
        {},
        [],
        "mean",
    ],
    ids=["maximum", "both", "none", "list", "text"],
)
def test_a_pooling_that_would_give_other_vectors_is_refused(tmp_path: Path, said: Any) -> None:
    with pytest.raises(ConfigurationError, match="pooling"):
        check_embeddings(write_model(tmp_path, pooling=said))


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[" * 200_000])
def test_an_unreadable_pooling_is_refused(tmp_path: Path, content: bytes) -> None:
    (write_model(tmp_path, pooling={}) / "1_Pooling" / "config.json").write_bytes(content)
    with pytest.raises(ConfigurationError, match="cannot be read"):
        check_embeddings(tmp_path)


def test_the_service_does_not_start_with_a_model_that_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEADGATE_SUGGEST_EMBEDDINGS", str(tmp_path / "model"))
    monkeypatch.setenv("HEADGATE_DATA_DIR", str(tmp_path / "data"))
    refused = CliRunner().invoke(app, ["serve", "--check"])
    assert refused.exit_code != 0
    assert "suggest_embeddings" in refused.output
    write_model(tmp_path / "model")
    assert CliRunner().invoke(app, ["serve", "--check"]).exit_code == 0


def test_a_process_that_answers_nobody_needs_no_model(tmp_path: Path) -> None:
    config = Config(data_dir=tmp_path / "data", suggest_embeddings=tmp_path / "nowhere")
    prepare(config, answers=False)
    with pytest.raises(ConfigurationError):
        prepare(config)
