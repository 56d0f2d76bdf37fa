"""A row expression for a request in words, written by a language model that the operator runs or pays for.

Off until the operator names an OpenAI-compatible endpoint. What leaves is the person's sentence and the schema (keys, labels,
types, options of the fields): no cell, no file name, nothing about who asks. What comes back is other people's text: bounded,
parsed strictly, and nothing but an expression; it is only ever shown to a person, and runs in the sandbox of Transform.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import httpx
import orjson
from pydantic import BaseModel, ConfigDict, ValidationError

from headgate.config import Config
from headgate.engine.hooks.check import expression_problem
from headgate.errors import RequestError
from headgate.reviews.api_models import FieldInfo, TransformSuggestion

MAX_ANSWER_BYTES = 256 * 1024
MAX_EXPRESSION_CHARACTERS = 20_000
MAX_EXPLANATION_CHARACTERS = 2_000
MAX_OPTIONS = 200
SECONDS = 30.0

_TASK = """You write one JavaScript row expression for a data import tool.
It is evaluated for each row, in strict mode, without network, files or imports. It sees:
- row: field key -> typed value (number, boolean, string, list of strings or null for an empty or unreadable cell)
- text: field key -> the cell's text as shown ("" for an empty cell)
- index: number of the row, from 0; fields: list of {key, label, type}
It returns an object of field key -> new value for the cells that change, or undefined where nothing changes.
Never invent data. Leave cells alone that the request does not name. Expect null in every field. Dates are texts such as
"2024-03-01". An option of a select field is given by its value.
Either one expression, such as ({ name: text.name.trim() }), or statements with return.
Answer with one JSON object and nothing else: {"expression": "...", "explanation": "one sentence for the person"}"""


class SuggestionError(RequestError):
    """No expression came of it. The message says why and what to do; it holds neither the key nor the answer."""


class _Message(BaseModel):
    content: str


class _Choice(BaseModel):
    message: _Message


class _Completion(BaseModel):
    """What counts of a chat completion; endpoints add fields of their own."""

    choices: list[_Choice]


class _Answer(BaseModel):
    """What the model was asked to write."""

    model_config = ConfigDict(extra="forbid", strict=True)

    expression: str
    explanation: str | None = None


class TransformWriter:
    """Asks the operator's endpoint. Safe to share between threads."""

    def __init__(self, config: Config, *, seconds: float = SECONDS) -> None:
        self._endpoint = config.transform_endpoint
        self._model = config.transform_model
        self._key = config.transform_key
        self._seconds = seconds

    @property
    def available(self) -> bool:
        """Whether the operator configured it."""
        return self._endpoint is not None and self._model is not None

    def suggest(self, request: str, fields: Sequence[FieldInfo]) -> TransformSuggestion:
        """An expression for the request. Raises SuggestionError."""
        if self._endpoint is None or self._model is None:
            raise SuggestionError(
                "Writing expressions from words is not set up on this server. Write the expression yourself."
            )
        body = orjson.dumps(
            {
                "model": self._model,
                "temperature": 0,
                "messages": [
                    {"role": "system", "content": _TASK},
                    {
                        "role": "user",
                        "content": orjson.dumps({"fields": described(fields), "request": request}).decode(),
                    },
                ],
            }
        )
        return _suggestion(self._post(f"{self._endpoint.rstrip('/')}/chat/completions", body))

    def _post(self, url: str, body: bytes) -> bytes:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self._key is not None:
            headers["Authorization"] = f"Bearer {self._key.get_secret_value()}"
        deadline = time.monotonic() + self._seconds
        try:
            with (
                httpx.Client(timeout=self._seconds) as client,
                client.stream("POST", url, content=body, headers=headers) as response,
            ):
                _refuse_status(response.status_code)
                return _bounded(response, deadline)
        except httpx.TimeoutException:
            raise _too_slow() from None
        except (httpx.HTTPError, httpx.InvalidURL):
            raise SuggestionError(
                "The service that writes expressions cannot be reached. Try again later, or write the expression yourself."
            ) from None


def described(fields: Sequence[FieldInfo]) -> list[dict[str, Any]]:
    """The fields as the model is told of them: what a person may write into, without descriptions and messages."""
    entries: list[dict[str, Any]] = []
    for field in fields:
        if field.hidden or field.read_only:
            continue
        entry: dict[str, Any] = {"key": field.key, "label": field.label, "type": field.type}
        if field.select_options:
            entry["options"] = [{"label": o.label, "value": o.value} for o in field.select_options[:MAX_OPTIONS]]
        if field.many_to_one:
            entry["severalColumns"] = True
        entries.append(entry)
    return entries


def _refuse_status(status: int) -> None:
    if status in {401, 403}:
        raise SuggestionError(
            "The service that writes expressions refused this server's key. Tell whoever runs headgate; meanwhile write the "
            "expression yourself."
        )
    if status == 429:
        raise SuggestionError("The service that writes expressions has too much to do. Wait a minute and try again.")
    if status != 200:
        raise SuggestionError(
            f"The service that writes expressions answered with status {status}. Try again later, or write the expression "
            "yourself."
        )


def _bounded(response: httpx.Response, deadline: float) -> bytes:
    """The answer, as long as it is neither too large nor too slow: a time limit of its own, for one on every read alone
    lets an answer trickle for ever."""
    found = bytearray()
    for part in response.iter_bytes():
        found += part
        if len(found) > MAX_ANSWER_BYTES:
            raise _unusable()
        if time.monotonic() > deadline:
            raise _too_slow()
    return bytes(found)


def _suggestion(document: bytes) -> TransformSuggestion:
    try:
        content = _Completion.model_validate_json(document).choices[0].message.content
        answer = _Answer.model_validate_json(_without_fence(content))
    except (ValidationError, IndexError):
        raise _unusable() from None
    expression = answer.expression.strip()
    if not expression or len(expression) > MAX_EXPRESSION_CHARACTERS or expression_problem(expression) is not None:
        raise _unusable()
    explanation = (answer.explanation or "").strip()[:MAX_EXPLANATION_CHARACTERS]
    return TransformSuggestion(expression=expression, explanation=explanation or None)


def _without_fence(content: str) -> str:
    """Most models put JSON into a fence of Markdown, whatever they are told."""
    lines = content.strip().splitlines()
    fenced = len(lines) > 2 and lines[0].strip() in {"```", "```json"} and lines[-1].strip() == "```"
    return "\n".join(lines[1:-1]) if fenced else content


def _too_slow() -> SuggestionError:
    return SuggestionError(
        "The service that writes expressions took too long. Try again, with a simpler request, or write the expression yourself."
    )


def _unusable() -> SuggestionError:
    return SuggestionError(
        "No usable expression came back. Say the request in other words, naming the columns, or write the expression yourself."
    )
