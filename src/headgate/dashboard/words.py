"""Decisions and reasons of an import in the words of a language."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from typing import Any

from headgate.engine.errors import FAILURE_CODES
from headgate.engine.messages import Texts
from headgate.texts import ServiceTexts

Entry = Mapping[str, Any]


class Words:
    """What one import says. `document`: its frozen schema. A language that we do not speak is English."""

    def __init__(self, language: str, document: Entry) -> None:
        overrides = ((document.get("settings") or {}).get("textOverrides") or {}).get("errors")
        try:
            self._texts, self._service = Texts(language, overrides), ServiceTexts(language)
        except LookupError:
            self._texts, self._service = Texts("en", overrides), ServiceTexts("en")
        fields = [field for field in document.get("fields") or [] if isinstance(field, dict)]
        self.labels: dict[str, str] = {
            field["key"]: field["label"] for field in fields if "key" in field and "label" in field
        }
        self._types = {field.get("key"): field.get("type", "string") for field in fields}

    def reasons(self, errors: list[dict[str, Any]] | None) -> list[dict[str, str]]:
        """`import_errors`: `{code, text}`."""
        found = []
        for entry in errors or []:
            code, text = str(entry.get("code", "")), str(entry.get("message", ""))
            if code in FAILURE_CODES:
                text = self._service.failure(code, text)
            else:
                with contextlib.suppress(KeyError, TypeError):
                    text = self._texts.reason(entry, self.labels)
            found.append({"code": code, "text": text})
        return found

    def decisions(self, decisions: dict[str, Any] | None) -> dict[str, Any] | None:
        """The same, where each entry of `evidence`, `warnings` and `autofixes` has a `text` too."""
        if decisions is None:
            return None
        headers = [str(column.get("header") or "") for column in decisions.get("columns") or []]

        def evidence(entry: Entry) -> str:
            return self._texts.evidence(entry, self.labels, headers)

        found = dict(decisions)
        for part in ("file", "header"):
            if isinstance(found.get(part), dict):
                found[part] = self._said(found[part], evidence)
        for part in ("columns", "types"):
            if found.get(part):
                found[part] = [self._said(entry, evidence) for entry in found[part]]
        if found.get("autofixes"):
            found["autofixes"] = [_with_text(entry, self._autofix) for entry in found["autofixes"]]
        if found.get("warnings"):
            found["warnings"] = [_with_text(entry, self._texts.warning) for entry in found["warnings"]]
        return found

    def _said(self, entry: Entry, evidence: Callable[[Entry], str]) -> dict[str, Any]:
        said = dict(entry)
        if "evidence" in said:
            said["evidence"] = [_with_text(one, evidence) for one in said["evidence"]]
        if "warnings" in said:
            said["warnings"] = [_with_text(one, self._texts.warning) for one in said["warnings"]]
        return said

    def _autofix(self, entry: Entry) -> str:
        return self._texts.autofix(str(self._type_of(entry["field"])), entry["code"], entry)

    def _type_of(self, key: str) -> Any:
        found = self._types.get(key, "string")
        return found[0] if isinstance(found, list) else found


def _with_text(entry: Entry, say: Callable[[Entry], str]) -> dict[str, Any]:
    """A code of another version may have no text (any more); then the entry stays as it is."""
    text = None
    with contextlib.suppress(KeyError, TypeError, LookupError):
        text = say(entry)
    return {**entry, "text": text}
