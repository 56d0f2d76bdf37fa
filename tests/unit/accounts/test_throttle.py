"""Guessing passwords."""

from __future__ import annotations

import threading
import time

import pytest

from headgate.accounts.throttle import WIDER, SignInThrottle
from headgate.db import Database
from headgate.errors import RateLimitedError
from headgate.web.limits import RateLimitCount
from tests.unit.accounts.conftest import PASSWORD, MakeOffice, Office

WRONG = {"email": "ada@example.com", "password": "wrong wrong wrong"}
RIGHT = {"email": "ada@example.com", "password": PASSWORD}


def test_after_too_many_wrong_passwords_the_right_one_does_not_help_until_the_window_ends(
    make_office: MakeOffice,
) -> None:
    office = make_office(sign_in_attempts=3)
    office.admin()
    codes = [office.browser().post("/sign_in/", json=WRONG).status_code for _ in range(4)]
    assert codes == [401, 401, 401, 429]
    answer = office.browser().post("/sign_in/", json=RIGHT)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["retry-after"]) <= 900


def test_wrong_passwords_are_counted_over_a_restart(make_office: MakeOffice) -> None:
    first = make_office(sign_in_attempts=3)
    first.admin()
    for _ in range(3):
        first.browser().post("/sign_in/", json=WRONG)
    second = make_office(sign_in_attempts=3)
    assert second.browser().post("/sign_in/", json=RIGHT).status_code == 429


def test_another_address_may_still_sign_in(make_office: MakeOffice) -> None:
    office = make_office(sign_in_attempts=3)
    office.admin()
    for _ in range(4):
        office.browser("192.0.2.66").post("/sign_in/", json=WRONG)
    office.sign_in("ada@example.com", address="192.0.2.1")


def test_an_account_that_does_not_exist_is_throttled_like_one_that_does(make_office: MakeOffice) -> None:
    office = make_office(sign_in_attempts=2)
    office.admin()
    nobody = WRONG | {"email": "nobody@example.com"}
    answers = [[office.browser().post("/sign_in/", json=body) for _ in range(3)] for body in (WRONG, nobody)]
    assert [[one.status_code for one in some] for some in answers] == [[401, 401, 429]] * 2
    assert answers[0][2].json() == answers[1][2].json()


def test_the_right_password_is_not_counted(make_office: MakeOffice) -> None:
    office = make_office(sign_in_attempts=2)
    office.admin()
    for _ in range(WIDER * 2 + 2):
        office.sign_in("ada@example.com")


def test_guessing_the_password_of_a_stolen_session_is_throttled_too(make_office: MakeOffice) -> None:
    office = make_office(sign_in_attempts=2)
    admin = office.admin()
    body = {"current_password": "wrong", "new_password": "another long password"}
    assert [admin.post("/password/", json=body).status_code for _ in range(3)] == [400, 400, 429]


def test_a_reset_password_can_be_used_at_once(make_office: MakeOffice) -> None:
    office = make_office(sign_in_attempts=1)
    office.admin()
    for number in range(WIDER + 1):
        office.browser(f"192.0.2.{number + 10}").post("/sign_in/", json=WRONG)
    assert office.browser("192.0.2.99").post("/sign_in/", json=RIGHT).status_code == 429
    link = office.accounts.resets.create_for("ada@example.com")
    body = {"token": link.token, "new_password": "another long password"}
    assert office.browser("192.0.2.99").post("/password_reset/", json=body).status_code == 204
    office.sign_in("ada@example.com", "another long password", "192.0.2.98")


@pytest.fixture
def throttle(database: Database) -> SignInThrottle:
    return SignInThrottle(database, attempts=4, window=1)


def tries(throttle: SignInThrottle, email: str, address: str) -> int:
    """How many tries are let through."""
    for number in range(1000):
        try:
            throttle.take(email, address)
        except RateLimitedError:
            return number
    raise AssertionError("nothing stops it")


def test_one_account_is_protected_from_many_addresses(database: Database) -> None:
    throttle = SignInThrottle(database, attempts=2, window=900)
    for number in range(2 * WIDER):
        throttle.take("ada@example.com", f"192.0.2.{number}")
    assert tries(throttle, "ada@example.com", "198.51.100.1") == 0


def test_one_address_cannot_try_many_accounts(database: Database) -> None:
    throttle = SignInThrottle(database, attempts=2, window=900)
    for number in range(2 * WIDER):
        throttle.take(f"{number}@example.com", "192.0.2.1")
    assert tries(throttle, "new@example.com", "192.0.2.1") == 0


def test_all_addresses_of_one_ipv6_network_count_as_one(database: Database) -> None:
    throttle = SignInThrottle(database, attempts=2, window=900)
    throttle.take("ada@example.com", "2001:db8::1")
    throttle.take("ada@example.com", "2001:db8::2")
    assert tries(throttle, "ada@example.com", "2001:db8::ffff") == 0
    assert tries(throttle, "ada@example.com", "2001:db8:1::1") == 2


def test_many_tries_at_once_get_no_further_than_one_after_the_other(database: Database) -> None:
    throttle = SignInThrottle(database, attempts=4, window=900)
    passed: list[int] = []

    def attempt() -> None:
        passed.append(tries(throttle, "ada@example.com", "192.0.2.1"))

    threads = [threading.Thread(target=attempt) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(passed) == 4


def test_when_the_window_is_over_everything_is_as_before(throttle: SignInThrottle) -> None:
    assert tries(throttle, "ada@example.com", "192.0.2.1") == 4
    with pytest.raises(RateLimitedError) as refused:
        throttle.take("ada@example.com", "192.0.2.1")
    assert refused.value.headers == {"Retry-After": "1"}
    deadline = time.monotonic() + 30
    while tries(throttle, "ada@example.com", "192.0.2.1") == 0:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_no_address_of_mail_or_network_is_kept(database: Database) -> None:
    SignInThrottle(database, attempts=4, window=900).take("ada@example.com", "192.0.2.1")
    with database.read() as session:
        keys = [row.key for row in session.query(RateLimitCount)]
    assert len(keys) == 3
    assert not [key for key in keys if "ada" in key or "192" in key]


def test_an_office_names_how_long_to_wait(make_office: MakeOffice) -> None:
    office: Office = make_office(sign_in_attempts=1)
    office.browser().post("/sign_in/", json=WRONG)
    detail = office.browser().post("/sign_in/", json=WRONG).json()["detail"]
    assert detail == "Too many wrong passwords. Try again in 15 minutes."
