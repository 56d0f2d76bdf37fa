"""How passwords are kept."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Literal
from unittest.mock import patch

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.profiles import CHEAPEST, RFC_9106_LOW_MEMORY

from headgate.accounts import passwords as module
from headgate.accounts.passwords import Passwords
from headgate.errors import RateLimitedError
from tests.unit.accounts.conftest import PASSWORD, Office


@pytest.fixture(scope="module")
def cheap() -> Passwords:
    return Passwords(CHEAPEST)


def test_hashes_are_argon2id_with_the_parameters_of_rfc_9106_and_salted() -> None:
    real = Passwords()
    first, second = real.hash(PASSWORD), real.hash(PASSWORD)
    assert first != second
    assert extract_parameters(first) == RFC_9106_LOW_MEMORY
    assert first.startswith("$argon2id$")


def test_a_password_is_known_again_and_no_other_is(cheap: Passwords) -> None:
    kept = cheap.hash("Pässwörter sind lang")
    assert cheap.verify(kept, "Pässwörter sind lang")
    assert cheap.verify(kept, "Pa\u0308sswo\u0308rter sind lang")  # the same characters, composed otherwise
    assert not cheap.verify(kept, "Passworter sind lang")
    assert not cheap.verify(kept, "")


def test_nobody_has_a_password_and_a_broken_hash_fits_none(cheap: Passwords) -> None:
    assert not cheap.verify(None, PASSWORD)
    assert not cheap.verify("", PASSWORD)
    assert not cheap.verify("not a hash", PASSWORD)


def test_an_unknown_account_costs_the_same_hashing_as_a_wrong_password(office: Office) -> None:
    office.admin()
    seen = []

    class Watched(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002 - the name there
            seen.append(extract_parameters(str(hash)))
            return super().verify(hash, password)

    office.passwords._hasher = Watched.from_parameters(CHEAPEST)
    for email in ("ada@example.com", "nobody@example.com"):
        office.browser().post("/sign_in/", json={"email": email, "password": "wrong wrong wrong"})
    assert seen == [CHEAPEST, CHEAPEST]


def test_a_hash_of_other_parameters_is_renewed_at_the_next_sign_in(office: Office) -> None:
    office.admin()
    stronger = Passwords(replace(CHEAPEST, time_cost=2))
    office.accounts.sign_in._passwords = stronger
    office.sign_in("ada@example.com")
    kept = office.accounts.sign_in.confirm("ada@example.com", PASSWORD, None).password_hash
    assert extract_parameters(kept).time_cost == 2


def test_no_more_than_a_few_hashes_are_made_at_once(cheap: Passwords) -> None:
    inside, release = threading.Semaphore(0), threading.Event()

    def hold() -> None:
        with cheap._turn():
            inside.release()
            release.wait(30)

    threads = [threading.Thread(target=hold) for _ in range(module.AT_ONCE)]
    for thread in threads:
        thread.start()
    for _ in threads:
        assert inside.acquire(timeout=30)
    with patch.object(module, "PATIENCE", 0.01), pytest.raises(RateLimitedError, match="Too many people"):
        cheap.hash(PASSWORD)
    release.set()
    for thread in threads:
        thread.join()
    assert cheap.verify(cheap.hash(PASSWORD), PASSWORD)
