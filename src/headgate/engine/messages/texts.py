"""What an import says, in a reader's language: issues, auto-fixes, reasons for review, evidence and warnings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from headgate.engine.issue_kinds import RECIPE, IssueKind
from headgate.engine.messages.catalogue import catalogue, supported_language
from headgate.engine.messages.phrasing import Phrasing
from headgate.engine.review.log import RefusedChangeError


class Texts:
    """The texts of one language. `overrides`: texts of the schema by message key (`settings.textOverrides.errors`).

    Raises LookupError for a language that has none.
    """

    def __init__(self, language: str, overrides: Mapping[str, Any] | None = None) -> None:
        self.language = supported_language(language)
        self._texts = catalogue(self.language)
        self._overrides = {key: text for key, text in (overrides or {}).items() if isinstance(text, str)}
        self._phrasing = Phrasing(self.language, self._texts)

    def text(self, key: str, parameters: Mapping[str, Any]) -> str:
        """The text of a message key with its parameters. Raises KeyError for a key that does not exist."""
        template = self._texts[key]
        if not isinstance(template, str):
            raise KeyError(key)
        return self._phrasing.fill(self._overrides.get(key, template), parameters)

    def issue(self, kind: IssueKind) -> str | None:
        """What an issue says. The schema's own message as it is; None where every entry brings its own (hooks)."""
        return kind.message if kind.key is None else self.text(kind.key, kind.parameters)

    def autofix(self, type_name: str, code: str, parameters: Mapping[str, Any] | None = None) -> str:
        """What an auto-fix of a field type changed."""
        if code == RECIPE:
            return self.text(f"cell.{code}", {})
        return self.text(f"autofix.{type_name}.{code}", parameters or {})

    def reason(self, entry: Mapping[str, Any], labels: Mapping[str, str] | None = None) -> str:
        """An entry of a NEEDS_REVIEW import's `import_errors`. `labels`: field key → label.

        What a hook said when it stopped the import stays as it is, and so does why an import FAILED: that is told to
        whoever sent it, not to a reviewer.
        """
        # It uses the English texts of this package.
        from headgate.engine.review_reasons import finish_reason

        code, key = entry["code"], f"reason.{entry['code']}"
        own_words = code == "finish_cancelled" and entry["message"] != finish_reason("").message
        if own_words or key not in self._texts:
            return str(entry["message"])
        parameters = dict(entry)
        if code == "header_row_not_determined" and entry.get("rows"):
            key, parameters["row"] = "reason.header_row_likely", entry["rows"][0]
        elif code == "column_match_uncertain":
            parameters |= {"count": len(entry["columns"]), "names": [column["header"] for column in entry["columns"]]}
        elif code == "required_field_unmapped":
            named = [(labels or {}).get(field, field) for field in entry["fields"]]
            parameters |= {"count": len(named), "names": named}
        return self.text(key, parameters)

    def evidence(
        self, entry: Mapping[str, Any], labels: Mapping[str, str] | None = None, headers: Sequence[str] = ()
    ) -> str:
        """An entry of `evidence`. `labels`: field key → label; `headers`: the names of the file's columns."""
        parameters = dict(entry)
        if "field" in entry:
            parameters["field"] = (labels or {}).get(entry["field"], entry["field"])
        if "column" in entry:
            index = entry["column"]
            parameters["column"] = headers[index] if index < len(headers) and headers[index] else str(index + 1)
        parameters["rival"] = parameters.get("field", parameters.get("column"))
        return self.text(f"evidence.{entry['code']}", parameters)

    def refusal(self, error: RefusedChangeError) -> str:
        """Why a change cannot be made; in English where only a faulty client can have caused it."""
        return str(error) if error.key is None else self.text(error.key, error.parameters)

    def warning(self, entry: Mapping[str, Any]) -> str:
        """An entry of `warnings`, of the file or of the import."""
        return self.text(f"warning.{entry['code']}", entry)


def text(key: str, parameters: Mapping[str, Any], language: str) -> str:
    """The text of a message key in a language. Raises KeyError for the key, LookupError for the language."""
    return Texts(language).text(key, parameters)
