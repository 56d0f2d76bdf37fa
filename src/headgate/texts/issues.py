"""What was said of cells and rows, and why a person is needed, said again in another language.

Files and answers hold the English text with its code. The code leads to the English template, which tells what the
parameters were. What does not fit it is a text of the schema or of a hook, which is nobody's to translate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache, cached_property
from typing import Any

from headgate.engine.messages import Texts, catalogue, supported_language
from headgate.engine.messages.phrasing import Phrasing, Text

Entry = Mapping[str, Any]

CELL_KINDS = ("error", "autofix", "validator", "row", "cell")
_PLACEHOLDER = re.compile(r"\{(\w+)(?::(\w+))?\}")
_COUNT = re.compile(r"(-?\d{1,3}(?:,\d{3})*)(?: \w+)?")
_MORE = re.compile(r"(.*) and (\d+) more", re.DOTALL)


class IssueTexts:
    """Says issues in `language`, one of `settings.locale`. Raises LookupError for any other."""

    def __init__(self, language: str) -> None:
        self.language = supported_language(language)
        self.is_english = self.language == "en"
        """Then everything stays as it is, and no catalogue is read."""

    @cached_property
    def _texts(self) -> Mapping[str, Text]:
        return catalogue(self.language)

    @cached_property
    def _phrasing(self) -> Phrasing:
        return Phrasing(self.language, self._texts)

    def answer(self, answer: Any, labels: Mapping[str, str]) -> Any:
        """An answer in which every issue of a cell or row, and every reason in `import_errors`, is said in this language.
        `labels`: field key → label."""
        if self.is_english:
            return answer
        if isinstance(answer, list):
            return [self.answer(one, labels) for one in answer]
        if not isinstance(answer, dict):
            return answer
        if {"code", "message", "level"} <= answer.keys():
            return {**answer, "message": self.issue(answer)}
        found = {
            key: value if key in {"values", "parameters"} else self.answer(value, labels)
            for key, value in answer.items()
        }
        if reasons := found.get("import_errors"):
            found["import_errors"] = self._reasons(reasons, labels)
        return found

    def issue(self, entry: Entry) -> str:
        """The message of an issue: `code` and the English `message`."""
        message = str(entry["message"])
        if self.is_english:
            return message
        for key, template in _templates().get(str(entry["code"]), ()):
            parameters = _read_back(template, message)
            known = self._texts.get(key)
            if parameters is not None and isinstance(known, str):
                return self._phrasing.fill(known, {name: self._again(one) for name, one in parameters.items()})
        return message

    def _reasons(self, reasons: Sequence[Entry], labels: Mapping[str, str]) -> list[dict[str, Any]]:
        texts, found = Texts(self.language), []
        for entry in reasons:
            said = str(entry.get("message", ""))
            with suppress(KeyError, TypeError):
                said = texts.reason(entry, labels)
            found.append({**entry, "message": said})
        return found

    def _again(self, value: str | int) -> str | int:
        """A list that was cut keeps its rest in the words of the language."""
        cut = _MORE.fullmatch(value) if isinstance(value, str) else None
        if cut is None:
            return value
        return self._phrasing.fill(str(self._texts["word.more"]), {"items": cut[1], "count": int(cut[2])})


@cache
def _templates() -> Mapping[str, list[tuple[str, str]]]:
    """Code → the keys that it may stand in, and their English templates; those with the most fixed text first."""
    found: dict[str, list[tuple[str, str]]] = {}
    for key, text in catalogue("en").items():
        kind, code = key.split(".")[0], key.split(".")[-1]
        if kind in CELL_KINDS and isinstance(text, str):
            for one in _codes_of(code):
                found.setdefault(one, []).append((key, text))
    for entries in found.values():
        entries.sort(key=lambda entry: -len(_PLACEHOLDER.sub("", entry[1])))
    return found


def _codes_of(name: str) -> Iterator[str]:
    """The issue codes that a text's name stands for: `length_min` and its like are said of the code `length`."""
    parts = name.split("_")
    return ("_".join(parts[:count]) for count in range(1, len(parts) + 1))


def _read_back(template: str, message: str) -> dict[str, str | int] | None:
    """The parameters with which the English template says `message`; None when it does not."""
    found = re.fullmatch(_pattern(template), message, re.DOTALL)
    if found is None:
        return None
    forms = dict(_PLACEHOLDER.findall(template))
    parameters: dict[str, str | int] = {}
    for name, text in found.groupdict().items():
        form = forms[name]
        if form == "quoted":
            text = text.removeprefix('"').removesuffix('"')
        number = _COUNT.fullmatch(text) if form != "quoted" else None
        parameters[name] = text if number is None else int(number[1].replace(",", ""))
    return parameters


@cache
def _pattern(template: str) -> str:
    pattern, at, named = "", 0, set()
    for place in _PLACEHOLDER.finditer(template):
        pattern += re.escape(template[at : place.start()])
        pattern += f"(?P={place[1]})" if place[1] in named else f"(?P<{place[1]}>.*?)"
        named.add(place[1])
        at = place.end()
    return pattern + re.escape(template[at:])
