"""Secrets in the database: unreadable without the key that stands beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from headgate.storage import Sealer, UnsealableError


def test_a_sealed_text_is_opened_by_the_same_key_also_after_a_restart(tmp_path: Path) -> None:
    sealed = Sealer(tmp_path).seal("whsec_ü")
    assert "whsec" not in sealed
    assert Sealer(tmp_path).open(sealed) == "whsec_ü"


def test_the_same_text_is_never_sealed_alike(tmp_path: Path) -> None:
    sealer = Sealer(tmp_path)
    assert sealer.seal("a") != sealer.seal("a")


def test_another_key_or_a_changed_text_opens_nothing(tmp_path: Path) -> None:
    sealed = Sealer(tmp_path).seal("secret")
    (tmp_path / "other").mkdir()
    for sealer, text in ((Sealer(tmp_path / "other"), sealed), (Sealer(tmp_path), sealed[:-8]), (Sealer(tmp_path), "")):
        with pytest.raises(UnsealableError):
            sealer.open(text)


def test_the_key_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    Sealer(tmp_path)
    assert (tmp_path / "encryption-key").stat().st_mode & 0o777 == 0o600
