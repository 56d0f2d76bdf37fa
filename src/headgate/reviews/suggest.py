"""A row expression for a request in words, written by a language model that the operator runs or pays for.

Off until the operator names an OpenAI-compatible endpoint. What leaves is the person's sentence and the schema (keys, labels,
types, options of the fields): no cell, no file name, nothing about who asks. What comes back is other people's text: bounded,
parsed strictly, and nothing but an expression; it is only ever shown to a person, and runs in the sandbox of Transform.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from headgate.config import Config
from headgate.engine.hooks.check import expression_problem
from headgate.reviews.api_models import FieldInfo, TransformSuggestion
from headgate.reviews.model_client import SECONDS, ModelClient, SuggestionError, Wording

MAX_EXPRESSION_CHARACTERS = 20_000
MAX_EXPLANATION_CHARACTERS = 2_000
MAX_OPTIONS = 200

_WORDING = Wording(
    "writes expressions",
    "write the expression yourself",
    "No usable expression came back. Say the request in other words, naming the columns, or write the expression yourself.",
)
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


class _Answer(BaseModel):
    """What the model was asked to write."""

    model_config = ConfigDict(extra="forbid", strict=True)

    expression: str
    explanation: str | None = None


class TransformWriter:
    """Asks the operator's endpoint. Safe to share between threads."""

    def __init__(self, config: Config, *, seconds: float = SECONDS) -> None:
        endpoint, model = config.transform_endpoint, config.transform_model
        self._client = (
            ModelClient(endpoint, model, config.transform_key, _WORDING, seconds)
            if endpoint is not None and model is not None
            else None
        )

    @property
    def available(self) -> bool:
        """Whether the operator configured it."""
        return self._client is not None

    def suggest(self, request: str, fields: Sequence[FieldInfo]) -> TransformSuggestion:
        """An expression for the request. Raises SuggestionError."""
        if self._client is None:
            raise SuggestionError(
                "Writing expressions from words is not set up on this server. Write the expression yourself."
            )
        return _suggestion(
            self._client, self._client.complete(_TASK, {"fields": described(fields), "request": request})
        )


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


def _suggestion(client: ModelClient, content: str) -> TransformSuggestion:
    try:
        answer = _Answer.model_validate_json(content)
    except ValidationError:
        raise client.unusable() from None
    expression = answer.expression.strip()
    if not expression or len(expression) > MAX_EXPRESSION_CHARACTERS or expression_problem(expression) is not None:
        raise client.unusable()
    explanation = (answer.explanation or "").strip()[:MAX_EXPLANATION_CHARACTERS]
    return TransformSuggestion(expression=expression, explanation=explanation or None)
