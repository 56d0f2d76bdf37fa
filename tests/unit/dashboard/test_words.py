"""Why an import stands where it stands, in the language of whoever looks at it."""

from __future__ import annotations

import pytest

from headgate.dashboard.words import Words

DAMAGED = {"code": "file_corrupt", "message": "The zip file is damaged. Make it anew and send it again."}


def test_a_failure_is_said_in_the_persons_language_with_its_details() -> None:
    (said,) = Words("de", {}).reasons([DAMAGED])
    assert said["code"] == "file_corrupt"
    assert said["text"].startswith("Die Datei ist beschädigt.")
    assert said["text"].endswith(f"({DAMAGED['message']})")


@pytest.mark.parametrize("language", ["en", "tlh"])
def test_in_english_and_for_a_language_that_we_do_not_speak_it_is_the_message_alone(language: str) -> None:
    assert Words(language, {}).reasons([DAMAGED]) == [{"code": "file_corrupt", "text": DAMAGED["message"]}]


def test_a_code_that_nobody_knows_any_more_keeps_its_message() -> None:
    old = {"code": "of_long_ago", "message": "Something was wrong."}
    assert Words("de", {}).reasons([old]) == [{"code": "of_long_ago", "text": "Something was wrong."}]
