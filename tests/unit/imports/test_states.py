"""The state machine: only the transitions of api.md, and only from where an import really stands."""

from __future__ import annotations

import uuid

import pytest

from headgate.accounts.service import AccountService
from headgate.db import Database, utc_now
from headgate.imports.models import FrozenSchema, Import
from headgate.imports.states import TRANSITIONS, Status, transition

ALLOWED = {
    ("AWAITING_UPLOAD", "PENDING"),
    ("AWAITING_UPLOAD", "FAILED"),
    ("PENDING", "RUNNING"),
    ("RUNNING", "SUCCESSFUL"),
    ("RUNNING", "NEEDS_REVIEW"),
    ("RUNNING", "FAILED"),
    ("NEEDS_REVIEW", "SUCCESSFUL"),
    ("NEEDS_REVIEW", "FAILED"),
}


def add_import(database: Database, status: Status) -> uuid.UUID:
    organization = AccountService(database).default_organization()
    now = utc_now()
    frozen = FrozenSchema(id=uuid.uuid4(), organization_id=organization, digest=uuid.uuid4().hex, document={})
    row = Import(
        id=uuid.uuid4(), organization_id=organization, schema_id=None, frozen_schema_id=frozen.id, status=status,
        kind="file", max_upload_size=1, created_at=now, modified_at=now,
    )  # fmt: skip
    with database.write() as session:
        session.add(frozen)
        session.flush()
        session.add(row)
    return row.id


def status_of(database: Database, import_id: uuid.UUID) -> str:
    with database.read() as session:
        row = session.get(Import, import_id)
        assert row is not None
        return row.status


def test_the_transitions_are_those_of_the_contract() -> None:
    assert {(source.value, target.value) for source, targets in TRANSITIONS.items() for target in targets} == ALLOWED


@pytest.mark.parametrize("source", list(Status))
@pytest.mark.parametrize("target", list(Status))
def test_an_import_moves_along_an_allowed_transition_only(database: Database, source: Status, target: Status) -> None:
    import_id = add_import(database, source)
    with database.write() as session:
        if (source, target) in ALLOWED:
            assert transition(session, import_id, source, target)
        else:
            with pytest.raises(ValueError, match="never goes"):
                transition(session, import_id, source, target)
    assert status_of(database, import_id) == (target if (source, target) in ALLOWED else source)


def test_an_import_that_stands_elsewhere_does_not_move(database: Database) -> None:
    import_id = add_import(database, Status.FAILED)
    with database.write() as session:
        assert not transition(session, import_id, Status.RUNNING, Status.SUCCESSFUL)
        assert not transition(session, uuid.uuid4(), Status.RUNNING, Status.SUCCESSFUL)
    assert status_of(database, import_id) == "FAILED"
