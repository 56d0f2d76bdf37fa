"""Files that somebody removed from the store by hand: what imports, downloads and further runs say about it."""

from __future__ import annotations

import uuid
from pathlib import Path

import httpx
import pytest

from headgate.imports.models import Import, outcome_prefix
from headgate.imports.worker import RESULT, TABLE
from tests.contract.harness import Service, create, held, rows, run, upload, wait
from tests.contract.review_page import open_page, until

SOURCE = "the uploaded file"


def lose(service: Service, scratch: Path, import_id: str, *names: str) -> tuple[str, bytes]:
    """Remove files of an import as somebody else does who can reach the store: its source, or some of its outcome. Gives the
    last key and what stood there."""
    database = service.database()
    with database.read() as session:
        row = session.get(Import, uuid.UUID(import_id))
    database.dispose()
    assert row is not None
    store = service.store(scratch)
    for key in [row.source_key if name == SOURCE else f"{outcome_prefix(row)}/{name}" for name in names]:
        assert key is not None
        with store.open(key) as file:
            content = file.read()
        store.delete(key)
    return key, content


def test_an_import_fails_whose_file_vanished_before_its_run(
    service: Service, client: httpx.Client, tmp_path: Path
) -> None:
    occupying = [create(client) for _ in range(int(service.settings["workers"]))]
    for one in occupying:
        upload(one, held(tmp_path / "go"))
    until(lambda: all(status(client, one["id"]) == "RUNNING" for one in occupying))
    lost = create(client)
    upload(lost)
    until(lambda: status(client, lost["id"]) == "PENDING")
    lose(service, tmp_path, lost["id"], SOURCE)
    (tmp_path / "go").touch()
    found = wait(client, lost["id"])
    assert (found["status"], [error["code"] for error in found["import_errors"]]) == ("FAILED", ["file_missing"])
    assert {wait(client, one["id"])["status"] for one in occupying} == {"SUCCESSFUL"}


def status(client: httpx.Client, import_id: str) -> str:
    found: str = client.get(f"/headless/imports/{import_id}/").json()["status"]
    return found


def test_who_asks_for_a_result_that_vanished_is_told_so(service: Service, client: httpx.Client, tmp_path: Path) -> None:
    done = run(client)["id"]
    url = client.get(f"/headless/imports/{done}/url/").json()["presigned_url"]
    assert len(rows(client, done)) == 2
    lose(service, tmp_path, done, RESULT, TABLE)
    for wanted in ("json", "csv"):
        answer = client.get(f"/headless/imports/{done}/url/?format={wanted}")
        assert answer.status_code == 410, answer.text
        assert "missing in the store" in answer.json()["detail"]
    late = httpx.get(url)
    assert late.status_code == (404 if service.in_store else 410)
    assert "Traceback" not in late.text
    assert client.get(f"/headless/imports/{done}/").json()["status"] == "SUCCESSFUL"


def test_who_asks_for_an_original_that_vanished_is_told_so(
    service: Service, client: httpx.Client, tmp_path: Path
) -> None:
    done = run(client)["id"]
    lose(service, tmp_path, done, SOURCE)
    metadata = client.get(f"/upload/{done}/metadata/")
    assert (metadata.status_code, metadata.json()["raw_upload"]["download_url"]) == (200, None)
    again = client.post(f"/dashboard/imports/{done}/rerun/", json={})
    assert (again.status_code, "missing in the store" in again.text) == (410, True)
    assert len(rows(client, done)) == 2


def test_a_result_that_was_deleted_with_its_import_is_not_called_missing(client: httpx.Client) -> None:
    done = run(client)["id"]
    url = client.get(f"/headless/imports/{done}/url/").json()["presigned_url"]
    assert client.delete(f"/headless/imports/{done}/").status_code == 204
    assert httpx.get(url).status_code == 404
    assert client.get(f"/headless/imports/{done}/url/").status_code == 404


@pytest.mark.on_disk  # a worker of a service with S3 goes on with the copy that it has read before
def test_a_submitted_review_whose_file_vanished_is_given_back_and_goes_on_when_it_is_restored(
    service: Service, client: httpx.Client, tmp_path: Path
) -> None:
    page = open_page(service, client)
    page.ready()
    page.edit(2, "email", "alan@example.com")
    key, content = lose(service, tmp_path, page.id, SOURCE)
    page.submit()

    def failed() -> list[str]:
        reasons = client.get(f"/headless/imports/{page.id}/").json()["import_errors"]
        return [reason["cause"] for reason in reasons if reason["code"] == "finish_failed"]

    assert until(failed) == ["file_missing"]
    assert status(client, page.id) == "NEEDS_REVIEW"
    answer = page.send("GET", "/")
    assert (answer.status_code, "missing in the store" in answer.text) == (410, True)
    service.store(tmp_path).put(key, content)
    assert page.ready()["submitting"] is False
    assert page.texts()[1][1] == "alan@example.com", "nothing that people did is lost"
