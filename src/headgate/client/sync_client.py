"""The synchronous client."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Any, Self, TypeVar, Unpack

import httpx

from headgate.client import flows, protocol
from headgate.client.flows import Flow, Reply, RetryPolicy, Send
from headgate.client.models import Import, ImportPage, ImportProgress, ImportSummary, Schema, Upload, UploadPage
from headgate.client.protocol import Call, ImportOptions, ResultFormat, identifier
from headgate.client.rows import ParseFloat, Row, RowDecoder
from headgate.client.sinks import Target, sink_for
from headgate.client.sources import Progress, Source, Uploadable
from headgate.client.transport import DEFAULT_TIMEOUT, connection_errors, needs_length, request_for

T = TypeVar("T")
Identified = str | uuid.UUID | ImportSummary | Upload


class Client:
    """Talks to one headgate service with one key. Thread-safe; close it, or use it as a context manager.

    `base_url`: where the service is, with or without `/api/v1`. `timeout`: seconds without any progress.
    All methods raise ApiError (by status), ConnectionFailedError and InvalidResponseError.
    """

    def __init__(
        self,
        api_key: str,
        base_url: str = "http://127.0.0.1:8000",
        *,
        timeout: httpx.Timeout | float = DEFAULT_TIMEOUT,
        retry: RetryPolicy | None = None,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self._key = api_key
        self._base_url = protocol.normalized_base_url(base_url)
        self._retry = retry or RetryPolicy()
        self._http = httpx.Client(timeout=timeout, transport=transport)
        self._sleep = sleep

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    # Imports

    def import_file(
        self,
        source: Uploadable,
        *,
        filename: str | None = None,
        timeout: float | None = None,
        on_progress: Progress | None = None,
        on_change: Callable[[Import], object] | None = None,
        **options: Unpack[ImportOptions],
    ) -> Import:
        """Create an import, upload its file, wait for its end; then `rows` or `download` give the result.

        `filename`: needed when the source has no name of its own. `timeout`: seconds to wait after the upload.
        `on_change` is called with each new status. Raises ImportFailedError, ReviewNeededError, WaitTimeoutError.
        """
        waiting = {"timeout": timeout, "through_review": False, "on_change": on_change}
        return self._run(flows.import_file(Source(source, on_progress), filename, options, self._retry, waiting))

    def import_rows(
        self,
        rows: list[dict[str, Any]] | list[list[Any]],
        *,
        timeout: float | None = None,
        on_change: Callable[[Import], object] | None = None,
        **options: Unpack[ImportOptions],
    ) -> Import:
        """The same for rows at hand: objects by field key, or lists in field order (15 MB of JSON at most)."""
        waiting = {"timeout": timeout, "through_review": False, "on_change": on_change}
        return self._run(flows.import_rows(rows, options, self._retry, waiting))

    def create_import(
        self,
        *,
        original_filename: str | None = None,
        initial_data: Any = None,
        **options: Unpack[ImportOptions],
    ) -> Import:
        """Create an import of a file yet to upload, or of rows (then it runs at once). Exactly one of the two."""
        return self._do(protocol.create_import(protocol.import_data(original_filename, initial_data), options))

    def upload_file(
        self, import_or_url: Import | str, source: Uploadable, *, on_progress: Progress | None = None
    ) -> None:
        """Send the file of an import that is AWAITING_UPLOAD, given the import or its `upload` URL.

        Raises ForbiddenError when the URL has expired, ConflictError when a file was uploaded before, TooLargeError.
        """
        self._do(protocol.put_file(protocol.upload_url(import_or_url), Source(source, on_progress)))

    def get_import(self, import_: Identified) -> Import:
        """An import as it is now."""
        return self._do(protocol.get_import(identifier(import_)))

    def wait(
        self,
        import_: Identified,
        *,
        timeout: float | None = None,
        through_review: bool = False,
        on_change: Callable[[Import], object] | None = None,
    ) -> Import:
        """Wait until an import is SUCCESSFUL, FAILED or NEEDS_REVIEW, and return it whatever its status.

        Looks soon at first, then every few seconds, within the service's rate limit. `through_review`: go on waiting
        while a person reviews. Raises WaitTimeoutError after `timeout` seconds.
        """
        return self._run(
            flows.wait(
                identifier(import_), self._retry, timeout=timeout, through_review=through_review, on_change=on_change
            )
        )

    def progress(self, import_: Identified) -> ImportProgress:
        """How far the run is. Unlike `get_import` this is not rate-limited."""
        return self._do(protocol.get_progress(identifier(import_)))

    def list_imports(self, *, page_size: int = 100) -> Iterator[ImportSummary]:
        """All imports of the organization, newest first, fetched page by page as they are taken."""
        pages = flows.Pages[ImportSummary]()
        while pages.more:
            page = self.import_page(offset=pages.position, limit=page_size)
            yield from pages.take(page.results, page.count)

    def import_page(self, *, offset: int = 0, limit: int = 100) -> ImportPage:
        """One page of imports."""
        return self._do(protocol.list_imports(offset, limit))

    def delete_import(self, import_: Identified) -> None:
        """Delete an import with its file and results; a running one stops."""
        self._do(protocol.delete_import(identifier(import_)))

    # Results

    def result_url(self, import_: Identified, *, format: ResultFormat | None = None) -> str:  # noqa: A002 - as the API
        """A URL, valid for 30 minutes without a key, of the result file."""
        return self._do(protocol.result_url(identifier(import_), format))

    def download(
        self,
        import_: Identified,
        target: Target,
        *,
        format: ResultFormat = "json",  # noqa: A002 - as the API
    ) -> None:
        """Stream the result to a path (which appears when complete) or into an open binary file."""
        self._do(protocol.get_file(self.result_url(import_, format=format), sink_for(target)))

    def rows(self, import_: Identified, *, parse_float: ParseFloat = float) -> Iterator[Row]:
        """The result's rows one by one, in flat memory. `parse_float=decimal.Decimal` keeps every digit of decimals."""
        yield from self._stream(self.result_url(import_, format="ndjson"), parse_float)

    def errors(self, import_: Identified) -> Iterator[Row]:
        """All messages about cells and rows, one by one; `Import.row_errors` is cut when there are very many."""
        yield from self._stream(self._do(protocol.errors_url(identifier(import_))), float)

    def console(self, import_: Identified) -> Iterator[Row]:
        """What the import's hooks wrote to their console, entry by entry. Raises NotFoundError when they wrote nothing."""
        yield from self._stream(self._do(protocol.console_url(identifier(import_))), float)

    def _stream(self, url: str, parse_float: ParseFloat) -> Iterator[Row]:
        decoder = RowDecoder(parse_float)
        with connection_errors(url), self._http.stream("GET", url) as response:
            if response.status_code >= 400:
                response.read()
                raise protocol.error_of(response)
            for chunk in response.iter_bytes():
                yield from decoder.feed(chunk)
        yield from decoder.finish()

    # Saved schemas

    def list_schemas(self) -> list[Schema]:
        """All saved schemas."""
        return self._do(protocol.list_schemas())

    def create_schema(
        self,
        name: str,
        fields: list[dict[str, Any]],
        settings: dict[str, Any],
        hooks: dict[str, Any] | None = None,
    ) -> Schema:
        """Save a schema; its name must be new. Raises BadRequestError with all that is wrong with it."""
        return self._do(protocol.create_schema(protocol.schema_body(name, fields, settings, hooks)))

    def get_schema(self, schema: str | uuid.UUID | Schema) -> Schema:
        """A saved schema."""
        return self._do(protocol.get_schema(identifier(schema)))

    def update_schema(
        self,
        schema: str | uuid.UUID | Schema,
        name: str,
        fields: list[dict[str, Any]],
        settings: dict[str, Any],
        hooks: dict[str, Any] | None = None,
    ) -> Schema:
        """Replace a saved schema. Imports that exist keep the one that they were created with."""
        body = protocol.schema_body(name, fields, settings, hooks)
        return self._do(protocol.update_schema(identifier(schema), body))

    def delete_schema(self, schema: str | uuid.UUID | Schema) -> None:
        """Delete a saved schema."""
        self._do(protocol.delete_schema(identifier(schema)))

    # Uploads

    def list_uploads(self, *, page_size: int = 1000) -> Iterator[Upload]:
        """All completed imports, fetched page by page as they are taken."""
        pages = flows.Pages[Upload]()
        while pages.more:
            page = self.upload_page(start=pages.position, end=pages.position + page_size)
            yield from pages.take(page.data, page.total_num_uploads)

    def upload_page(self, *, start: int = 0, end: int = 10_000) -> UploadPage:
        """The completed imports from position `start` up to, not including, `end`."""
        return self._do(protocol.list_uploads(start, end))

    def upload_metadata(self, upload: Identified) -> Upload:
        """A completed import with the address of its original file."""
        return self._do(protocol.upload_metadata(identifier(upload)))

    def upload_result_url(self, upload: Identified, *, format: ResultFormat | None = None) -> str:  # noqa: A002 - as the API
        """As `result_url`."""
        return self._do(protocol.upload_result_url(identifier(upload), format))

    def delete_upload(self, upload: Identified) -> None:
        """As `delete_import`, for a completed import."""
        self._do(protocol.delete_upload(identifier(upload)))

    # Driving the flows

    def _do(self, call: Call[T]) -> T:
        return self._run(flows.perform(call, self._retry))

    def _run(self, flow: Flow[T]) -> T:
        reply: Reply = None
        while True:
            try:
                step = flow.send(reply)
            except StopIteration as done:
                result: T = done.value
                return result
            if isinstance(step, Send):
                reply = self._send(step.call)
            else:
                self._sleep(step.seconds)
                reply = None

    def _send(self, call: Call[Any]) -> httpx.Response | httpx.TransportError:
        if call.source is not None and needs_length(call):
            call.source.measure()
        body = call.source.chunks() if call.source is not None else None
        request = request_for(self._http, call, self._base_url, self._key, body)
        try:
            response = self._http.send(request, stream=True)
            try:
                if call.sink is None or response.status_code >= 400:
                    response.read()
                else:
                    call.sink.begin()
                    for chunk in response.iter_bytes():
                        call.sink.write(chunk)
                    call.sink.finish()
            finally:
                response.close()
        except httpx.TransportError as error:
            if call.sink is not None:
                call.sink.abandon()
            return error
        except BaseException:
            if call.sink is not None:
                call.sink.abandon()
            raise
        return response
