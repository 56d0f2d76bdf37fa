"""A service made of a list of answers, for what no real service can be made to do on demand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from headgate.client import Client

Answer = httpx.Response | Exception | Callable[[httpx.Request], httpx.Response]


def import_json(status: str = "SUCCESSFUL", **more: Any) -> dict[str, Any]:
    return {
        "id": "11111111-1111-4111-8111-111111111111",
        "schema_id": None,
        "status": status,
        "original_filename": "contacts.csv",
        "created_date": "2026-01-02T03:04:05Z",
        "modified_date": "2026-01-02T03:04:06Z",
        "upload": None,
        "review_url": None,
        "result_metadata": None,
        "import_errors": None,
        **more,
    }


class Script:
    """Gives the answers in order and keeps the requests (with their bodies) and the pauses between them."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.requests: list[httpx.Request] = []
        self.bodies: list[bytes] = []
        self.pauses: list[float] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        self.bodies.append(request.read())
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer(request) if callable(answer) else answer

    def client(self, **options: Any) -> Client:
        return Client(
            "hg_key",
            options.pop("base_url", "http://service.test"),
            transport=httpx.MockTransport(self),
            sleep=self.pauses.append,
            **options,
        )


@pytest.fixture
def script() -> type[Script]:
    return Script
