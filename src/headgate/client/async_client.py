"""The asynchronous client: `Client`, awaited."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from types import TracebackType
from typing import Any, Self, TypeVar, Unpack

import anyio
import anyio.to_thread
import httpx

from headgate.client import flows, protocol
from headgate.client.flows import Flow, Reply, RetryPolicy, Send
from headgate.client.models import Import, ImportPage, ImportProgress, ImportSummary, Schema, Upload, UploadPage
from headgate.client.protocol import Call, ImportOptions, ResultFormat, identifier
from headgate.client.rows import ParseFloat, Row, RowDecoder
from headgate.client.sinks import Target, sink_for
from headgate.client.sources import AsyncUploadable, Progress, Source
from headgate.client.transport import DEFAULT_TIMEOUT, connection_errors, needs_length, request_for

T = TypeVar("T")
Identified = str | uuid.UUID | ImportSummary | Upload


class AsyncClient:
    """Talks to one headgate service with one key, in one event loop (asyncio or trio).

    Close it, or use it as a context manager.

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
        transport: httpx.AsyncBaseTransport | None = None,
        sleep: Callable[[float], Awaitable[object]] = anyio.sleep,
    ) -> None:
        self._key = api_key
        self._base_url = protocol.normalized_base_url(base_url)
        self._retry = retry or RetryPolicy()
        self._http = httpx.AsyncClient(timeout=timeout, transport=transport)
        self._sleep = sleep

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    # Imports

    async def import_file(
        self,
        source: AsyncUploadable,
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
        return await self._run(flows.import_file(Source(source, on_progress), filename, options, self._retry, waiting))

    async def import_rows(
        self,
        rows: list[dict[str, Any]] | list[list[Any]],
        *,
        timeout: float | None = None,
        on_change: Callable[[Import], object] | None = None,
        **options: Unpack[ImportOptions],
    ) -> Import:
        """The same for rows at hand: objects by field key, or lists in field order (15 MB of JSON at most)."""
        waiting = {"timeout": timeout, "through_review": False, "on_change": on_change}
        return await self._run(flows.import_rows(rows, options, self._retry, waiting))

    async def create_import(
        self,
        *,
        original_filename: str | None = None,
        initial_data: Any = None,
        **options: Unpack[ImportOptions],
    ) -> Import:
        """Create an import of a file yet to upload, or of rows (then it runs at once). Exactly one of the two."""
        return await self._do(protocol.create_import(protocol.import_data(original_filename, initial_data), options))

    async def upload_file(
        self, import_or_url: Import | str, source: AsyncUploadable, *, on_progress: Progress | None = None
    ) -> None:
        """Send the file of an import that is AWAITING_UPLOAD, given the import or its `upload` URL.

        Raises ForbiddenError when the URL has expired, ConflictError when a file was uploaded before, TooLargeError.
        """
        await self._do(protocol.put_file(protocol.upload_url(import_or_url), Source(source, on_progress)))

    async def get_import(self, import_: Identified) -> Import:
        """An import as it is now."""
        return await self._do(protocol.get_import(identifier(import_)))

    async def wait(
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
        return await self._run(
            flows.wait(
                identifier(import_), self._retry, timeout=timeout, through_review=through_review, on_change=on_change
            )
        )

    async def progress(self, import_: Identified) -> ImportProgress:
        """How far the run is. Unlike `get_import` this is not rate-limited."""
        return await self._do(protocol.get_progress(identifier(import_)))

    async def list_imports(self, *, page_size: int = 100) -> AsyncIterator[ImportSummary]:
        """All imports of the organization, newest first, fetched page by page as they are taken."""
        pages = flows.Pages[ImportSummary]()
        while pages.more:
            page = await self.import_page(offset=pages.position, limit=page_size)
            for item in pages.take(page.results, page.count):
                yield item

    async def import_page(self, *, offset: int = 0, limit: int = 100) -> ImportPage:
        """One page of imports."""
        return await self._do(protocol.list_imports(offset, limit))

    async def delete_import(self, import_: Identified) -> None:
        """Delete an import with its file and results; a running one stops."""
        await self._do(protocol.delete_import(identifier(import_)))

    # Results

    async def result_url(self, import_: Identified, *, format: ResultFormat | None = None) -> str:  # noqa: A002 - as the API
        """A URL, valid for 30 minutes without a key, of the result file."""
        return await self._do(protocol.result_url(identifier(import_), format))

    async def download(
        self,
        import_: Identified,
        target: Target,
        *,
        format: ResultFormat = "json",  # noqa: A002 - as the API
    ) -> None:
        """Stream the result to a path (which appears when complete) or into an open binary file."""
        await self._do(protocol.get_file(await self.result_url(import_, format=format), sink_for(target)))

    async def rows(self, import_: Identified, *, parse_float: ParseFloat = float) -> AsyncIterator[Row]:
        """The result's rows one by one, in flat memory. `parse_float=decimal.Decimal` keeps every digit of decimals."""
        async for row in self._stream(await self.result_url(import_, format="ndjson"), parse_float):
            yield row

    async def errors(self, import_: Identified) -> AsyncIterator[Row]:
        """All messages about cells and rows, one by one; `Import.row_errors` is cut when there are very many."""
        async for entry in self._stream(await self._do(protocol.errors_url(identifier(import_))), float):
            yield entry

    async def console(self, import_: Identified) -> AsyncIterator[Row]:
        """What the import's hooks wrote to their console, entry by entry. Raises NotFoundError when they wrote nothing."""
        async for entry in self._stream(await self._do(protocol.console_url(identifier(import_))), float):
            yield entry

    async def _stream(self, url: str, parse_float: ParseFloat) -> AsyncIterator[Row]:
        decoder = RowDecoder(parse_float)
        with connection_errors(url):
            async with self._http.stream("GET", url) as response:
                if response.status_code >= 400:
                    await response.aread()
                    raise protocol.error_of(response)
                async for chunk in response.aiter_bytes():
                    for row in decoder.feed(chunk):
                        yield row
        for row in decoder.finish():
            yield row

    # Saved schemas

    async def list_schemas(self) -> list[Schema]:
        """All saved schemas."""
        return await self._do(protocol.list_schemas())

    async def create_schema(
        self,
        name: str,
        fields: list[dict[str, Any]],
        settings: dict[str, Any],
        hooks: dict[str, Any] | None = None,
    ) -> Schema:
        """Save a schema; its name must be new. Raises BadRequestError with all that is wrong with it."""
        return await self._do(protocol.create_schema(protocol.schema_body(name, fields, settings, hooks)))

    async def get_schema(self, schema: str | uuid.UUID | Schema) -> Schema:
        """A saved schema."""
        return await self._do(protocol.get_schema(identifier(schema)))

    async def update_schema(
        self,
        schema: str | uuid.UUID | Schema,
        name: str,
        fields: list[dict[str, Any]],
        settings: dict[str, Any],
        hooks: dict[str, Any] | None = None,
    ) -> Schema:
        """Replace a saved schema. Imports that exist keep the one that they were created with."""
        body = protocol.schema_body(name, fields, settings, hooks)
        return await self._do(protocol.update_schema(identifier(schema), body))

    async def delete_schema(self, schema: str | uuid.UUID | Schema) -> None:
        """Delete a saved schema."""
        await self._do(protocol.delete_schema(identifier(schema)))

    # Uploads

    async def list_uploads(self, *, page_size: int = 1000) -> AsyncIterator[Upload]:
        """All completed imports, fetched page by page as they are taken."""
        pages = flows.Pages[Upload]()
        while pages.more:
            page = await self.upload_page(start=pages.position, end=pages.position + page_size)
            for item in pages.take(page.data, page.total_num_uploads):
                yield item

    async def upload_page(self, *, start: int = 0, end: int = 10_000) -> UploadPage:
        """The completed imports from position `start` up to, not including, `end`."""
        return await self._do(protocol.list_uploads(start, end))

    async def upload_metadata(self, upload: Identified) -> Upload:
        """A completed import with the address of its original file."""
        return await self._do(protocol.upload_metadata(identifier(upload)))

    async def upload_result_url(self, upload: Identified, *, format: ResultFormat | None = None) -> str:  # noqa: A002 - as the API
        """As `result_url`."""
        return await self._do(protocol.upload_result_url(identifier(upload), format))

    async def delete_upload(self, upload: Identified) -> None:
        """As `delete_import`, for a completed import."""
        await self._do(protocol.delete_upload(identifier(upload)))

    # Driving the flows

    async def _do(self, call: Call[T]) -> T:
        return await self._run(flows.perform(call, self._retry))

    async def _run(self, flow: Flow[T]) -> T:
        reply: Reply = None
        while True:
            try:
                step = flow.send(reply)
            except StopIteration as done:
                result: T = done.value
                return result
            if isinstance(step, Send):
                reply = await self._send(step.call)
            else:
                await self._sleep(step.seconds)
                reply = None

    async def _send(self, call: Call[Any]) -> httpx.Response | httpx.TransportError:
        if call.source is not None and needs_length(call):
            await call.source.ameasure()
        body = call.source.achunks() if call.source is not None else None
        request = request_for(self._http, call, self._base_url, self._key, body)
        try:
            response = await self._http.send(request, stream=True)
            try:
                if call.sink is None or response.status_code >= 400:
                    await response.aread()
                else:
                    call.sink.begin()
                    async for chunk in response.aiter_bytes():
                        await anyio.to_thread.run_sync(call.sink.write, chunk)
                    call.sink.finish()
            finally:
                await response.aclose()
        except httpx.TransportError as error:
            if call.sink is not None:
                call.sink.abandon()
            return error
        except BaseException:
            if call.sink is not None:
                call.sink.abandon()
            raise
        return response
