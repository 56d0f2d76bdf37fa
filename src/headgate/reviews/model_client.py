"""Asks a language model that the operator runs or pays for, by the protocol that OpenAI's chat completions made common.

The address is the operator's own setting, so it may be in a private network; redirects are not followed, so that nobody else
chooses where the key and the schema go. What comes back is other people's text: bounded in size and time, never trusted.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import orjson
from pydantic import BaseModel, SecretStr, ValidationError

from headgate.errors import RequestError
from headgate.records import dataclass

if TYPE_CHECKING:
    import httpx

MAX_ANSWER_BYTES = 256 * 1024
SECONDS = 30.0


class SuggestionError(RequestError):
    """Nothing usable came of it. The message says why and what to do; it holds neither the key nor the answer."""


class _Message(BaseModel):
    content: str


class _Choice(BaseModel):
    message: _Message


class _Completion(BaseModel):
    """What counts of a chat completion; endpoints add fields of their own."""

    choices: list[_Choice]


@dataclass(frozen=True)
class Wording:
    """How failures are told: what the service does ("writes expressions"), what to do instead ("write the expression
    yourself"), and what to say where nothing usable came back."""

    does: str
    instead: str
    unusable: str


@dataclass(frozen=True)
class ModelClient:
    """One endpoint and one model. Safe to share between threads."""

    endpoint: str
    model: str
    key: SecretStr | None
    wording: Wording
    seconds: float = SECONDS

    def complete(self, task: str, content: dict[str, Any]) -> str:
        """What the model answers to `task` and `content`, without the fence that most models put round JSON. Raises
        SuggestionError."""
        body = orjson.dumps(
            {
                "model": self.model,
                "temperature": 0,
                "messages": [
                    {"role": "system", "content": task},
                    {"role": "user", "content": orjson.dumps(content).decode()},
                ],
            }
        )
        document = self._post(f"{self.endpoint.rstrip('/')}/chat/completions", body)
        try:
            return _without_fence(_Completion.model_validate_json(document).choices[0].message.content)
        except (ValidationError, IndexError):
            raise self.unusable() from None

    def unusable(self) -> SuggestionError:
        """The error that says that the answer was of no use."""
        return SuggestionError(self.wording.unusable)

    def _post(self, url: str, body: bytes) -> bytes:
        import httpx  # loaded when somebody asks: most services have no model

        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self.key is not None:
            headers["Authorization"] = f"Bearer {self.key.get_secret_value()}"
        deadline = time.monotonic() + self.seconds
        try:
            with (
                httpx.Client(timeout=self.seconds, follow_redirects=False) as client,
                client.stream("POST", url, content=body, headers=headers) as response,
            ):
                self._refuse_status(response.status_code)
                return self._bounded(response, deadline)
        except httpx.TimeoutException:
            raise self._too_slow() from None
        except (httpx.HTTPError, httpx.InvalidURL):
            raise SuggestionError(
                f"The service that {self.wording.does} cannot be reached. Try again later, or {self.wording.instead}."
            ) from None

    def _bounded(self, response: httpx.Response, deadline: float) -> bytes:
        """The answer, as long as it is neither too large nor too slow: a time limit of its own, for one on every read
        alone lets an answer trickle for ever."""
        found = bytearray()
        for part in response.iter_bytes():
            found += part
            if len(found) > MAX_ANSWER_BYTES:
                raise self.unusable()
            if time.monotonic() > deadline:
                raise self._too_slow()
        return bytes(found)

    def _refuse_status(self, status: int) -> None:
        does, instead = self.wording.does, self.wording.instead
        if status in {401, 403}:
            raise SuggestionError(
                f"The service that {does} refused this server's key. Tell whoever runs headgate; meanwhile {instead}."
            )
        if status == 429:
            raise SuggestionError(f"The service that {does} has too much to do. Wait a minute and try again.")
        if status != 200:
            raise SuggestionError(
                f"The service that {does} answered with status {status}. Try again later, or {instead}."
            )

    def _too_slow(self) -> SuggestionError:
        return SuggestionError(
            f"The service that {self.wording.does} took too long. Try again, with a simpler request, or {self.wording.instead}."
        )


def _without_fence(content: str) -> str:
    """Most models put JSON into a fence of Markdown, whatever they are told."""
    lines = content.strip().splitlines()
    fenced = len(lines) > 2 and lines[0].strip() in {"```", "```json"} and lines[-1].strip() == "```"
    return "\n".join(lines[1:-1]) if fenced else content
