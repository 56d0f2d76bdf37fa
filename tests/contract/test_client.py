"""The client against the real service."""

from __future__ import annotations

import asyncio
import io
import json
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import nullcontext
from datetime import UTC
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import openpyxl
import polars as pl
import pytest

from headgate.client import (
    AsyncClient,
    AuthenticationError,
    BadRequestError,
    Client,
    ConflictError,
    ForbiddenError,
    IdempotencyError,
    ImportFailedError,
    NotFoundError,
    ReviewNeededError,
    TooLargeError,
)
from tests.contract.service import Service, running_service

FIELDS: list[dict[str, Any]] = [
    {"label": "Email", "key": "email", "type": "email", "validators": [{"validate": "required"}]},
    {"label": "Amount", "key": "amount", "type": "number"},
]
SETTINGS = {"importIdentifier": "Payments"}
CSV = b'Email,Amount\nada@example.com,12.50\nnot an address,3\ngrace@example.com,"1,234"\n'
CLEAN = [{"email": "ada@example.com", "amount": 12.5}, {"email": "grace@example.com", "amount": 1234}]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("service") / "data"
    with running_service(folder, rate_limit_create="off", rate_limit_retrieve="off", workers="1") as running:
        yield running


@pytest.fixture
def client(service: Service) -> Iterator[Client]:
    with Client(service.key, service.url) as client:
        yield client


def new_schema(client: Client, **settings: Any) -> str:
    return client.create_schema(f"Schema {uuid.uuid4()}", FIELDS, {**SETTINGS, **settings}).id


def test_a_file_goes_in_and_clean_rows_come_out(client: Client, tmp_path: Path) -> None:
    path = tmp_path / "payments.csv"
    path.write_bytes(CSV)
    seen: list[str] = []
    sent: list[tuple[int, int | None]] = []
    done = client.import_file(
        path,
        schema_id=new_schema(client),
        user={"id": "7", "name": "Ada"},
        timeout=60,
        on_progress=lambda now, total: sent.append((now, total)),
        on_change=lambda detail: seen.append(detail.status),
    )
    assert seen[-1] == "SUCCESSFUL"
    assert sent[-1] == (len(CSV), len(CSV))
    assert list(client.rows(done)) == CLEAN
    assert done.original_filename == "payments.csv"
    assert done.created_date.tzinfo == UTC
    assert done.decisions["file"]["delimiter"] == ","
    assert [(error["rowIndex"], error["fieldKey"], error["value"]) for error in done.row_errors] == [
        (1, "email", "not an address")
    ]
    assert done.result_metadata is not None
    assert done.result_metadata["user"]["name"] == "Ada"
    assert list(client.errors(done)) == done.row_errors
    assert client.progress(done).status == "SUCCESSFUL"


@pytest.mark.parametrize("kind", ["bytes", "file", "iterator"])
def test_every_kind_of_source_arrives_whole(client: Client, kind: str) -> None:
    sources: dict[str, Any] = {"bytes": CSV, "file": io.BytesIO(CSV), "iterator": iter([CSV[:20], CSV[20:]])}
    done = client.import_file(sources[kind], filename="a.csv", fields=FIELDS, timeout=60)
    assert done.schema_id is None
    assert list(client.rows(done)) == CLEAN


def test_rows_at_hand_need_no_upload(client: Client) -> None:
    done = client.import_rows([["ada@example.com", "12.50"], ["x", "y"]], fields=FIELDS, timeout=60)
    assert done.original_filename is None
    assert list(client.rows(done)) == CLEAN[:1]
    assert next(client.rows(done, parse_float=Decimal))["amount"] == Decimal("12.5")


def test_the_result_comes_in_every_format(client: Client, tmp_path: Path) -> None:
    done = client.import_file(CSV, filename="a.csv", fields=FIELDS, timeout=60)
    for name in ("json", "ndjson", "csv", "xlsx", "parquet"):
        client.download(done, tmp_path / f"rows.{name}", format=name)  # type: ignore[arg-type] # all of its values
    assert json.loads((tmp_path / "rows.json").read_bytes()) == CLEAN
    assert [json.loads(line) for line in (tmp_path / "rows.ndjson").read_text().splitlines()] == CLEAN
    assert pl.read_csv(tmp_path / "rows.csv").to_dicts() == CLEAN
    assert pl.read_parquet(tmp_path / "rows.parquet")["email"].to_list() == [row["email"] for row in CLEAN]
    sheet = openpyxl.load_workbook(tmp_path / "rows.xlsx").active
    assert sheet is not None
    assert [row[0] for row in sheet.values][1:] == [row["email"] for row in CLEAN]
    buffer = io.BytesIO()
    client.download(done, buffer)
    assert buffer.getvalue() == (tmp_path / "rows.json").read_bytes()


def test_a_file_that_cannot_be_read_says_why(client: Client) -> None:
    with pytest.raises(ImportFailedError, match="file_empty") as caught:
        client.import_file(b"", filename="empty.csv", fields=FIELDS, timeout=60)
    assert caught.value.detail.status == "FAILED"
    with pytest.raises(NotFoundError):
        list(client.rows(caught.value.detail))


def test_a_file_that_needs_a_person_says_where(client: Client) -> None:
    with pytest.raises(ReviewNeededError, match="required_field_unmapped") as caught:
        client.import_file(b"Colour,Size\nred,1\nblue,2\n", filename="a.csv", fields=FIELDS, timeout=60)
    assert caught.value.detail.review_url


def test_all_problems_of_a_schema_come_back_under_their_paths(client: Client) -> None:
    bad = [{"label": "A", "key": "a", "type": "numbr"}, {"label": "B", "key": "a"}]
    with pytest.raises(BadRequestError) as caught:
        client.create_schema("Bad", bad, SETTINGS)
    assert set(caught.value.problems) == {"fields[0].type", "fields[1].key"}


def test_a_saved_schema_is_kept_changed_and_deleted(client: Client) -> None:
    name = f"Schema {uuid.uuid4()}"
    created = client.create_schema(name, FIELDS, SETTINGS)
    assert created.fields == FIELDS
    assert created.id in [schema.id for schema in client.list_schemas()]
    with pytest.raises(BadRequestError) as caught:
        client.create_schema(name, FIELDS, SETTINGS)
    assert "name" in caught.value.problems
    changed = client.update_schema(created, name, FIELDS[:1], SETTINGS)
    assert client.get_schema(created.id) == changed
    assert len(changed.fields) == 1
    client.delete_schema(created)
    with pytest.raises(NotFoundError):
        client.get_schema(created)


def test_the_same_idempotency_key_gives_the_same_import(client: Client) -> None:
    key = str(uuid.uuid4())
    first = client.create_import(original_filename="a.csv", fields=FIELDS, idempotency_key=key)
    assert client.create_import(original_filename="a.csv", fields=FIELDS, idempotency_key=key).id == first.id
    with pytest.raises(IdempotencyError):
        client.create_import(original_filename="b.csv", fields=FIELDS, idempotency_key=key)
    assert client.create_import(original_filename="a.csv", fields=FIELDS).id != first.id


def test_an_import_is_uploaded_to_once_and_by_its_own_url_only(client: Client, service: Service) -> None:
    created = client.create_import(original_filename="a.csv", fields=FIELDS)
    assert created.status == "AWAITING_UPLOAD"
    assert created.upload
    with pytest.raises(ForbiddenError):
        client.upload_file(created.upload[:-1] + ("0" if created.upload[-1] != "0" else "1"), CSV)
    client.upload_file(created, CSV)
    assert client.wait(created, timeout=60).status == "SUCCESSFUL"
    if service.in_store:  # which answers 200 itself; what comes late changes nothing
        before = list(client.rows(created.id))
        client.upload_file(created, b"Email,Amount\nmallory@example.com,1\n")
        assert list(client.rows(created.id)) == before != []
        return
    with pytest.raises(ConflictError):
        client.upload_file(created, CSV)


def test_too_large_a_file_fails_the_import(client: Client, service: Service) -> None:
    created = client.create_import(original_filename="a.csv", fields=FIELDS, settings={"maxFileSize": 10})
    with nullcontext() if service.in_store else pytest.raises(TooLargeError):  # a store takes it first
        client.upload_file(created, CSV)
    failed = client.wait(created, timeout=60)
    assert failed.import_errors is not None
    assert [reason.code for reason in failed.import_errors] == ["file_too_large"]


def test_lists_give_every_import_once_newest_first(client: Client) -> None:
    made = [client.create_import(original_filename=f"{n}.csv", fields=FIELDS).id for n in range(5)]
    listed = [summary.id for summary in client.list_imports(page_size=2)]
    assert listed[:5] == made[::-1]
    assert len(listed) == len(set(listed)) == client.import_page(limit=1).count


def test_a_deleted_import_is_gone_with_its_result(client: Client) -> None:
    done = client.import_file(CSV, filename="a.csv", fields=FIELDS, timeout=60)
    url = client.result_url(done)
    client.delete_import(done)
    with pytest.raises(NotFoundError):
        client.get_import(done)
    assert httpx.get(url).status_code in {403, 404}


def test_a_completed_import_is_an_upload_by_the_same_id(client: Client, tmp_path: Path) -> None:
    done = client.import_file(CSV, filename="a.csv", schema_id=new_schema(client), timeout=60)
    assert done.id in [upload.id for upload in client.list_uploads(page_size=3)]
    found = client.upload_metadata(done)
    assert (found.upload_status, found.total_num_rows, found.invalid_row_indexes) == ("PROCESSED", 3, [1])
    assert found.import_identifier == "Payments"
    assert found.raw_upload is not None
    assert found.raw_upload.download_url
    assert client.upload_result_url(done)
    client.delete_upload(done)
    with pytest.raises(NotFoundError):
        client.upload_metadata(done)


def test_a_wrong_key_is_refused(service: Service) -> None:
    with Client("hg_wrong", service.url) as client, pytest.raises(AuthenticationError):
        client.list_schemas()


def test_the_asynchronous_client_runs_several_imports_at_a_time(service: Service, tmp_path: Path) -> None:
    async def parts() -> AsyncIterator[bytes]:
        yield CSV[:10]
        yield CSV[10:]

    async def one(client: AsyncClient, number: int) -> list[dict[str, Any]]:
        done = await client.import_file(parts(), filename=f"{number}.csv", fields=FIELDS, timeout=60)
        await client.download(done, tmp_path / f"{number}.csv", format="csv")
        return [row async for row in client.rows(done)]

    async def several() -> list[list[dict[str, Any]]]:
        async with AsyncClient(service.key, service.url) as client:
            results = await asyncio.gather(*(one(client, number) for number in range(3)))
            assert len([summary async for summary in client.list_imports(page_size=2)]) >= 3
            return results

    assert asyncio.run(several()) == [CLEAN] * 3
    assert len(list(tmp_path.iterdir())) == 3


def test_what_hooks_write_to_their_console_can_be_read(client: Client) -> None:
    hooks = {"rowHooks": ["(record) => { console.log('row', record.index); return record }"]}
    done = client.import_file(CSV, filename="x.csv", fields=FIELDS, settings=SETTINGS, hooks=hooks)
    assert [entry["text"] for entry in client.console(done)] == ["row 0", "row 1", "row 2"]
