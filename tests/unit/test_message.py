"""Texts that remember what they were made of."""

from __future__ import annotations

import json
import pickle

import orjson
import pytest

from headgate.message import Message

MESSAGE = Message('There is no field "{key}".', key="a")


def test_a_message_is_its_english_text() -> None:
    assert MESSAGE == 'There is no field "a".'
    assert orjson.dumps({"detail": MESSAGE}) == json.dumps({"detail": MESSAGE}, separators=(",", ":")).encode()


def test_an_exception_gives_it_back_whole() -> None:
    told = str(ValueError(MESSAGE))
    assert isinstance(told, Message)
    assert told.parameters == {"key": "a"}


def test_it_stays_whole_between_processes() -> None:
    again = pickle.loads(pickle.dumps(MESSAGE))  # noqa: S301 - made in the line itself
    assert isinstance(again, Message)
    assert (again, again.template, again.parameters) == (MESSAGE, MESSAGE.template, MESSAGE.parameters)


def test_a_placeholder_needs_its_parameter() -> None:
    with pytest.raises(KeyError):
        Message("{missing}")
