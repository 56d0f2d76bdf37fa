"""What may happen to learned matches. Their JSON form is what the API exports and what the engine is given."""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, Literal

from sqlalchemy import Connection, case, delete, func, select
from sqlalchemy.orm import Session

from headgate.db import Database, Statement, iso, utc_now
from headgate.db.upsert import insert_of
from headgate.errors import InvalidError, NotFoundError
from headgate.memory.models import MAX_IDENTIFIER, LearnedMatch
from headgate.records import dataclass

MAX_MATCHES = 20_000
"""Of one importIdentifier; the ones used longest ago give way."""
MAX_TEXT = 2_000


@dataclass(frozen=True)
class Match:
    """One learned match, as the table has it. `last_used_at`: None for now."""

    kind: str
    field: str
    text: str
    target: str | None
    count: int
    last_used_at: datetime | None = None
    taught_by: uuid.UUID | None = None


class MemoryService:
    """Learned matches of an organization."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def identifiers(self, organization_id: uuid.UUID) -> list[dict[str, Any]]:
        """Each importIdentifier that something was learned for, with how much and when last."""
        query = (
            select(LearnedMatch.import_identifier, func.count(), func.max(LearnedMatch.last_used_at))
            .where(LearnedMatch.organization_id == organization_id)
            .group_by(LearnedMatch.import_identifier)
        )
        with self._database.read() as session:
            return [
                {"import_identifier": identifier, "matches": count, "last_used": iso(last)}
                for identifier, count, last in sorted(session.execute(query))
            ]

    def export(self, organization_id: uuid.UUID, identifier: str) -> dict[str, Any]:
        """Everything learned for an importIdentifier. Raises NotFoundError when there is nothing."""
        if "\0" in identifier:
            raise NotFoundError
        with self._database.read() as session:
            found = self.for_engine(session, organization_id, identifier)
        if not found["headers"] and not found["values"]:
            raise NotFoundError
        return {"import_identifier": identifier, **found}

    def for_engine(self, session: Session, organization_id: uuid.UUID, identifier: str | None) -> dict[str, Any]:
        """What is known, newest first, in the form that the engine's MatchMemory reads.

        `{headers: [{header, field, count, last_used}], values: [{field, value, option, count, last_used}]}`
        """
        query = (
            select(LearnedMatch)
            .where(LearnedMatch.organization_id == organization_id, LearnedMatch.import_identifier == identifier)
            .order_by(LearnedMatch.last_used_at.desc(), LearnedMatch.count.desc(), LearnedMatch.id)
            .limit(MAX_MATCHES)
        )
        headers: list[dict[str, Any]] = []
        values: list[dict[str, Any]] = []
        for row in session.scalars(query):
            use = {"count": row.count, "last_used": iso(row.last_used_at)}
            if row.kind == "header":
                headers.append({"header": row.text, "field": row.target, **use})
            else:
                values.append({"field": row.field, "value": row.text, "option": row.target, **use})
        return {"headers": headers, "values": values}

    def replace(self, organization_id: uuid.UUID, identifier: str, body: dict[str, Any]) -> dict[str, Any]:
        """Put what `export` gave in place of what is there, with the dates of use that it gave. Raises InvalidError."""
        matches = _parse(body)
        if len(identifier) > MAX_IDENTIFIER or "\0" in identifier:
            raise InvalidError({"import_identifier": [f"Expected at most {MAX_IDENTIFIER} characters."]})
        with self._database.write() as session:
            self._delete(session, organization_id, identifier)
            # The newest comes first in an export, so those without a date keep that order.
            self._add(session.connection(), organization_id, identifier, reversed(matches))
        with self._database.read() as session:
            return {"import_identifier": identifier, **self.for_engine(session, organization_id, identifier)}

    def learn(
        self,
        connection: Connection,
        organization_id: uuid.UUID,
        identifier: str,
        learned: dict[str, Any],
        import_id: uuid.UUID | None = None,
    ) -> None:
        """Take in what a completed import teaches, in the form of `for_engine`."""
        headers = (
            Match("header", "", entry["header"], entry["field"], 1, taught_by=import_id)
            for entry in reversed(learned.get("headers", []))
        )
        values = (
            Match("value", entry["field"], entry["value"], entry["option"], 1, taught_by=import_id)
            for entry in reversed(learned.get("values", []))
        )
        self._add(connection, organization_id, identifier, (*headers, *values))

    @staticmethod
    def _delete(session: Session, organization_id: uuid.UUID, identifier: str) -> None:
        session.execute(
            delete(LearnedMatch).where(
                LearnedMatch.organization_id == organization_id, LearnedMatch.import_identifier == identifier
            )
        )

    @staticmethod
    def _add(connection: Connection, organization_id: uuid.UUID, identifier: str, matches: Iterable[Match]) -> None:
        """Take in matches, the oldest first; all at once, since every statement costs as much as a dozen rows."""
        if len(identifier) > MAX_IDENTIFIER:
            return
        now = utc_now()
        # PostgreSQL keeps no text that has a NUL.
        kept = [
            match
            for match in matches
            if len(match.text) <= MAX_TEXT and "\0" not in f"{match.text}{match.field}{match.target}"
        ]
        rows = [
            {
                "id": new_id,
                "organization_id": organization_id,
                "import_identifier": identifier,
                "kind": match.kind,
                "field": match.field,
                "digest": hashlib.sha256("\0".join((match.kind, match.field, match.text)).encode()).hexdigest(),
                "text": match.text,
                "target": match.target,
                "count": match.count,
                "last_used_at": match.last_used_at or now + timedelta(microseconds=position),
                "taught_by": match.taught_by,
            }
            for position, (match, new_id) in enumerate(zip(kept, _new_ids(len(kept)), strict=True))
        ]
        if not rows:
            return
        _taking_in(connection.dialect.name).run_all(connection, rows)


def _new_ids(count: int) -> list[uuid.UUID]:
    """As `uuid.uuid4` makes them, by one question to the kernel: with each, other threads may take the interpreter."""
    random = os.urandom(16 * count)
    return [uuid.UUID(bytes=random[start : start + 16], version=4) for start in range(0, len(random), 16)]


@cache
def _taking_in(dialect: str) -> Statement:
    statement = insert_of(dialect, LearnedMatch)
    said, before = statement.excluded, LearnedMatch.__table__.c
    return Statement(
        statement.on_conflict_do_update(
            index_elements=["organization_id", "import_identifier", "digest"],
            set_={
                "target": said.target,
                # Counts tell how many imports in a row said the same.
                "count": case(
                    (before.target.is_not_distinct_from(said.target), before["count"] + said["count"]),
                    else_=said["count"],
                ),
                "last_used_at": said.last_used_at,
                "taught_by": case((before.taught_by == said.taught_by, before.taught_by), else_=None),
            },
        )
    )


def _parse(body: dict[str, Any]) -> list[Match]:
    problems: dict[str, list[str]] = {}
    matches: list[Match] = []
    for part, text_key, target_key in (("headers", "header", "field"), ("values", "value", "option")):
        entries = body.get(part, [])
        if not isinstance(entries, list):
            problems[part] = ["Expected a list."]
            continue
        for position, entry in enumerate(entries[: MAX_MATCHES + 1]):
            path = f"{part}[{position}]"
            if not isinstance(entry, dict):
                problems[path] = ["Expected an object."]
                continue
            field = entry.get("field") if part == "values" else ""
            text, target, count = entry.get(text_key), entry.get(target_key), entry.get("count", 1)
            used = _moment(entry.get("last_used"))
            checks = (
                (text_key, isinstance(text, str) and 0 < len(text) <= MAX_TEXT and "\0" not in text, "a text"),
                (target_key, _is_target(target, part), "a string" if part == "values" else "a string or null"),
                ("field", isinstance(field, str) and "\0" not in field, "the key of a field"),
                ("count", type(count) is int and 0 < count < 2**31, "a whole number above 0"),
                ("last_used", used is not False, "a date and time such as 2030-01-31T12:00:00Z, or null"),
            )
            wrong = {f"{path}.{key}": [f"Expected {expected}."] for key, right, expected in checks if not right}
            problems |= wrong
            if not wrong:
                kind = "header" if part == "headers" else "value"
                matches.append(Match(kind, field, text, target, count, used or None))  # type: ignore[arg-type]  # `checks` has proved the types
    if len(matches) > MAX_MATCHES:
        problems["detail"] = [f"At most {MAX_MATCHES} matches are accepted."]
    if problems:
        raise InvalidError(problems)
    return matches


def _moment(value: Any) -> datetime | Literal[False] | None:
    """A date of use, never one in the future, which would make a match the newest for ever; False for what is none."""
    if value is None:
        return None
    try:
        found = datetime.fromisoformat(value)
        return min((found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC), utc_now())
    except (TypeError, ValueError, OverflowError):
        return False


def _is_target(target: Any, part: str) -> bool:
    """A header may be ignored by null; a value that stands for no option is not worth remembering."""
    return (target is None and part == "headers") or (isinstance(target, str) and "\0" not in target)
