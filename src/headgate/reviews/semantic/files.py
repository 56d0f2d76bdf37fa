"""What a directory with a sentence-embedding model must hold, looked at when the service starts.

Nothing is loaded here: half a second and the memory of a model are for the first person who asks for suggestions.
"""

from __future__ import annotations

import json
import os
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from headgate.config import ConfigurationError
from headgate.records import dataclass

PACKAGES = ("onnxruntime", "tokenizers")
MODELS = ("model.onnx", "onnx/model.onnx")
TOKENIZER = "tokenizer.json"
POOLING = "1_Pooling/config.json"
"""How models in the form of sentence-transformers say which vectors they mean; without it, the mean of all."""
MAX_POOLING_BYTES = 64 * 1024

Pooling = Literal["mean", "cls"]
_NAME_A_DIRECTORY = (
    "Name a directory that holds a sentence-embedding model as it is published: tokenizer.json, and model.onnx or "
    "onnx/model.onnx."
)


@dataclass(frozen=True)
class ModelFiles:
    """The files of a model. `pooling`: what becomes of the vectors of a text's tokens, their mean or the first one."""

    model: Path
    tokenizer: Path
    pooling: Pooling


def check_embeddings(directory: Path) -> ModelFiles:
    """The files of the model in `directory`. Raises ConfigurationError where one, or the extra, is missing."""
    for package in PACKAGES:
        if not _installed(package):
            raise ConfigurationError(
                f"suggest_embeddings is set, but {package} is not installed. Install headgate with the extra: "
                'pip install "headgate[semantic]".'
            )
    if not directory.is_dir():
        raise ConfigurationError(f"suggest_embeddings ({directory}) is no directory. {_NAME_A_DIRECTORY}")
    model = next((directory / name for name in MODELS if (directory / name).is_file()), None)
    if model is None:
        raise ConfigurationError(f"suggest_embeddings ({directory}) has no model.onnx. {_NAME_A_DIRECTORY}")
    tokenizer = directory / TOKENIZER
    if not tokenizer.is_file():
        raise ConfigurationError(f"suggest_embeddings ({directory}) has no {TOKENIZER}. {_NAME_A_DIRECTORY}")
    for file in (model, tokenizer):
        if not os.access(file, os.R_OK):
            raise ConfigurationError(f"suggest_embeddings: {file} cannot be read by the account that headgate runs as.")
        if not file.stat().st_size:
            raise ConfigurationError(f"suggest_embeddings: {file} is empty. Copy the model again.")
    return ModelFiles(model, tokenizer, _pooling(directory / POOLING))


def _installed(package: str) -> bool:
    try:
        return find_spec(package) is not None
    except ValueError:  # a module that was put in its place and does not say where it is from
        return False


def _pooling(file: Path) -> Pooling:
    """What the model was made for: with another pooling its vectors would say something, and nothing right."""
    if not file.is_file():
        return "mean"
    try:
        with file.open("rb") as stream:
            said = json.loads(stream.read(MAX_POOLING_BYTES))
    except (OSError, ValueError, RecursionError):
        raise ConfigurationError(f"suggest_embeddings: {file} cannot be read. Copy the model again.") from None
    wanted = _modes(said) if isinstance(said, dict) else set()
    if wanted == {"mean"}:
        return "mean"
    if wanted == {"cls"}:
        return "cls"
    raise ConfigurationError(
        f"suggest_embeddings: {file} asks for a pooling that headgate does not know; it knows the mean of all tokens, and the "
        "first token alone (cls). Choose another model."
    )


def _modes(said: dict[str, Any]) -> set[str]:
    """The poolings that are on, as older and newer versions of sentence-transformers write them."""
    if isinstance(mode := said.get("pooling_mode"), str):
        return {mode}
    names = {"pooling_mode_mean_tokens": "mean", "pooling_mode_cls_token": "cls"}
    return {names.get(key, key) for key, on in said.items() if key.startswith("pooling_mode_") and on is True}
