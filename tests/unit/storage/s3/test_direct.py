"""Presigned URLs and arriving files, on a server that checks signatures as S3 does."""

from __future__ import annotations

import time
import uuid
from pathlib import Path

import httpx
import pytest

from headgate.config import Config
from headgate.storage.s3 import Connection, S3BlobStore
from tests.s3_server import S3Server

IMPORT = uuid.UUID("0b9b1c1e-0000-4000-8000-000000000000")
KEY = f"imports/{IMPORT}/source-1"


@pytest.fixture
def direct(rclone: S3Server, tmp_path: Path) -> S3BlobStore:
    config = Config(**rclone.settings(f"tests/{uuid.uuid4().hex}"))
    return S3BlobStore(Connection(config), tmp_path, 0)


def test_a_file_arrives_by_its_url_whatever_the_headers_say(direct: S3BlobStore) -> None:
    assert direct.direct is not None
    url = direct.direct.upload_url(IMPORT, 60)
    headers = {"Content-Type": "text/html", "X-Dromo-License-Key": "wrong"}
    assert httpx.put(url, content=b"name\nAda\n", headers=headers).status_code == 200
    (arrival,) = direct.direct.arrivals()
    assert (arrival.import_id, arrival.size) == (str(IMPORT), 9)
    assert abs(arrival.arrived - time.time()) < 60
    assert direct.direct.take(IMPORT, KEY) == 9
    assert httpx.put(url, content=b"another").status_code == 200
    with direct.open(KEY) as taken:
        assert taken.read() == b"name\nAda\n"
    direct.direct.drop(IMPORT)
    assert list(direct.direct.arrivals()) == []
    with pytest.raises(FileNotFoundError):
        direct.direct.take(IMPORT, KEY)


@pytest.mark.parametrize("change", [("Signature=", "Signature=0"), (str(IMPORT), str(uuid.UUID(int=1)))])
def test_a_changed_url_is_refused(direct: S3BlobStore, change: tuple[str, str]) -> None:
    assert direct.direct is not None
    assert httpx.put(direct.direct.upload_url(IMPORT, 60).replace(*change), content=b"x").status_code in {400, 403}
    assert list(direct.direct.arrivals()) == []


def test_an_upload_url_permits_nothing_else_and_ends(direct: S3BlobStore) -> None:
    assert direct.direct is not None
    url = direct.direct.upload_url(IMPORT, 1)
    assert httpx.get(url).status_code in {400, 403}
    assert httpx.delete(url).status_code in {400, 403}
    time.sleep(2.1)  # whole seconds count
    assert httpx.put(url, content=b"x").status_code in {400, 403}
    assert list(direct.direct.arrivals()) == []


def test_a_download_is_saved_under_its_name_and_never_shown(direct: S3BlobStore) -> None:
    assert direct.direct is not None
    direct.put(KEY, b"<script>")
    url = direct.direct.download_url(KEY, 'böse "name".csv', "application/octet-stream", 60)
    answer = httpx.get(url)
    assert answer.content == b"<script>"
    assert answer.headers["content-disposition"] == "attachment; filename*=utf-8''b%C3%B6se%20%22name%22.csv"
    assert answer.headers["content-type"] == "application/octet-stream"
    assert httpx.get(url.replace("octet-stream", "html")).status_code in {400, 403}


@pytest.mark.parametrize(
    ("settings", "url"),
    [
        ({}, "https://files.s3.eu-west-1.amazonaws.com/incoming/"),
        ({"store_path_style": "true"}, "https://s3.eu-west-1.amazonaws.com/files/incoming/"),
        ({"store_endpoint": "http://minio:9000"}, "http://minio:9000/files/incoming/"),
        (
            {"store_endpoint": "http://minio:9000", "store_public_endpoint": "https://s3.example.com"},
            "https://s3.example.com/files/incoming/",
        ),
        (
            {"store_endpoint": "https://r2.example.com", "store_path_style": "false"},
            "https://files.r2.example.com/incoming/",
        ),
    ],
)
def test_urls_lead_where_the_settings_say(settings: dict[str, str], url: str, tmp_path: Path) -> None:
    keys = {"store_access_key": "a", "store_secret_key": "b", "store_region": "eu-west-1"}
    store = S3BlobStore(Connection(Config(store_url="s3://files", **keys, **settings)), tmp_path, 0)  # type: ignore[arg-type]
    assert store.direct is not None
    signed = store.direct.upload_url(IMPORT, 60)
    assert signed.startswith(url)
    assert "X-Amz-SignedHeaders=host&" in signed, "a client need send no header"
    assert signed.startswith(store.direct.origin)
