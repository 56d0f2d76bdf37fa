"""Which language a request is answered in."""

from __future__ import annotations

import pytest
from fastapi import Request

from headgate.web import language_of


def request(language: str | None, *, from_page: bool = True) -> Request:
    headers = [] if language is None else [(b"accept-language", language.encode("latin-1"))]
    if from_page:
        headers.append((b"x-headgate-request", b"1"))
    return Request({"type": "http", "method": "GET", "path": "/", "headers": headers})


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("de", "de"),
        ("de-AT, en;q=0.5", "de"),
        ("en;q=0.5, pt-BR;q=0.9", "pt"),
        ("zh-Hant-HK", "zh_TW"),
        ("nb", "no"),
        ("ar, fr;q=0.3", "fr"),
        ("de;q=0, it", "it"),
        ("ar", "en"),
        ("*", "en"),
        ("", "en"),
        (None, "en"),
        ("de;q=much, ;;;, ,fr", "fr"),
        ("x" * 5000, "en"),
    ],
)
def test_the_most_wanted_language_that_has_texts_is_taken(header: str | None, language: str) -> None:
    assert language_of(request(header)) == language


def test_programs_read_english_whatever_their_library_sends() -> None:
    assert language_of(request("de-DE", from_page=False)) == "en"
