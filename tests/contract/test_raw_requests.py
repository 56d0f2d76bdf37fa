"""Requests that no HTTP library sends: bytes where text belongs, hosts that are none, lengths that are no numbers."""

from __future__ import annotations

import contextlib
import json
import socket
from urllib.parse import quote, urlsplit

import httpx
import pytest

from tests.contract.harness import FIELDS, Service

BODY = json.dumps({"fields": FIELDS, "original_filename": "a.csv"}).encode()


@pytest.fixture(scope="module")
def key(service: Service) -> bytes:
    return service.key().encode()


def ask(service: Service, key: bytes, line: bytes, *headers: bytes, body: bytes = b"") -> tuple[int, bytes]:
    """Status and body of the answer."""
    at = urlsplit(service.address)
    sent = [line + b" HTTP/1.1", b"X-Dromo-License-Key: " + key, b"Connection: close", *headers]
    if not any(one.lower().startswith(b"host:") for one in headers):
        sent.append(b"Host: " + at.netloc.encode())
    if not any(one.lower().startswith(b"content-length:") for one in headers):
        sent.append(b"Content-Length: %d" % len(body))
    with socket.create_connection((at.hostname, at.port), timeout=60) as connection:
        connection.sendall(b"\r\n".join(sent) + b"\r\n\r\n" + body)
        answer = b"".join(iter(lambda: connection.recv(65_536), b""))
    head, _, content = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), content


def test_memory_of_a_name_with_line_ends_is_reached(client: httpx.Client) -> None:
    path = "/memory/" + quote("two\nlines/and more", safe="") + "/"
    known = {"headers": [{"header": "a", "field": "b"}]}
    assert client.put(path, json=known).status_code == 200
    assert client.get(path).json()["import_identifier"] == "two\nlines/and more"
    assert client.delete(path).status_code == 204
    assert client.get(path).status_code == 404


QUERIES = [
    b"offset=5&x=\x9d",
    b"offset=5&\xff\xfe=%ff",
    b"offset=5&x=%",
    b"offset=%00",
    b"offset=5&x=%ed%a0%80",
    b"\xc3\x28",
]


@pytest.mark.parametrize("query", QUERIES)
def test_bytes_that_are_no_text_in_a_query_are_answered(service: Service, key: bytes, query: bytes) -> None:
    for path in (b"/api/v1/headless/imports/", b"/api/v1/uploads/", b"/api/v1/webhooks/"):
        status, content = ask(service, key, b"GET " + path + b"?" + query)
        assert status in {200, 400}, content
    status, content = ask(service, key, b"POST /api/v1/headless/imports/?" + query, body=BODY)
    assert status in {201, 400}, content


@pytest.mark.on_disk
@pytest.mark.parametrize(
    "host", [b"[", b"[::1", b"\xff", b"a b", b"x:port", b"x@y", b"", b"evil.example/path?", b"x" * 9000]
)
def test_a_host_that_is_none_is_not_written_into_addresses(service: Service, key: bytes, host: bytes) -> None:
    status, content = ask(service, key, b"POST /api/v1/headless/imports/", b"Host: " + host, body=BODY)
    assert status in {201, 400}, content
    if status == 201:
        assert json.loads(content)["upload"].startswith(f"{service.address}/uploads/")


@pytest.mark.on_disk
@pytest.mark.parametrize("host", ["headgate.example", "headgate.example:8443", "[::1]:9000", "10.0.0.1"])
def test_addresses_have_the_host_that_the_client_named(service: Service, key: bytes, host: str) -> None:
    status, content = ask(service, key, b"POST /api/v1/headless/imports/", b"Host: " + host.encode(), body=BODY)
    assert status == 201
    assert json.loads(content)["upload"].startswith(f"http://{host}/uploads/")


@pytest.mark.parametrize("length", [b"9" * 5000, b"-1", b"1e3", b"\xb2", b"+5", b"0x10"])
def test_a_length_that_is_none_is_refused(service: Service, key: bytes, length: bytes) -> None:
    status, content = ask(service, key, b"POST /api/v1/headless/imports/", b"Content-Length: " + length, body=BODY)
    assert status in {400, 413}, content


@pytest.mark.parametrize(
    "path",
    [
        b"/api/v1/memory/%ff%fe/",
        b"/api/v1/schemas/\xff/",
        b"/api/v1/%",
        b"/api/v1/schemas/%zz/",
        b"//",
        b"/api/v1//",
        b"/" + b"a" * 60_000,
    ],
)
def test_a_path_that_is_no_text_is_answered(service: Service, key: bytes, path: bytes) -> None:
    status, content = ask(service, key, b"GET " + path)
    assert status in {200, 400, 404, 414, 431}, content


def heads(service: Service) -> list[bytes]:
    begin = b"GET /api/v1/schemas/ HTTP/1.1\r\nHost: " + urlsplit(service.address).netloc.encode() + b"\r\n"
    long = [b"X-%d: %s\r\n" % (number, b"a" * 1000) for number in range(80)]
    return [begin + b"X: " + b"a" * 80_000, begin + b"".join(long) + b"\r\n", b"GET /" + b"a" * 80_000]


@pytest.mark.parametrize("which", range(3), ids=["header without an end", "many headers", "path without an end"])
@pytest.mark.parametrize("piece", [1_000, 100_000])
def test_a_head_without_an_end_is_refused_and_the_connection_closed(service: Service, which: int, piece: int) -> None:
    head = heads(service)[which]
    at = urlsplit(service.address)
    answer = b""
    with socket.create_connection((at.hostname, at.port), timeout=60) as connection:
        connection.sendall(head[:100])
        with service.client(service.key()) as client:
            assert client.get("/schemas/").status_code == 200  # so the beginning was read by itself
        with contextlib.suppress(ConnectionError):  # closed while more is sent
            for begin in range(100, len(head), piece):
                connection.sendall(head[begin : begin + piece])
        with contextlib.suppress(ConnectionError):
            while received := connection.recv(65_536):
                answer += received
    assert answer == b"" or answer.startswith(b"HTTP/1.1 400 "), answer[:200]
    assert not answer.startswith(b"HTTP/1.1 2")


def chunked(service: Service, key: bytes) -> bytes:
    """A request that looks for imports, up to the end of its body, which comes in one part."""
    host = urlsplit(service.address).netloc.encode()
    return (
        b"POST /api/v1/headless/imports/ HTTP/1.1\r\nHost: %s\r\nTransfer-Encoding: chunked\r\nX-Dromo-License-Key: %s\r\n\r\n%x\r\n%s\r\n"
        % (host, key, len(BODY), BODY)
    )


@pytest.mark.parametrize(
    "endless", [b"0\r\nX: ", b"0\r\n", b"5;x="], ids=["value of a trailer", "trailers", "extension of a part"]
)
def test_what_follows_a_body_without_an_end_is_refused_and_the_connection_closed(
    service: Service, key: bytes, endless: bytes
) -> None:
    more = b"X: %s\r\n" % (b"a" * 994) if endless == b"0\r\n" else b"a" * 1000
    at = urlsplit(service.address)
    answer = b""
    with socket.create_connection((at.hostname, at.port), timeout=60) as connection:
        connection.sendall(chunked(service, key) + endless)
        closed = False
        try:
            for _ in range(16):
                connection.sendall(more * 1000)
        except ConnectionError:
            closed = True
        with contextlib.suppress(ConnectionError):
            while received := connection.recv(65_536):
                answer += received
    assert closed or answer.startswith(b"HTTP/1.1 400 "), answer[:200]
    assert not answer.startswith(b"HTTP/1.1 2")


def test_headers_behind_a_body_are_no_headers_of_the_request(service: Service, key: bytes) -> None:
    at = urlsplit(service.address)
    for trailer, expected in ((b"X: 1\r\n", 201), (b"X-Dromo-License-Key: %s\r\n" % key, 401)):
        sent = chunked(service, key if expected == 201 else b"nobody")
        with socket.create_connection((at.hostname, at.port), timeout=60) as connection:
            connection.sendall(sent + b"0\r\n" + trailer + b"\r\n")
            assert int(connection.recv(65_536).split()[1]) == expected


def test_a_body_in_thousands_of_small_parts_is_taken(service: Service, key: bytes) -> None:
    padded = BODY + b" " * 8_000
    at = urlsplit(service.address)
    head, _, _ = chunked(service, key).partition(b"\r\n\r\n")
    with socket.create_connection((at.hostname, at.port), timeout=60) as connection:
        connection.sendall(head + b"\r\n\r\n")
        for byte in padded:
            connection.sendall(b"1;some=thing\r\n%c\r\n" % byte)
        connection.sendall(b"0\r\n\r\n")
        assert int(connection.recv(65_536).split()[1]) == 201
