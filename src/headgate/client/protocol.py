"""The HTTP operations of the API as plain data: what to send and how to read the answer. Nothing here does I/O."""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Callable, Mapping
from dataclasses import field
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Any, Generic, Literal, Required, TypedDict, TypeVar
from urllib.parse import quote

import httpx
from pydantic import BaseModel, TypeAdapter, ValidationError

from headgate.client.errors import ApiError, InvalidResponseError, error_for
from headgate.client.models import Import, ImportPage, ImportProgress, ImportSummary, Schema, Upload, UploadPage
from headgate.client.sinks import Sink
from headgate.client.sources import Source
from headgate.records import dataclass

T = TypeVar("T")

API = "/api/v1"
KEY_HEADER = "X-Dromo-License-Key"

ResultFormat = Literal["json", "ndjson", "csv", "xlsx", "parquet"]


class User(TypedDict, total=False):
    """The person on whose behalf an import runs."""

    id: Required[str]
    name: str
    email: str
    companyId: str
    companyName: str


class ImportOptions(TypedDict, total=False):
    """What an import may be given beside its data.

    `schema_id` (a saved schema) or `fields` (inline definitions): exactly one. `settings` and `hooks` go over the saved
    ones, key by key. `user` is reported back in the result's metadata and in webhooks. `idempotency_key`: the same key
    and body within 24 h give the same import; made up when left out, so that a broken connection never creates two.
    """

    schema_id: str | None
    fields: list[dict[str, Any]] | None
    settings: dict[str, Any] | None
    hooks: dict[str, Any] | None
    user: User | None
    idempotency_key: str | None


@dataclass(frozen=True)
class Call(Generic[T]):
    """One request and how to read its answer.

    `path` starts with a slash below the base URL; or it is a whole URL, which is then presigned: the key is not sent.
    `repeatable`: sending it twice has the effect of sending it once. `settled_by`: statuses which, when a *repeated*
    call gets them, mean that the first one had its effect although its answer was lost.
    """

    method: str
    path: str
    parse: Callable[[httpx.Response], T]
    json: Any = None
    params: Mapping[str, str | int] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    repeatable: bool = True
    settled_by: frozenset[int] = frozenset()
    source: Source | None = None
    sink: Sink | None = None

    @property
    def presigned(self) -> bool:
        """Whether the URL itself is the permission."""
        return "://" in self.path


def normalized_base_url(url: str) -> str:
    """`url` without a final slash and without the API's own path, which callers add or leave out."""
    return url.rstrip("/").removesuffix(API).rstrip("/")


def identifier(subject: str | uuid.UUID | ImportSummary | Schema | Upload) -> str:
    """The id of an object, or the id itself, ready for a path."""
    text = subject.id if isinstance(subject, ImportSummary | Schema | Upload) else str(subject)
    return quote(text, safe="")


def create_import(data: Mapping[str, Any], options: ImportOptions) -> Call[Import]:
    """`data` holds `original_filename` or `initial_data`."""
    body = {
        key: value for key in ("schema_id", "fields", "settings", "hooks") if (value := options.get(key)) is not None
    }
    if (user := options.get("user")) is not None:
        body["import_metadata"] = {"user": user}
    key = options.get("idempotency_key") or str(uuid.uuid4())
    return Call(
        "POST", f"{API}/headless/imports/", _as(Import), json={**body, **data}, headers={"Idempotency-Key": key}
    )


def import_data(original_filename: str | None, initial_data: Any) -> dict[str, Any]:
    """The part of a create body that says where the rows come from. Raises ValueError unless exactly one is given."""
    if (original_filename is None) == (initial_data is None):
        raise ValueError("Give exactly one of original_filename and initial_data.")
    return {"initial_data": initial_data} if original_filename is None else {"original_filename": original_filename}


def upload_url(import_or_url: Import | str) -> str:
    """The URL to upload to. Raises ValueError when the import does not wait for a file."""
    if isinstance(import_or_url, str):
        return import_or_url
    if import_or_url.upload is None:
        raise ValueError(f"Import {import_or_url.id} is {import_or_url.status} and takes no upload.")
    return import_or_url.upload


def schema_body(
    name: str, fields: list[dict[str, Any]], settings: dict[str, Any], hooks: dict[str, Any] | None
) -> dict[str, Any]:
    """The body that saves a schema."""
    body: dict[str, Any] = {"name": name, "fields": fields, "settings": settings}
    return body if hooks is None else {**body, "hooks": hooks}


def list_imports(offset: int, limit: int) -> Call[ImportPage]:
    return Call("GET", f"{API}/headless/imports/", _as(ImportPage), params={"offset": offset, "limit": limit})


def get_import(import_id: str) -> Call[Import]:
    return Call("GET", f"{API}/headless/imports/{import_id}/", _as(Import))


def delete_import(import_id: str) -> Call[None]:
    return Call("DELETE", f"{API}/headless/imports/{import_id}/", _nothing, settled_by=frozenset({404}))


def result_url(import_id: str, format: ResultFormat | None) -> Call[str]:  # noqa: A002 - the API's own word
    return Call("GET", f"{API}/headless/imports/{import_id}/url/", _presigned_url, params=_format(format))


def errors_url(import_id: str) -> Call[str]:
    return Call("GET", f"{API}/headless/imports/{import_id}/errors/", _presigned_url)


def console_url(import_id: str) -> Call[str]:
    return Call("GET", f"{API}/headless/imports/{import_id}/console/", _presigned_url)


def get_progress(import_id: str) -> Call[ImportProgress]:
    return Call("GET", f"{API}/headless/imports/{import_id}/progress/", _as(ImportProgress))


def put_file(upload_url: str, source: Source) -> Call[None]:
    headers = {} if source.length is None else {"Content-Length": str(source.length)}
    return Call(
        "PUT", upload_url, _nothing, headers=headers, source=source, repeatable=source.restartable,
        settled_by=frozenset({409}),
    )  # fmt: skip


def get_file(download_url: str, sink: Sink) -> Call[None]:
    return Call("GET", download_url, _nothing, sink=sink, repeatable=sink.restartable)


def list_schemas() -> Call[list[Schema]]:
    return Call("GET", f"{API}/schemas/", _as(list[Schema]))


def create_schema(body: Mapping[str, Any]) -> Call[Schema]:
    return Call("POST", f"{API}/schemas/", _as(Schema), json=body, repeatable=False)


def get_schema(schema_id: str) -> Call[Schema]:
    return Call("GET", f"{API}/schemas/{schema_id}/", _as(Schema))


def update_schema(schema_id: str, body: Mapping[str, Any]) -> Call[Schema]:
    return Call("PUT", f"{API}/schemas/{schema_id}/", _as(Schema), json=body)


def delete_schema(schema_id: str) -> Call[None]:
    return Call("DELETE", f"{API}/schemas/{schema_id}/", _nothing, settled_by=frozenset({404}))


def list_uploads(start: int, end: int) -> Call[UploadPage]:
    return Call("GET", f"{API}/uploads/", _as(UploadPage), params={"start": start, "end": end})


def upload_metadata(upload_id: str) -> Call[Upload]:
    return Call("GET", f"{API}/upload/{upload_id}/metadata/", _as(Upload))


def upload_result_url(upload_id: str, format: ResultFormat | None) -> Call[str]:  # noqa: A002 - the API's own word
    return Call("GET", f"{API}/upload/{upload_id}/url/", _presigned_url, params=_format(format))


def delete_upload(upload_id: str) -> Call[None]:
    return Call("POST", f"{API}/upload/{upload_id}/delete/", _nothing, settled_by=frozenset({404}))


def error_of(response: httpx.Response) -> ApiError:
    """The error that a read response with a status of 400 or more stands for."""
    try:
        body = response.json()
    except ValueError:
        body = response.text
    return error_for(response.status_code, body, retry_after(response))


def retry_after(response: httpx.Response) -> float | None:
    """Seconds to wait by `Retry-After` (RFC 9110: seconds or a date), on a 429 also by `RateLimit-Reset`."""
    value = response.headers.get("Retry-After")
    if value is None and response.status_code == 429:
        value = response.headers.get("RateLimit-Reset")
    if value is None:
        return None
    if value.strip().isdecimal():
        return float(value)
    try:
        then = parsedate_to_datetime(value)
        now = parsedate_to_datetime(response.headers["Date"])
        return max(0.0, (then - now).total_seconds())
    except (KeyError, TypeError, ValueError):
        return None


def with_limit_pause(call: Call[T]) -> Call[tuple[T, float]]:
    """The same call, whose answer comes with the seconds for which the rate limit (`RateLimit-*`) allows no other."""

    def parse(response: httpx.Response) -> tuple[T, float]:
        used_up = response.headers.get("RateLimit-Remaining", "").strip() == "0"
        reset = response.headers.get("RateLimit-Reset", "").strip()
        return call.parse(response), float(reset) if used_up and reset.isdecimal() else 0.0

    return dataclasses.replace(call, parse=parse)  # type: ignore[arg-type, return-value] # replace keeps the type argument


def _format(format: ResultFormat | None) -> dict[str, str]:  # noqa: A002 - the API's own word
    return {} if format is None else {"format": format}


def _nothing(response: httpx.Response) -> None:  # noqa: ARG001 - the shape of all readers of answers
    return None


Parsed = TypeVar("Parsed", bound=BaseModel | list[Schema])


@cache
def _as(model: type[Parsed]) -> Callable[[httpx.Response], Parsed]:
    adapter = TypeAdapter(model)

    def parse(response: httpx.Response) -> Parsed:
        try:
            return adapter.validate_json(response.content)
        except ValidationError as error:
            problems = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()[:3])
            raise InvalidResponseError(
                f"The answer of {response.request.url.path} is not what the API promises ({problems}). "
                "Does the base URL lead to headgate?",
                response.text,
            ) from error

    return parse


class _PresignedUrl(BaseModel):
    presigned_url: str


def _presigned_url(response: httpx.Response) -> str:
    answer: _PresignedUrl = _as(_PresignedUrl)(response)
    return answer.presigned_url
