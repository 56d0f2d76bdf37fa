"""A real model and a real tokenizer, small: what comes out for any text, and which files are refused."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
from onnx import TensorProto

from headgate.reviews.semantic.encoder import BATCH, EncoderError, SentenceEncoder, TooSlowError, Vectors
from headgate.reviews.semantic.files import check_embeddings
from tests.unit.reviews.semantic.model_directory import MEANINGS, write_model


def encoder(directory: Path) -> SentenceEncoder:
    return SentenceEncoder(check_embeddings(directory))


def vectors(directory: Path, *texts: str) -> Vectors:
    return encoder(directory).encode(texts, time.monotonic() + 60)


def test_a_text_is_the_mean_of_its_words_with_length_one(tmp_path: Path) -> None:
    (found,) = vectors(write_model(tmp_path), "last name")
    wanted = np.array(MEANINGS["last"]) + np.array(MEANINGS["name"])
    assert found == pytest.approx(wanted / np.linalg.norm(wanted), abs=1e-6)


def test_a_text_has_the_same_vector_alone_and_among_longer_ones(tmp_path: Path) -> None:
    texts = ["surname", "mail " * 30, "first name", "", "colour red", *(f"given name {n}" for n in range(2 * BATCH))]
    directory = write_model(tmp_path)
    together = vectors(directory, *texts)
    for text, vector in zip(texts, together, strict=True):
        assert vectors(directory, text)[0] == pytest.approx(vector, abs=1e-6)


@pytest.mark.parametrize(
    "inputs",
    [("input_ids",), ("input_ids", "attention_mask"), ("input_ids", "attention_mask", "token_type_ids")],
    ids=len,
)
@pytest.mark.parametrize("ids", [TensorProto.INT64, TensorProto.INT32])
def test_a_model_gets_the_inputs_that_it_asks_for(tmp_path: Path, inputs: tuple[str, ...], ids: int) -> None:
    (found,) = vectors(write_model(tmp_path, inputs=inputs, ids=ids), "surname")
    assert found == pytest.approx([1, 0, 0, 0])


def test_ready_vectors_of_sentences_are_taken_as_they_are(tmp_path: Path) -> None:
    (found,) = vectors(write_model(tmp_path, output="sentence_embedding"), "surname mail")
    assert found == pytest.approx([2**-0.5, 0, 2**-0.5, 0])


def test_a_model_that_was_made_for_its_first_token_is_read_by_it(tmp_path: Path) -> None:
    (found,) = vectors(write_model(tmp_path, pooling={"pooling_mode_cls_token": True}), "surname")
    assert found == pytest.approx([0, 0, 0, 0])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\0",
        "\ud800\udfff",
        "[PAD] [CLS] [SEP]",
        "a" * 1_000_000,
        "\n\r\t\u202e\u2066\ufeff",
        "́" * 10_000,
        "👩‍👩‍👧‍👦" * 500,
        "' OR 1=1; -- <script>",
        "broken",
    ],
    ids=[
        "empty",
        "NUL",
        "surrogates",
        "marks of the model",
        "huge",
        "controls",
        "accents",
        "emoji",
        "code",
        "not finite",
    ],
)
def test_hostile_texts_are_like_nothing_and_do_no_harm(tmp_path: Path, text: str) -> None:
    found = vectors(write_model(tmp_path), text, "surname")
    assert found[0] == pytest.approx([0, 0, 0, 0])
    assert found[1] == pytest.approx([1, 0, 0, 0])


def test_no_texts_have_no_vectors(tmp_path: Path) -> None:
    assert len(vectors(write_model(tmp_path))) == 0


def test_after_its_time_no_further_texts_are_looked_at(tmp_path: Path) -> None:
    with pytest.raises(TooSlowError):
        encoder(write_model(tmp_path)).encode(["surname"], time.monotonic() - 1)


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
@pytest.mark.parametrize(
    "content", [b"{}", b"\0" * 100, b"[" * 100_000, "first half"], ids=["object", "zeros", "nested", "cut"]
)
def test_a_broken_file_is_named(tmp_path: Path, name: str, content: bytes | str) -> None:
    file = write_model(tmp_path) / name
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2] if isinstance(content, str) else content)
    with pytest.raises(EncoderError, match=name):
        encoder(tmp_path)


def test_a_model_for_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="other inputs"):
        encoder(write_model(tmp_path, inputs=("input_ids", "pixel_values")))


def test_a_tokenizer_with_more_words_than_the_model_is_an_error_and_no_crash(tmp_path: Path) -> None:
    directory = write_model(tmp_path, words=(*MEANINGS, *(f"word{n}" for n in range(100))))
    with pytest.raises(EncoderError, match="does not run"):
        vectors(directory, "word99")
