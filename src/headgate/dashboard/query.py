"""The query parameters of the dashboard's lists. All that is wrong with them is reported at once."""

from __future__ import annotations

import uuid

from fastapi import Request

from headgate.errors import InvalidError
from headgate.imports.listing import Cursor, ImportFilter
from headgate.imports.states import Status
from headgate.records import dataclass
from headgate.web import moment, whole_number

DEFAULT_LIMIT = 50
MAX_LIMIT = 200
MAX_SEARCH = 200
MAX_IDENTIFIER = 500
BOOLEANS = {"true": True, "false": False}


@dataclass(frozen=True)
class ImportQuery:
    """What a list of imports is asked."""

    wanted: ImportFilter
    after: Cursor | None
    limit: int


class _Parameters:
    """Reads parameters one by one and gathers what is wrong."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self.problems: dict[str, list[str]] = {}

    def text(self, name: str, longest: int) -> str | None:
        found = (self._request.query_params.get(name) or "").strip()
        if len(found) > longest or "\0" in found:
            self.problems[name] = [f"Expected at most {longest} characters."]
            return None
        return found or None

    def status(self) -> Status | None:
        found = self.text("status", 40)
        if found is None or found in Status.__members__:
            return Status[found] if found else None
        self.problems["status"] = [f"Expected one of {', '.join(Status)}."]
        return None

    def id(self, name: str) -> uuid.UUID | None:
        found = self.text(name, 100)
        try:
            return uuid.UUID(found) if found else None
        except ValueError:
            self.problems[name] = ["Expected an id."]
            return None

    def boolean(self, name: str) -> bool | None:
        found = self.text(name, 10)
        if found is not None and found not in BOOLEANS:
            self.problems[name] = ["Expected true or false."]
        return BOOLEANS.get(found or "")

    def cursor(self) -> Cursor | None:
        found = self.text("cursor", 100)
        try:
            return Cursor.of_text(found) if found else None
        except InvalidError as error:
            self.problems |= error.problems
            return None

    def limit(self) -> int:
        return min(MAX_LIMIT, whole_number(self._request, "limit", DEFAULT_LIMIT, 1, self.problems))


def import_query(request: Request) -> ImportQuery:
    """The question. Raises InvalidError."""
    given = _Parameters(request)
    wanted = ImportFilter(
        status=given.status(),
        schema_id=given.id("schema_id"),
        import_identifier=given.text("import_identifier", MAX_IDENTIFIER),
        development_mode=given.boolean("development_mode"),
        since=moment(request, "since", given.problems),
        until=moment(request, "until", given.problems, end_of_day=True),
        search=given.text("search", MAX_SEARCH),
    )
    found = ImportQuery(wanted, given.cursor(), given.limit())
    if given.problems:
        raise InvalidError(given.problems)
    return found


def line_query(request: Request) -> tuple[str, int]:
    """Cursor and limit of a page of lines. Raises InvalidError."""
    given = _Parameters(request)
    cursor, limit = given.text("cursor", 40) or "", given.limit()
    if given.problems:
        raise InvalidError(given.problems)
    return cursor, limit
