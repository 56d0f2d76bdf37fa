"""The two clients around the flows: what goes over the wire, and that they offer the same."""

from __future__ import annotations

import asyncio
import inspect
import io
import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from headgate.client import AsyncClient, Client, ConnectionFailedError, ForbiddenError, NotFoundError

from .conftest import Script, import_json

UPLOAD = "http://blobs.test/put/1?signature=s"
RESULT = {"presigned_url": "http://blobs.test/get/1?signature=s"}


def ok(json_body: Any = None, status: int = 200) -> httpx.Response:
    return httpx.Response(status, json=json_body)


class Cut(httpx.SyncByteStream):
    """A body whose connection breaks in the middle."""

    def __iter__(self) -> Iterator[bytes]:
        yield b'{"a":1}\n{"a":'
        raise httpx.RemoteProtocolError("peer closed connection without sending complete message body")


def test_a_file_goes_from_creation_to_result(script: type[Script], tmp_path: Path) -> None:
    path = tmp_path / "contacts.csv"
    path.write_bytes(b"a,b\n1,2\n")
    service = script(
        ok(import_json("AWAITING_UPLOAD", upload=UPLOAD), 201), ok(), ok(import_json("RUNNING")), ok(import_json())
    )
    progress: list[tuple[int, int | None]] = []
    with service.client() as client:
        done = client.import_file(
            path, schema_id="s", on_progress=lambda sent, total: progress.append((sent, total)), user={"id": "7"}
        )
    assert done.status == "SUCCESSFUL"
    assert json.loads(service.bodies[0]) == {
        "schema_id": "s", "original_filename": "contacts.csv", "import_metadata": {"user": {"id": "7"}}
    }  # fmt: skip
    assert service.bodies[1] == b"a,b\n1,2\n"
    assert service.requests[1].headers["Content-Length"] == "8"
    assert "Transfer-Encoding" not in service.requests[1].headers
    assert progress == [(8, 8)]
    assert len(service.pauses) == 1


def test_the_key_goes_to_the_service_and_never_to_a_presigned_url(script: type[Script]) -> None:
    service = script(ok(import_json("AWAITING_UPLOAD", upload=UPLOAD), 201), ok(), ok(RESULT), ok([]))
    with service.client() as client:
        client.upload_file(client.create_import(original_filename="a.csv", schema_id="s"), b"a")
        client.download("1", io.BytesIO())
    assert [r.url.host for r in service.requests] == ["service.test", "blobs.test", "service.test", "blobs.test"]
    assert ["X-Dromo-License-Key" in r.headers for r in service.requests] == [True, False, True, False]
    assert not any("Authorization" in r.headers for r in service.requests)


def test_a_cut_upload_is_sent_again_from_its_first_byte(script: type[Script]) -> None:
    service = script(httpx.WriteError("broken pipe"), ok())
    with service.client() as client:
        client.upload_file(UPLOAD, b"the whole file")
    assert service.bodies == [b"the whole file"] * 2


def test_an_upload_without_a_length_goes_in_chunks(script: type[Script]) -> None:
    service = script(ok())
    with service.client() as client:
        client.upload_file(UPLOAD, iter([b"a", b"b"]))
    assert service.requests[0].headers["Transfer-Encoding"] == "chunked"
    assert service.bodies == [b"ab"]


def test_an_expired_upload_url_has_an_error_of_its_own(script: type[Script]) -> None:
    service = script(httpx.Response(403))
    with service.client() as client, pytest.raises(ForbiddenError, match="expired"):
        client.upload_file(UPLOAD, b"a")


def test_a_source_without_a_name_asks_for_one_before_anything_is_created(script: type[Script]) -> None:
    service = script()
    with service.client() as client, pytest.raises(ValueError, match="filename="):
        client.import_file(b"a,b", schema_id="s")
    assert service.requests == []


def test_a_cut_download_starts_again_and_leaves_one_whole_file(script: type[Script], tmp_path: Path) -> None:
    service = script(ok(RESULT), httpx.Response(200, stream=Cut()), httpx.Response(200, content=b'[{"a":1}]'))
    with service.client() as client:
        client.download("1", tmp_path / "rows.json")
    assert (tmp_path / "rows.json").read_bytes() == b'[{"a":1}]'
    assert len(list(tmp_path.iterdir())) == 1


def test_a_download_that_never_completes_leaves_nothing(script: type[Script], tmp_path: Path) -> None:
    service = script(ok(RESULT), *[httpx.Response(200, stream=Cut()) for _ in range(4)])
    with service.client() as client, pytest.raises(ConnectionFailedError):
        client.download("1", tmp_path / "rows.json")
    assert list(tmp_path.iterdir()) == []


def test_an_error_answer_is_never_written_into_the_target(script: type[Script], tmp_path: Path) -> None:
    service = script(ok(RESULT), httpx.Response(404, json={"detail": "Not found."}))
    with service.client() as client, pytest.raises(NotFoundError):
        client.download("1", tmp_path / "rows.json", format="csv")
    assert service.requests[0].url.params["format"] == "csv"
    assert list(tmp_path.iterdir()) == []


def test_rows_that_break_off_are_an_error_and_not_the_end(script: type[Script]) -> None:
    service = script(ok(RESULT), httpx.Response(200, stream=Cut()))
    with service.client() as client:
        rows = client.rows("1")
        assert next(rows) == {"a": 1}
        with pytest.raises(ConnectionFailedError):
            next(rows)


def test_a_list_is_fetched_page_by_page_and_gives_what_moved_down_meanwhile_once(script: type[Script]) -> None:
    def page(ids: list[str], count: int) -> httpx.Response:
        entries = [{**import_json(), "id": i} for i in ids]
        return ok({"count": count, "next": None, "previous": None, "results": entries})

    service = script(page(["c", "b"], 3), page(["b", "a"], 4))
    with service.client() as client:
        assert [summary.id for summary in client.list_imports(page_size=2)] == ["c", "b", "a"]
    assert [r.url.params["offset"] for r in service.requests] == ["0", "2"]


def test_an_empty_list_ends_at_once(script: type[Script]) -> None:
    service = script(ok({"start": 0, "end": 5, "total_num_uploads": 0, "data": []}))
    with service.client() as client:
        assert list(client.list_uploads(page_size=5)) == []
    assert len(service.requests) == 1


def test_the_asynchronous_client_does_the_same_over_the_wire(script: type[Script], tmp_path: Path) -> None:
    async def parts() -> AsyncIterator[bytes]:
        yield b"a,b\n"
        yield b"1,2\n"

    service = script(
        ok(import_json("AWAITING_UPLOAD", upload=UPLOAD), 201), ok(), ok(import_json("RUNNING")), ok(import_json()),
        ok(RESULT), httpx.Response(200, content=b'{"a":1}\n{"a":2}\n'), ok(RESULT), httpx.Response(200, content=b"[]"),
    )  # fmt: skip
    pauses: list[float] = []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    async def answer(request: httpx.Request) -> httpx.Response:
        await request.aread()
        return service(request)

    async def run() -> list[dict[str, Any]]:
        transport = httpx.MockTransport(answer)
        async with AsyncClient("hg_key", "http://service.test", transport=transport, sleep=sleep) as client:
            done = await client.import_file(parts(), filename="contacts.csv", schema_id="s")
            rows = [row async for row in client.rows(done)]
            await client.download(done, tmp_path / "rows.json")
            return rows

    assert asyncio.run(run()) == [{"a": 1}, {"a": 2}]
    assert service.bodies[1] == b"a,b\n1,2\n"
    assert (tmp_path / "rows.json").read_bytes() == b"[]"
    assert len(pauses) == 1


def public_methods(client: type[Any]) -> dict[str, list[str]]:
    return {
        name.removeprefix("a") if name == "aclose" else name: list(inspect.signature(method).parameters)
        for name, method in inspect.getmembers(client, inspect.isfunction)
        if not name.startswith("_")
    }


def test_both_clients_offer_the_same_methods_with_the_same_parameters() -> None:
    assert public_methods(Client) == public_methods(AsyncClient)


def test_every_public_method_says_what_it_does() -> None:
    for client in (Client, AsyncClient):
        for name, method in inspect.getmembers(client, inspect.isfunction):
            assert name.startswith("_") or method.__doc__, name
