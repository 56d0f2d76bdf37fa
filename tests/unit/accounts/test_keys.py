"""API keys."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import update

from headgate.accounts.models import ApiKey
from headgate.accounts.scopes import KEY_SCOPES, Scope, granted
from headgate.accounts.service import AccountService
from headgate.db import Database, utc_now
from headgate.errors import InvalidError, NotFoundError, UnauthenticatedError


@pytest.fixture
def accounts(database: Database) -> AccountService:
    return AccountService(database)


def test_a_key_opens_its_organization(accounts: AccountService) -> None:
    other = accounts.create_organization("Other")
    mine, theirs = accounts.create_key("a"), accounts.create_key("b", organization_id=other)
    assert accounts.authenticate(mine.key).organization_id == accounts.default_organization()
    assert accounts.authenticate(theirs.key).organization_id == other


def test_the_default_organization_is_made_once(accounts: AccountService) -> None:
    assert accounts.default_organization() == accounts.default_organization()


def test_a_key_is_kept_as_a_digest_only(accounts: AccountService) -> None:
    new = accounts.create_key("a")
    (kept,) = accounts.list_keys()
    assert new.key not in str(vars(kept))
    assert new.key.startswith(kept.shown_start)
    assert len(kept.shown_start) < 12


@pytest.mark.parametrize("key", [None, "", "hg_x", "\ud800", "x" * 10_000])
def test_what_is_no_key_is_refused(accounts: AccountService, key: str | None) -> None:
    with pytest.raises(UnauthenticatedError):
        accounts.authenticate(key)


def test_a_revoked_key_is_refused_and_stays_listed(accounts: AccountService) -> None:
    new = accounts.create_key("a")
    accounts.revoke_key(new.id)
    accounts.revoke_key(new.id)
    with pytest.raises(UnauthenticatedError, match="revoked"):
        accounts.authenticate(new.key)
    assert accounts.list_keys()[0].revoked_at is not None


def test_an_expired_key_is_refused(accounts: AccountService) -> None:
    new = accounts.create_key("a", expires_at=utc_now() - timedelta(seconds=1))
    with pytest.raises(UnauthenticatedError, match="expired"):
        accounts.authenticate(new.key)


def test_the_last_use_is_noted(accounts: AccountService) -> None:
    new = accounts.create_key("a")
    assert accounts.list_keys()[0].last_used_at is None
    accounts.authenticate(new.key)
    assert accounts.list_keys()[0].last_used_at is not None


def test_a_key_that_is_not_there_cannot_be_revoked(accounts: AccountService) -> None:
    with pytest.raises(NotFoundError):
        accounts.revoke_key(uuid.uuid4())


@pytest.mark.parametrize("name", ["", " ", "x" * 256, "a\0"])
def test_a_useless_name_is_refused(accounts: AccountService, name: str) -> None:
    with pytest.raises(InvalidError):
        accounts.create_key(name)


def test_a_key_from_before_there_were_scopes_may_do_what_it_could(accounts: AccountService, database: Database) -> None:
    new = accounts.create_key("old")
    with database.write() as session:
        session.execute(update(ApiKey).values(scopes=None))
    scopes = accounts.authenticate(new.key).scopes
    assert scopes == granted(KEY_SCOPES)
    assert Scope.ADMIN not in scopes
    assert {Scope.IMPORTS_READ, Scope.WEBHOOKS_WRITE} <= scopes


def test_a_key_has_the_scopes_that_it_was_made_with_and_those_that_they_contain(accounts: AccountService) -> None:
    new = accounts.create_key("a", scopes=[Scope.SCHEMAS_WRITE])
    assert accounts.authenticate(new.key).scopes == {Scope.SCHEMAS_WRITE, Scope.SCHEMAS_READ}


def test_a_key_that_may_do_nothing_is_refused(accounts: AccountService) -> None:
    with pytest.raises(InvalidError):
        accounts.create_key("a", scopes=[])
