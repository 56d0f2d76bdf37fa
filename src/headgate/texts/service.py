"""The texts of the service in one language. What has no text there stays English, as texts of a schema or a hook do."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from headgate.engine.messages import catalogue, supported_language
from headgate.engine.messages.phrasing import Phrasing
from headgate.message import Message
from headgate.schema.description import label_of
from headgate.schema.types import TYPES
from headgate.texts.catalogue import keys_by_english, service_texts

Json = dict[str, Any]

SHOWN_CHARACTERS = 80
LABELLED = frozenset({"type", "old", "new", "option", "rule", "key"})
"""Parameters of statements that name a type, rule or key: shown by its label."""
QUOTED = frozenset({"title", "previous"})
"""Parameters with a label in English quotation marks."""
PARTS = " › "
"""Between the labels of a key and of the key that it stands in."""


_ENGLISH_QUOTES = re.compile("“(.*?)”")
_OR = re.compile(r'(?<=")(?:,| or) (?=")')


class ServiceTexts:
    """Says texts in `language`, one of `settings.locale`. Raises LookupError for any other."""

    def __init__(self, language: str) -> None:
        self.language = supported_language(language)
        self.is_english = self.language == "en"
        """Then everything stays as it is, and no catalogue is read."""

    @cached_property
    def _texts(self) -> Mapping[str, str]:
        return service_texts(self.language)

    @cached_property
    def _phrasing(self) -> Phrasing:
        return Phrasing(self.language, catalogue(self.language))

    def message(self, text: str) -> str:
        """An error, a problem or a label in this language."""
        if self.is_english:
            return text
        template, parameters = (text.template, text.parameters) if isinstance(text, Message) else (text, {})
        known = self._texts.get(keys_by_english().get(template, ""))
        if known is None:
            return text
        shown = {name: self._part(one) for name, one in parameters.items()}
        return self._phrasing.fill(known, shown)

    def failure(self, code: str, message: str) -> str:
        """Why an import failed: what its code means, with the message, which has the details and is English."""
        if self.is_english:
            return message
        known = self._texts.get(f"failure.{code}")
        return message if known is None else f"{known} ({message})"

    def _part(self, value: Any) -> Any:
        """A parameter: a message of its own, a list of quoted names, or something that is the same in all languages."""
        if isinstance(value, Message):
            return self.message(value)
        return _OR.sub(str(catalogue(self.language)["word.separator"]), value) if isinstance(value, str) else value

    def problems(self, problems: Mapping[str, list[str]]) -> dict[str, list[str]]:
        """Problems of a body by path."""
        return {path: [self.message(text) for text in texts] for path, texts in problems.items()}

    def described(self, description: Any) -> Any:
        """A description of schemas (`schema/description.py`) with its labels and help in this language."""
        if self.is_english:
            return description
        if isinstance(description, list):
            return [self.described(one) for one in description]
        if not isinstance(description, dict):
            return description
        return {
            key: self.message(value)
            if key in {"title", "description", "label"} and isinstance(value, str)
            else self.described(value)
            for key, value in description.items()
        }

    def statements(self, answer: Any) -> Any:
        """An answer in which every statement (`code`, `text`, `parameters`) is said in this language."""
        if self.is_english:
            return answer
        if isinstance(answer, list):
            return [self.statements(one) for one in answer]
        if not isinstance(answer, dict):
            return answer
        if {"code", "text", "parameters"} <= answer.keys():
            return {**answer, "text": self._statement(answer)}
        return {key: self.statements(value) for key, value in answer.items()}

    def _statement(self, entry: Mapping[str, Any]) -> str:
        code, parameters = entry["code"], dict(entry["parameters"])
        if code == "field_moved" and "previous" not in parameters:
            code = "field_moved_first"
        template = self._texts.get(f"statement.{code}")
        if template is None:
            return str(entry["text"])
        for name in LABELLED & parameters.keys():
            parameters[name] = self._named(str(parameters[name]))
        for name in QUOTED & parameters.keys():
            parameters[name] = _ENGLISH_QUOTES.sub(lambda found: self._quoted(found[1]), str(parameters[name]))
        if "path" in entry:  # a difference between schemas: its values are JSON
            parameters = {name: self._shown(entry.get(name)) for name in ("before", "after")} | parameters
        nothing = self._texts["value.none"]
        shown = {name: nothing if value is None else value for name, value in parameters.items()}
        return self._phrasing.fill(template, shown)

    def _named(self, label: str) -> str:
        bare = label.removeprefix("“").removesuffix("”")
        said = PARTS.join(self.message(part) for part in bare.split(PARTS))
        if said == bare and bare in TYPES:
            said = self.message(label_of("type", bare))
        return said if bare == label else self._quoted(said)

    def _quoted(self, text: str) -> str:
        return self._phrasing.fill("{it:quoted}", {"it": text})

    def _shown(self, value: Any) -> str:
        """A value of a schema as sentences show it."""
        if value is None:
            return self._texts["value.not_given"]
        if isinstance(value, bool):
            return self._texts["value.on" if value else "value.off"]
        if isinstance(value, str):
            cut = value if len(value) <= SHOWN_CHARACTERS else value[: SHOWN_CHARACTERS - 1] + "…"
            return self._quoted(cut)
        text = json.dumps(value, ensure_ascii=False, default=str)
        return text if len(text) <= SHOWN_CHARACTERS else text[: SHOWN_CHARACTERS - 1] + "…"
