"""Finding imports: pages, windows of what is looked through, and that indexes answer."""

from __future__ import annotations

import contextlib
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, text

from headgate.accounts.service import AccountService
from headgate.db import Database
from headgate.errors import InvalidError
from headgate.imports.listing import Cursor, ImportFilter, ImportListing
from headgate.imports.models import FrozenSchema, Import
from headgate.imports.states import Status

BEGAN = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def organization(database: Database) -> uuid.UUID:
    """An organization with 30 imports, three of them at each moment."""
    owner, frozen = AccountService(database).create_organization("Lists"), uuid.uuid4()
    with database.write() as session:
        session.add(FrozenSchema(id=frozen, organization_id=owner, digest="d", document={}))
        session.flush()
        session.execute(insert(Import), [_row(owner, frozen, number) for number in range(30)])
    return owner


def _row(owner: uuid.UUID, frozen: uuid.UUID, number: int) -> dict[str, Any]:
    at = BEGAN + timedelta(minutes=number // 3)
    return {
        "id": uuid.UUID(int=(number * 7919) % 1009 << 96),
        "organization_id": owner,
        "schema_id": uuid.UUID(int=number % 2),
        "frozen_schema_id": frozen,
        "status": Status.FAILED if number % 10 == 0 else Status.SUCCESSFUL,
        "kind": "file",
        "import_identifier": f"feed {number % 4}",
        "development_mode": number % 5 == 0,
        "original_filename": f"Ümsätze {number} 100%.csv",
        "max_upload_size": 1,
        "created_at": at,
        "modified_at": at,
    }


def pages(listing: ImportListing, owner: uuid.UUID, wanted: ImportFilter, limit: int) -> list[list[Import]]:
    """All pages to the end."""
    found, after = [], None
    while True:
        page = listing.page(owner, wanted, after, limit)
        found.append(page.rows)
        if page.next is None:
            return found
        after = page.next


@pytest.mark.parametrize("limit", [1, 2, 7, 30, 100])
@pytest.mark.parametrize("window", [1, 4, 10, 1000])
@pytest.mark.parametrize(
    "wanted",
    [
        ImportFilter(),
        ImportFilter(status=Status.FAILED),
        ImportFilter(development_mode=True),
        ImportFilter(status=Status.FAILED, schema_id=uuid.UUID(int=0)),
        ImportFilter(search="ÜMSÄTZE 1"),
        ImportFilter(search="100%"),
        ImportFilter(search="0_100"),
        ImportFilter(
            import_identifier="feed 2", since=BEGAN + timedelta(minutes=3), until=BEGAN + timedelta(minutes=8)
        ),
    ],
)
def test_whatever_limit_and_window_all_pages_together_are_the_list(
    database: Database, organization: uuid.UUID, limit: int, window: int, wanted: ImportFilter
) -> None:
    listing = ImportListing(database, look_through=window)
    with database.read() as session:
        everything = sorted(session.query(Import), key=lambda row: (row.created_at, row.id), reverse=True)
    expected = [row.id for row in everything if _fits(row, wanted)]
    assert [row.id for page in pages(listing, organization, wanted, limit) for row in page] == expected


def _fits(row: Import, wanted: ImportFilter) -> bool:
    return (
        wanted.status in (None, row.status)
        and wanted.schema_id in (None, row.schema_id)
        and wanted.import_identifier in (None, row.import_identifier)
        and wanted.development_mode in (None, row.development_mode)
        and (wanted.since is None or row.created_at >= wanted.since)
        and (wanted.until is None or row.created_at < wanted.until)
        and (wanted.search is None or wanted.search.lower() in (row.original_filename or "").lower())
    )


def test_a_search_says_how_far_it_has_looked(database: Database, organization: uuid.UUID) -> None:
    page = ImportListing(database, look_through=9).page(organization, ImportFilter(search="none"), None, 5)
    assert page.rows == []
    assert page.searched_to == BEGAN + timedelta(minutes=7)
    assert page.next is not None


def test_a_look_through_fetches_nothing_but_its_index(database: Database, organization: uuid.UUID) -> None:
    plan = (
        "EXPLAIN QUERY PLAN SELECT created_at, id FROM imports WHERE organization_id = :o AND (created_at, id) < (1, 2) "
        "AND coalesce(status, '') = 'FAILED' AND lower(original_filename) LIKE '%x%' ORDER BY created_at DESC, id DESC"
    )
    with database.read() as session:
        lines = [row[-1] for row in session.execute(text(plan), {"o": organization.hex})]
    assert len(lines) == 1
    assert "USING COVERING INDEX ix_imports_look_through" in lines[0]


@given(st.datetimes(timezones=st.just(UTC)), st.uuids())
def test_a_cursor_comes_back_as_it_went(moment: datetime, import_id: uuid.UUID) -> None:
    assert Cursor.of_text(Cursor(moment, import_id).text()) == Cursor(moment, import_id)


@given(st.text(max_size=40))
def test_any_text_is_a_cursor_or_refused(given_text: str) -> None:
    with contextlib.suppress(InvalidError):
        assert Cursor.of_text(given_text).text()
