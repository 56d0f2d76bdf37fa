"""Texts to vectors, by a sentence-embedding model that runs in this process on one thread.

Loaded only where the operator set a model up: this module needs the extra `headgate[semantic]`.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from headgate.reviews.semantic.files import ModelFiles

MAX_CHARACTERS = 400
"""Of a text; the tokenizer sees no more, whatever stands in a file's header."""
MAX_TOKENS = 64
BATCH = 32
"""Texts at once: what a run needs of memory grows with them."""
THREADS = 1
"""People wait for suggestions of some hundred short texts; imports need the processors more."""

_IDS, _MASK, _SEGMENTS = "input_ids", "attention_mask", "token_type_ids"
_DTYPES: dict[str, type[np.signedinteger[Any]]] = {"tensor(int64)": np.int64, "tensor(int32)": np.int32}
_SENTENCE = "sentence_embedding"
_TOKENS = ("last_hidden_state", "token_embeddings")
_PADDING = ("[PAD]", "<pad>")

Vectors = NDArray[np.float32]
"""One row a text, each of length 1 (or of length 0 where the model said nothing usable)."""


class EncoderError(Exception):
    """The files are no sentence-embedding model that can be run. The message says what is wrong with which of them."""


class TooSlowError(Exception):
    """The texts did not get done in time."""


class SentenceEncoder:
    """One model. Raises EncoderError when it cannot be loaded. Only one thread may use it at a time."""

    def __init__(self, files: ModelFiles) -> None:
        self._pooling = files.pooling
        try:
            self._tokenizer: Tokenizer = Tokenizer.from_file(str(files.tokenizer))
        except Exception as error:  # the library raises nothing more special
            raise EncoderError(f"{files.tokenizer} is no tokenizer: {type(error).__name__}") from None
        try:
            self._session = _session(files)
        except Exception as error:  # likewise
            raise EncoderError(f"{files.model} is no model: {type(error).__name__}") from None
        self._inputs = {one.name: one.type for one in self._session.get_inputs()}
        unknown = self._inputs.keys() - {_IDS, _MASK, _SEGMENTS}
        if unknown or _IDS not in self._inputs or not _DTYPES.keys() >= set(self._inputs.values()):
            raise EncoderError(
                f"{files.model} wants other inputs than a sentence-embedding model gets: {[*self._inputs]}"
            )
        self._output = _output_of([one.name for one in self._session.get_outputs()])
        self._pad = self._padding()
        self._prepare_tokenizer()
        self._try()

    def encode(self, texts: Sequence[str], deadline: float) -> Vectors:
        """The vectors of the texts. Raises TooSlowError after `deadline` (of `time.monotonic`), EncoderError when the model
        fails."""
        # Texts of like length together: a batch is as wide as its longest.
        encodings = [self._tokenizer.encode(cleaned(text)) for text in texts]
        order = sorted(range(len(texts)), key=lambda at: len(encodings[at].ids))
        parts = []
        for start in range(0, len(order), BATCH):
            if time.monotonic() > deadline:
                raise TooSlowError
            parts.append(self._run([encodings[at] for at in order[start : start + BATCH]]))
        if not parts:
            return np.zeros((0, 0), np.float32)
        found = np.concatenate(parts)
        vectors = np.empty_like(found)
        vectors[order] = found
        return vectors

    def _run(self, batch: Sequence[Encoding]) -> Vectors:
        width = max(1, *(len(one.ids) for one in batch))
        ids = np.full((len(batch), width), self._pad, np.int64)
        mask, segments = np.zeros_like(ids), np.zeros_like(ids)
        for row, one in enumerate(batch):
            ids[row, : len(one.ids)] = one.ids
            mask[row, : len(one.ids)] = one.attention_mask
            segments[row, : len(one.ids)] = one.type_ids
        every = {_IDS: ids, _MASK: mask, _SEGMENTS: segments}
        given = {name: every[name].astype(_DTYPES[kind], copy=False) for name, kind in self._inputs.items()}
        try:
            (output,) = self._session.run([self._output], given)
        except Exception as error:  # the library raises nothing more special
            raise EncoderError(f"the model does not run: {type(error).__name__}") from None
        return _unit(self._pooled(np.asarray(output), mask))

    def _pooled(self, output: NDArray[Any], mask: NDArray[np.int64]) -> NDArray[Any]:
        if output.dtype.kind != "f" or not output.size or len(output) != len(mask):
            raise EncoderError(f"the model's answer is no vectors: {output.dtype} {output.shape}")
        if output.ndim == 2:
            return output
        if output.ndim != 3 or output.shape[:2] != mask.shape:
            raise EncoderError(f"the model's answer is no vectors: {output.dtype} {output.shape}")
        if self._pooling == "cls":
            return output[:, 0]
        weights = mask[:, :, None].astype(np.float32)
        # A text without a token has no mean; the sum of nothing is no direction, and like to nothing.
        total: NDArray[Any] = np.where(weights > 0, output, 0).sum(axis=1)
        mean: NDArray[Any] = total / np.maximum(weights.sum(axis=1), 1.0)
        return mean

    def _prepare_tokenizer(self) -> None:
        # What the file says of lengths is for the training; a text in a file that looks like a mark of the model is text.
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.encode_special_tokens = True

    def _padding(self) -> int:
        said = self._tokenizer.padding
        if said is not None:
            return int(said["pad_id"])
        known = (self._tokenizer.token_to_id(token) for token in _PADDING)
        return next((token for token in known if token is not None), 0)

    def _try(self) -> None:
        """A model that cannot run says so now, by its files, and not in the middle of somebody's work."""
        self.encode(["Header", "Another header"], time.monotonic() + 60)


def cleaned(text: str) -> str:
    """The text as a tokenizer may see it: no longer than needed, one line, nothing that is no Unicode."""
    return " ".join(text[:MAX_CHARACTERS].encode("utf-8", "replace").decode("utf-8").replace("\0", " ").split())


def _session(files: ModelFiles) -> Any:
    onnxruntime.disable_telemetry_events()  # only some of its builds have any; nothing is to leave
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = THREADS
    options.log_severity_level = 4  # what it would write to the standard error comes as exceptions, too
    options.enable_cpu_mem_arena = False  # which would keep the memory of the largest batch for ever
    return onnxruntime.InferenceSession(str(files.model), options, providers=["CPUExecutionProvider"])


def _output_of(names: Sequence[str]) -> str:
    """Ready vectors of sentences, else those of tokens; a model that names them otherwise gives them first."""
    return next((name for name in (_SENTENCE, *_TOKENS) if name in names), names[0])


def _unit(vectors: NDArray[Any]) -> Vectors:
    """Every vector with the length 1. What is no number, or not finite, counts as nothing."""
    finite = np.nan_to_num(vectors.astype(np.float32), nan=0.0, posinf=0.0, neginf=0.0)
    lengths = np.linalg.norm(finite.astype(np.float64), axis=1, keepdims=True)
    found: Vectors = (finite / np.maximum(lengths, 1e-12)).astype(np.float32)
    return found
