"""Keys that are not looked up again for a moment."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from headgate.accounts.recent_keys import TRUSTED_SECONDS, KeyUse, RecentKeys
from headgate.accounts.scopes import Scope
from headgate.accounts.service import AccountService
from headgate.db import Database
from headgate.errors import UnauthenticatedError
from tests.statements import statements_of

NOW = datetime(2030, 1, 1, tzinfo=UTC)
USE = KeyUse(uuid.uuid4(), uuid.uuid4(), frozenset({Scope.IMPORTS_READ}))


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def recent(clock: Clock) -> RecentKeys:
    return RecentKeys(clock)


def test_a_key_is_known_for_a_moment_and_no_other_is(recent: RecentKeys, clock: Clock) -> None:
    recent.add("a", USE, None, recent.generation)
    assert recent.find("a", NOW) == USE
    assert recent.find("b", NOW) is None
    clock.seconds = TRUSTED_SECONDS
    assert recent.find("a", NOW) is None


def test_a_key_that_expires_meanwhile_is_not_known_any_more(recent: RecentKeys) -> None:
    recent.add("a", USE, NOW, recent.generation)
    assert recent.find("a", NOW - timedelta(microseconds=1)) == USE
    assert recent.find("a", NOW) is None


def test_a_key_that_was_ended_while_it_was_looked_up_is_not_remembered(recent: RecentKeys) -> None:
    before = recent.generation
    recent.forget()
    recent.add("a", USE, None, before)
    assert recent.find("a", NOW) is None


def test_a_revocation_counts_at_once(database: Database) -> None:
    accounts = AccountService(database)
    new = accounts.create_key("a")
    accounts.authenticate(new.key)
    assert accounts.recent.find(new.key, NOW.replace(year=2020)) is not None
    accounts.revoke_key(new.id)
    assert accounts.recent.find(new.key, NOW.replace(year=2020)) is None
    with pytest.raises(UnauthenticatedError, match="revoked"):
        accounts.authenticate(new.key)


def test_a_key_that_was_refused_is_not_remembered(database: Database) -> None:
    accounts = AccountService(database)
    with pytest.raises(UnauthenticatedError):
        accounts.authenticate("hg_nobody")
    assert accounts.recent.find("hg_nobody", NOW) is None


def test_a_look_at_a_key_is_one_statement(database: Database) -> None:
    accounts = AccountService(database)
    key = accounts.create_key("a").key
    accounts.authenticate(key)  # notes its use
    with statements_of(database) as asked:
        accounts.authenticate(key)
    assert len(asked) == 1
