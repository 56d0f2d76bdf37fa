"""Signed URLs and tokens."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headgate.errors import ForbiddenError
from headgate.storage import UrlSigner, load_secret

NOW = datetime(2026, 1, 1, tzinfo=UTC)
UNTIL = int(NOW.timestamp()) + 60
SIGNER = UrlSigner(b"k" * 32)


def test_what_was_signed_is_permitted_until_it_expires() -> None:
    signature = SIGNER.sign("download", "a", UNTIL)
    SIGNER.check("download", "a", str(UNTIL), signature, NOW)
    with pytest.raises(ForbiddenError, match="expired"):
        SIGNER.check("download", "a", str(UNTIL), signature, NOW + timedelta(seconds=60))


@pytest.mark.parametrize(
    ("purpose", "subject", "expires"),
    [("upload", "a", str(UNTIL)), ("download", "b", str(UNTIL)), ("download", "a", str(UNTIL + 1)),
     ("download", "a", f"+{UNTIL}"), ("download", "a", "x"), ("download", "a", "²"), ("download", "a", "9" * 5000)],
)  # fmt: skip
def test_a_signature_is_for_one_use_only(purpose: str, subject: str, expires: str) -> None:
    with pytest.raises(ForbiddenError):
        SIGNER.check(purpose, subject, expires, SIGNER.sign("download", "a", UNTIL), NOW)


def test_another_secret_gives_another_signature() -> None:
    with pytest.raises(ForbiddenError):
        UrlSigner(b"x" * 32).check("download", "a", str(UNTIL), SIGNER.sign("download", "a", UNTIL), NOW)


def test_a_token_names_its_subject() -> None:
    token = SIGNER.token("review", b"subject", UNTIL)
    assert SIGNER.open_token("review", token, NOW) == (b"subject", NOW + timedelta(seconds=60))
    with pytest.raises(ForbiddenError, match="expired"):
        SIGNER.open_token("review", token, NOW + timedelta(seconds=60))
    with pytest.raises(ForbiddenError):
        SIGNER.open_token("other", token, NOW)


@given(position=st.integers(0, 40), replacement=st.characters())
def test_a_token_with_any_other_character_opens_nothing(position: int, replacement: str) -> None:
    token = SIGNER.token("review", b"subject", UNTIL)
    changed = token[:position] + replacement + token[position + 1 :]
    if changed != token:
        with pytest.raises(ForbiddenError):
            SIGNER.open_token("review", changed, NOW)


@given(st.text())
def test_any_text_is_answered(text: str) -> None:
    with pytest.raises(ForbiddenError):
        SIGNER.open_token("review", text, NOW)


def test_the_secret_is_made_once_and_is_private(tmp_path: Path) -> None:
    secret = load_secret(tmp_path)
    assert load_secret(tmp_path) == secret
    assert len(secret) == 32
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]
