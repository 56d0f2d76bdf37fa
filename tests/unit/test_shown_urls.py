"""Passwords of URLs are not shown."""

from __future__ import annotations

import pytest

from headgate.shown_urls import without_passwords


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql+psycopg://h:pass-word@db/x", "postgresql+psycopg://h:(hidden)@db/x"),
        ("postgresql+psycopg://db/x?user=h&password=pass-word", "postgresql+psycopg://db/x?user=h&password=(hidden)"),
        (
            "postgresql+psycopg://h:p%40ss@/x?host=/run/pg&sslpassword=a#b",
            "postgresql+psycopg://h:(hidden)@/x?host=/run/pg&sslpassword=(hidden)#b",
        ),
        ("https://user:pass-word@models.example.com/v1", "https://user:(hidden)@models.example.com/v1"),
        ("https://models.example.com/v1?password=", "https://models.example.com/v1?password=(hidden)"),
        ("https://user:pass-word@[models/v1", "(hidden)"),
        ("https://imports.example.com:8443", "https://imports.example.com:8443"),
        ("no url?password=x", "no url?password=x"),
    ],
)
def test_a_url_is_shown_without_its_passwords_wherever_they_stand(url: str, shown: str) -> None:
    assert without_passwords(url) == shown
