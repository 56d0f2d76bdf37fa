"""A sentence-embedding model in the form in which real ones are published, of some ten words: onnxruntime and tokenizers run it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.normalizers import Lowercase
from tokenizers.pre_tokenizers import Whitespace
from tokenizers.processors import TemplateProcessing

MEANINGS: Mapping[str, Sequence[float]] = {
    "surname": (1, 0, 0, 0),
    "last": (0.9, 0.1, 0, 0),
    "name": (0.3, 0.3, 0, 0),
    "given": (0, 1, 0, 0),
    "first": (0.1, 0.9, 0, 0),
    "mail": (0, 0, 1, 0),
    "email": (0, 0, 0.9, 0.1),
    "colour": (0, 0, 0, 1),
    "red": (0, 0, 0, 0.9),
    "broken": (float("nan"), float("inf"), 0, 0),
}
"""What the model knows; every other word is no direction at all."""
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
INPUTS = ("input_ids", "attention_mask", "token_type_ids")


def write_model(
    directory: Path,
    *,
    inputs: Sequence[str] = INPUTS,
    output: str = "last_hidden_state",
    nested: bool = False,
    pooling: Any = None,
    ids: int = TensorProto.INT64,
    words: Sequence[str] = tuple(MEANINGS),
) -> Path:
    """Write `tokenizer.json` and the model into `directory`. `words`: those of the tokenizer; the model knows `MEANINGS`."""
    model = directory / "onnx" / "model.onnx" if nested else directory / "model.onnx"
    model.parent.mkdir(parents=True, exist_ok=True)
    model.write_bytes(_model(inputs, output, ids).SerializeToString())
    _tokenizer(words).save(str(directory / "tokenizer.json"))
    if pooling is not None:
        (directory / "1_Pooling").mkdir()
        (directory / "1_Pooling" / "config.json").write_text(json.dumps(pooling))
    return directory


def _model(inputs: Sequence[str], output: str, ids: int) -> onnx.ModelProto:
    # The marks round a text have a direction of their own, so that pooling over them, and over padding, shows.
    table = np.zeros((len(SPECIAL) + len(MEANINGS), 4), np.float32)
    table[0] = 9
    table[len(SPECIAL) :] = list(MEANINGS.values())
    nodes = [
        helper.make_node("Gather", ["table", "input_ids"], [output if output != "sentence_embedding" else "tokens"])
    ]
    shape: list[str | int] = ["batch", "length", 4]
    if output == "sentence_embedding":
        nodes.append(helper.make_node("ReduceMax", ["tokens"], [output], axes=[1], keepdims=0))
        shape = ["batch", 4]
    graph = helper.make_graph(
        nodes,
        "words",
        [helper.make_tensor_value_info(name, ids, ["batch", "length"]) for name in inputs],
        [helper.make_tensor_value_info(output, TensorProto.FLOAT, shape)],
        [numpy_helper.from_array(table, "table")],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def _tokenizer(words: Sequence[str]) -> Tokenizer:
    known = {word: index for index, word in enumerate((*SPECIAL, *words))}
    tokenizer = Tokenizer(WordLevel(known, unk_token="[UNK]"))
    tokenizer.normalizer = Lowercase()
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.add_special_tokens([*SPECIAL])
    tokenizer.post_processor = TemplateProcessing(single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)])
    # As published ones are: made ready for batches of a training, which are of no use here.
    tokenizer.enable_padding(pad_id=0, pad_token="[PAD]", length=128)
    tokenizer.enable_truncation(128)
    return tokenizer
