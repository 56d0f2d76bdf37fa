"""Expressions from words: what leaves, and that no answer of the endpoint does harm."""

from __future__ import annotations

import json
import logging
import threading
import time
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from headgate.config import Config
from headgate.reviews.api_models import FieldInfo, SelectOption
from headgate.reviews.model_client import MAX_ANSWER_BYTES, SuggestionError
from headgate.reviews.suggest import TransformWriter
from tests.unit.reviews.model_endpoint import Endpoint, Reply, content, raw

FIELDS = [
    FieldInfo(key="name", label="Full name", type="string", description="secret description"),
    FieldInfo(key="plan", label="Plan", type="select", select_options=[SelectOption(label="Free", value="free")]),
    FieldInfo(key="inner", label="Inner", type="string", hidden=True),
    FieldInfo(key="fixed", label="Fixed", type="string", read_only=True),
]
KEY = "sk-very-secret"


def completion(expression: Any, explanation: Any = None, **more: Any) -> Reply:
    return content(json.dumps({"expression": expression, "explanation": explanation, **more}))


@pytest.fixture(autouse=True)
def expression(endpoint: Endpoint) -> None:
    endpoint.reply = completion("({ name: text.name.trim() })", "Trims names.")


def writer(endpoint: Endpoint, *, seconds: float = 5, **settings: Any) -> TransformWriter:
    values = {"transform_endpoint": endpoint.url, "transform_model": "small", "transform_key": KEY} | settings
    return TransformWriter(Config.model_validate(values), seconds=seconds)


def failure(endpoint: Endpoint, reply: Reply, **settings: Any) -> str:
    endpoint.reply = reply
    with pytest.raises(SuggestionError) as error:
        writer(endpoint, **settings).suggest("trim the names", FIELDS)
    return error.value.message


def test_an_expression_and_its_explanation_come_back(endpoint: Endpoint) -> None:
    suggestion = writer(endpoint).suggest("trim the names", FIELDS)
    assert suggestion.expression == "({ name: text.name.trim() })"
    assert suggestion.explanation == "Trims names."


def test_only_the_request_and_the_schema_leave(endpoint: Endpoint) -> None:
    writer(endpoint).suggest("trim the names", FIELDS)
    ((path, headers, body),) = endpoint.requests
    assert path == "/v1/chat/completions"
    assert headers["Authorization"] == f"Bearer {KEY}"
    assert body["model"] == "small"
    assert json.loads(body["messages"][1]["content"]) == {
        "request": "trim the names",
        "fields": [
            {"key": "name", "label": "Full name", "type": "string"},
            {"key": "plan", "label": "Plan", "type": "select", "options": [{"label": "Free", "value": "free"}]},
        ],
    }


def test_without_a_key_none_is_sent(endpoint: Endpoint) -> None:
    writer(endpoint, transform_key=None).suggest("x", FIELDS)
    assert "Authorization" not in endpoint.requests[0][1]


def test_it_is_off_until_endpoint_and_model_are_named() -> None:
    for settings in ({}, {"transform_endpoint": "http://localhost/v1"}, {"transform_model": "small"}):
        off = TransformWriter(Config.model_validate(settings))
        assert not off.available
        with pytest.raises(SuggestionError, match="not set up"):
            off.suggest("x", FIELDS)


def test_json_in_a_fence_is_understood(endpoint: Endpoint) -> None:
    endpoint.reply = content('```json\n{"expression": "({ name: 1 })"}\n```')
    assert writer(endpoint).suggest("x", FIELDS).expression == "({ name: 1 })"


def test_statements_with_return_are_an_expression_too(endpoint: Endpoint) -> None:
    endpoint.reply = completion("const n = text.name;\nreturn n ? { name: n.trim() } : undefined;")
    assert writer(endpoint).suggest("x", FIELDS).expression.startswith("const n")


@pytest.mark.parametrize(
    "reply",
    [
        raw(b""), raw(b"not json"), raw(b"[]"), raw(b'{"choices": []}'), raw(b'{"choices": [{"message": {}}]}'),
        raw(b'{"choices": [{"message": {"content": null}}]}'), raw(b"\xff\xfe{"), content("Here you are: ({name: 1})"),
        content('{"expression": "({ name: 1 })"} and more'), content("```json\n```"), completion(1), completion(None),
        completion(""), completion("   "), completion("({ name: "), completion("return"[:-1] + "("),
        completion("const x = 1;"), completion("1) + (2"), completion("({ name: 1 }), 'x'.repeat("),
        completion("({ name: 1 })", more="fields"), completion("x" * 30_000), completion("({ name: '\ud800' })"),
        content("[" * 100_000),
    ],
)  # fmt: skip
def test_an_answer_that_is_no_expression_is_refused_in_words(endpoint: Endpoint, reply: Reply) -> None:
    assert failure(endpoint, reply).startswith("No usable expression came back.")


@pytest.mark.parametrize(
    ("status", "text"), [(401, "key"), (403, "key"), (429, "Wait"), (500, "500"), (302, "302"), (204, "204")]
)
def test_a_refusal_is_told_in_plain_words(endpoint: Endpoint, status: int, text: str) -> None:
    body = b"" if status == 204 else f"leaked {KEY}".encode()
    message = failure(endpoint, raw(body, status))
    assert text in message
    assert KEY not in message


def test_an_endless_answer_is_cut_off(endpoint: Endpoint) -> None:
    sent = 0

    def flood(handler: BaseHTTPRequestHandler) -> None:
        nonlocal sent
        handler.send_response(200)
        handler.end_headers()
        while True:
            sent += handler.wfile.write(b"x" * 65536)

    assert failure(endpoint, flood).startswith("No usable expression")
    assert sent < 100 * MAX_ANSWER_BYTES


def test_an_answer_that_does_not_come_is_given_up(endpoint: Endpoint) -> None:
    done = threading.Event()

    def silence(handler: BaseHTTPRequestHandler) -> None:
        done.wait(10)

    started = time.monotonic()
    message = failure(endpoint, silence, seconds=0.2)
    done.set()
    assert "took too long" in message
    assert time.monotonic() - started < 8


def test_an_answer_that_trickles_is_given_up(endpoint: Endpoint) -> None:
    done = threading.Event()

    def trickle(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while not done.wait(0.02):
            handler.wfile.write(b" ")

    message = failure(endpoint, trickle, seconds=0.3)
    done.set()
    assert "took too long" in message


def test_nobody_at_the_address_is_told_in_plain_words(endpoint: Endpoint) -> None:
    closed = Endpoint()
    closed.close()
    with pytest.raises(SuggestionError, match="cannot be reached"):
        writer(closed).suggest("x", FIELDS)


def test_the_key_stands_in_no_log_and_no_form_of_the_settings(
    endpoint: Endpoint, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    writer(endpoint).suggest("x", FIELDS)
    failure(endpoint, raw(b"no", 500))
    assert KEY not in caplog.text
    config = Config.model_validate({"transform_key": KEY})
    assert KEY not in f"{config!r} {config} {config.model_dump()} {config.model_dump_json()}"
