"""Reading the bodies of Schema Studio: every problem at once, each under the path where it stands."""

from __future__ import annotations

import base64
import binascii
from typing import Any, get_args

from headgate.errors import InvalidError, TooLargeError
from headgate.message import Message
from headgate.records import dataclass
from headgate.schema.hooks import StepType
from headgate.schemas import checked_schema
from headgate.studio.forms import HookKindName
from headgate.web import JsonBody

Document = dict[str, Any]

MAX_FILENAME = 255
DEFAULT_ROWS, MAX_ROWS = 50, 500
DEFAULT_HOOK_ROWS, MAX_HOOK_ROWS = 20, 200
PLACEHOLDER = [{"label": "Any", "key": "any"}]
"""Settings are checked as part of a schema, which has a field."""


@dataclass(frozen=True)
class SampleData:
    """The bytes to work on. `by_key`: rows by field key or in field order, which need no matching."""

    content: bytes
    filename: str | None
    by_key: bool


@dataclass(frozen=True)
class Question:
    """A sample and the schema for it. `parameters`: what the question needs besides."""

    sample: SampleData
    document: Document
    parameters: dict[str, Any]


class Bodies:
    """Reads bodies. `sample_size`: the largest sample in bytes."""

    def __init__(self, sample_size: int) -> None:
        self._sample_size = sample_size

    def infer(self, body: JsonBody) -> Question:
        """Of `POST /schemas/infer/`. Raises InvalidError, TooLargeError."""
        problems: dict[str, list[str]] = {}
        sample = self._sample(body, problems)
        settings = body.value.get("settings")
        _schema_problems(PLACEHOLDER, settings, None, "", problems)
        return Question(_complete(sample, problems), _document(PLACEHOLDER, settings, None), {})

    def trial(self, body: JsonBody) -> Question:
        """Of `POST /schemas/try/`. Raises InvalidError, TooLargeError."""
        problems: dict[str, list[str]] = {}
        sample = self._sample(body, problems)
        document = _draft(body.value.get("schema"), problems)
        limit = _limit(body, DEFAULT_ROWS, 0, MAX_ROWS, problems)
        return Question(_complete(sample, problems), document, {"limit": limit})

    def hook(self, body: JsonBody) -> Question:
        """Of `POST /schemas/run-hook/`. A source that is no function is not refused: the answer says where it is wrong.
        Raises InvalidError, TooLargeError."""
        problems: dict[str, list[str]] = {}
        sample = self._sample(body, problems)
        document = _draft(body.value.get("schema"), problems, with_hooks=False)
        hook = _hook(body.value.get("hook"), problems)
        limit = _limit(body, DEFAULT_HOOK_ROWS, 1, MAX_HOOK_ROWS, problems)
        return Question(_complete(sample, problems), document, {"hook": hook, "limit": limit})

    def _sample(self, body: JsonBody, problems: dict[str, list[str]]) -> SampleData | None:
        sample = body.value.get("sample")
        if not isinstance(sample, dict):
            problems["sample"] = ["Expected an object with the content of a file, or with rows."]
            return None
        content, rows, name = (sample.get(key) for key in ("content", "rows", "filename"))
        if (content is None) == (rows is None):
            problems["sample"] = ["Give content for a file, or rows: exactly one of them."]
            return None
        if name is not None and (not isinstance(name, str) or len(name) > MAX_FILENAME):
            problems["sample.filename"] = [f"Expected a text of at most {MAX_FILENAME} characters."]
            return None
        found = _decoded(content, problems) if rows is None else _rows(rows, body, problems)
        if found is not None and len(found) > self._sample_size:
            raise TooLargeError(
                Message(
                    "The sample is larger than the {size} bytes that this service accepts. Send a part of it.",
                    size=self._sample_size,
                )
            )
        return None if found is None else SampleData(found, name, by_key=rows is not None)


def draft_of(body: dict[str, Any]) -> Document:
    """The schema in a body whose own keys are `fields`, `settings` and `hooks`. Raises InvalidError."""
    problems: dict[str, list[str]] = {}
    parts = body.get("fields"), body.get("settings"), body.get("hooks")
    _schema_problems(*parts, "", problems)
    if problems:
        raise InvalidError(problems)
    return _document(*parts)


def _complete(sample: SampleData | None, problems: dict[str, list[str]]) -> SampleData:
    if problems or sample is None:
        raise InvalidError(problems)
    return sample


def _decoded(content: Any, problems: dict[str, list[str]]) -> bytes | None:
    if isinstance(content, str):
        try:
            return base64.b64decode(content, validate=True)
        except (binascii.Error, ValueError):
            pass
    problems["sample.content"] = ["Expected the bytes of the file in base64."]
    return None


def _rows(rows: Any, body: JsonBody, problems: dict[str, list[str]]) -> bytes | None:
    kinds = {type(row) for row in rows} if isinstance(rows, list) else set()
    if kinds in ({dict}, {list}):
        return body.exact("sample", "rows")
    problems["sample.rows"] = ["Expected a list of objects by field key, or a list of lists in field order."]
    return None


def _draft(draft: Any, problems: dict[str, list[str]], *, with_hooks: bool = True) -> Document:
    if not isinstance(draft, dict):
        problems["schema"] = ["Expected an object with fields, and settings and hooks if there are any."]
        return {}
    parts = draft.get("fields"), draft.get("settings"), draft.get("hooks") if with_hooks else None
    _schema_problems(*parts, "schema.", problems)
    return _document(*parts)


def _document(fields: Any, settings: Any, hooks: Any) -> Document:
    return {"fields": fields, "settings": settings or {}, "hooks": hooks or {}}


def _schema_problems(fields: Any, settings: Any, hooks: Any, prefix: str, problems: dict[str, list[str]]) -> None:
    try:
        checked_schema(fields, settings, hooks)
    except InvalidError as error:
        problems |= {f"{prefix}{path}": messages for path, messages in error.problems.items()}


def _hook(hook: Any, problems: dict[str, list[str]]) -> Document:
    """The hook as the hooks of a schema."""
    if not isinstance(hook, dict):
        problems["hook"] = ["Expected an object with kind and source."]
        return {}
    kind, source = hook.get("kind"), hook.get("source")
    if kind not in get_args(HookKindName):
        problems["hook.kind"] = [f"Expected one of {', '.join(get_args(HookKindName))}."]
    if not isinstance(source, str) or not source.strip():
        problems["hook.source"] = ["Expected a JavaScript function as text."]
    field, step = hook.get("field_name"), hook.get("step")
    if kind == "columnHooks" and not isinstance(field, str):
        problems["hook.field_name"] = ["A column hook needs the key of its field."]
    if kind == "stepHooks" and step not in get_args(StepType):
        problems["hook.step"] = [f"Expected one of {', '.join(get_args(StepType))}."]
    entries: dict[str, Any] = {
        "columnHooks": [{"fieldName": field, "callback": source}],
        "stepHooks": [{"type": step, "callback": source}],
        "beforeFinishCallback": source,
    }
    return {str(kind): entries.get(str(kind), [source])}


def _limit(body: JsonBody, default: int, least: int, most: int, problems: dict[str, list[str]]) -> int:
    limit = body.value.get("limit")
    if limit is None:
        return default
    if isinstance(limit, bool) or not isinstance(limit, int) or not least <= limit <= most:
        problems["limit"] = [Message("Expected a whole number from {least} to {most}.", least=least, most=most)]
        return default
    return limit
