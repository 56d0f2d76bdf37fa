"""One try to send one webhook, against real receivers."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from standardwebhooks import Webhook, WebhookVerificationError

from headgate.net import AddressGuard
from headgate.webhooks.delivery import Message, Outcome, Problem, Sender
from headgate.webhooks.secrets import new_secret
from tests.receiver import Received, Receiver, Reply
from tests.unit.webhooks.conftest import guard_of

SECRET = new_secret()


def send(
    guard: AddressGuard,
    url: str,
    *,
    body: str = '{"event": "tëst"}',
    secrets: tuple[str, ...] = (SECRET,),
    seconds: float = 5.0,
    tls: ssl.SSLContext | None = None,
) -> Outcome:
    async def once() -> Outcome:
        sender = Sender(guard, seconds=seconds, tls=tls)
        try:
            return await sender.send(Message("msg_1", url, "application/json", body, secrets))
        finally:
            await sender.close()

    return asyncio.run(once())


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as running:
        yield running


def test_the_receiver_can_verify_it_with_the_library_of_the_standard(receiver: Receiver) -> None:
    outcome = send(guard_of(receiver), receiver.url("/in?a=b"))
    assert (outcome.status, outcome.problem) == (200, None)
    (received,) = receiver.requests
    assert received.path == "/in?a=b"
    assert received.headers["host"] == f"receiver.example:{receiver.port}"
    assert received.headers["content-type"] == "application/json"
    assert Webhook(SECRET).verify(received.body, received.headers) == {"event": "tëst"}
    with pytest.raises(WebhookVerificationError):
        Webhook(new_secret()).verify(received.body, received.headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(received.body.replace(b"event", b"evens"), received.headers)


def test_each_of_several_secrets_verifies_it(receiver: Receiver) -> None:
    secrets = (SECRET, new_secret(), new_secret())
    send(guard_of(receiver), receiver.url(), secrets=secrets)
    (received,) = receiver.requests
    for secret in secrets:
        Webhook(secret).verify(received.body, received.headers)


def test_without_a_secret_there_is_no_signature_but_an_id(receiver: Receiver) -> None:
    send(guard_of(receiver), receiver.url(), secrets=())
    headers = receiver.requests[0].headers
    assert "webhook-signature" not in headers
    assert headers["webhook-id"] == "msg_1"


@pytest.mark.parametrize(
    ("status", "problem"),
    [
        (200, None), (201, None), (204, None), (299, None), (301, "redirected"), (307, "redirected"), (304, "redirected"),
        (400, "error_status"), (404, "error_status"), (410, "gone"), (429, "error_status"), (500, "error_status"),
    ],
)  # fmt: skip
def test_only_2xx_is_success(receiver: Receiver, status: int, problem: str | None) -> None:
    receiver.answer = lambda *_: Reply(status, {"location": receiver.url("/elsewhere")})
    outcome = send(guard_of(receiver), receiver.url())
    assert (outcome.status, outcome.problem) == (status, problem)
    assert [received.path for received in receiver.requests] == ["/hook"]


def test_the_start_of_the_answer_is_kept_as_text_that_every_database_takes(receiver: Receiver) -> None:
    receiver.answer = lambda *_: Reply(500, body=b"no\0pe \xff " + b"x" * 100_000)
    answer = send(guard_of(receiver), receiver.url()).answer
    assert answer is not None
    assert answer.startswith("no\ufffdpe \ufffd xxx")
    assert len(answer) == 2048


def test_a_receiver_that_hangs_is_left_after_the_time(receiver: Receiver) -> None:
    released = threading.Event()
    receiver.answer = lambda *_: Reply(hang=released)
    outcome = send(guard_of(receiver), receiver.url(), seconds=0.3)
    released.set()
    assert (outcome.status, outcome.problem) == (None, Problem.TIMED_OUT)
    assert outcome.milliseconds is not None
    assert 250 < outcome.milliseconds < 4000


def raw_server(talk: Callable[[socket.socket], None]) -> tuple[int, threading.Thread]:
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with listening:
            connection, _ = listening.accept()
            with connection:
                try:
                    talk(connection)
                except OSError:
                    return

    thread = threading.Thread(target=serve)
    thread.start()
    return listening.getsockname()[1], thread


@pytest.mark.parametrize(
    ("head", "problem"),
    [(b"", Problem.TIMED_OUT), (b"HTTP/1.1 200 OK\r\n\r\n", None), (b"HTTP/1.1 500 No\r\n\r\n", Problem.TIMED_OUT)],
)
def test_an_answer_that_drips_for_ever_holds_nobody_up(head: bytes, problem: Problem | None) -> None:
    def drip(connection: socket.socket) -> None:
        connection.sendall(head)
        while True:
            connection.sendall(b"x" if head else b"HTTP/1.1 200 OK\r\nx: y\r\n"[:1])
            threading.Event().wait(0.02)

    port, thread = raw_server(drip)
    guard = AddressGuard("webhooks", [f"r.example:{port}"], resolver=lambda *_: ["127.0.0.1"])
    outcome = send(guard, f"http://r.example:{port}/", seconds=0.4)
    thread.join(10)
    assert not thread.is_alive()
    if head:
        assert outcome.problem == problem
    else:
        assert outcome.problem in {Problem.TIMED_OUT, Problem.BAD_ANSWER}


@pytest.mark.parametrize("answer", [b"", b"no http at all\r\n\r\n", b"HTTP/1.1 999999 x\r\n\r\n"])
def test_an_answer_that_is_no_http_is_a_bad_answer(answer: bytes) -> None:
    def talk(connection: socket.socket) -> None:
        connection.recv(65_536)
        connection.sendall(answer)

    port, thread = raw_server(talk)
    guard = AddressGuard("webhooks", [f"r.example:{port}"], resolver=lambda *_: ["127.0.0.1"])
    assert send(guard, f"http://r.example:{port}/").problem == Problem.BAD_ANSWER
    thread.join(10)


def test_a_port_where_nobody_listens_is_not_connected() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    guard = AddressGuard("webhooks", [f"r.example:{port}"], resolver=lambda *_: ["127.0.0.1"])
    assert send(guard, f"http://r.example:{port}/").problem == Problem.NOT_CONNECTED


def test_the_next_address_is_tried_when_the_first_does_not_listen(receiver: Receiver) -> None:
    guard = AddressGuard("webhooks", [f"r.example:{receiver.port}"], resolver=lambda *_: ["127.0.0.2", "127.0.0.1"])
    assert send(guard, receiver.url(host="r.example")).problem is None


def test_a_name_that_means_this_machine_at_the_second_look_is_refused_at_the_second_try(receiver: Receiver) -> None:
    """DNS rebinding: whatever a name meant before, the address that is connected to is the one that was checked."""
    answers = [["127.0.0.1"], ["93.184.216.34", "127.0.0.1"], ["127.0.0.1"]]
    guard = AddressGuard("webhooks", resolver=lambda *_: answers.pop())
    for _ in range(3):
        assert send(guard, receiver.url()).problem == Problem.ADDRESS_REFUSED
    assert receiver.requests == []
    assert answers == []


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:PORT/", "http://localhost:PORT/", "http://0x7f.1:PORT/", "http://2130706433:PORT/",
        "http://[::1]:PORT/", "http://[::ffff:127.0.0.1]:PORT/", "http://0:PORT/", "http://127.1:PORT/",
        "http://[64:ff9b::7f00:1]:PORT/", "ftp://127.0.0.1:PORT/", "http://user@127.0.0.1:PORT/",
    ],
)  # fmt: skip
def test_this_machine_is_refused_in_every_notation(receiver: Receiver, url: str) -> None:
    outcome = send(AddressGuard("webhooks"), url.replace("PORT", str(receiver.port)))
    assert outcome.problem in {Problem.ADDRESS_REFUSED, Problem.HOST_NOT_FOUND}
    assert receiver.requests == []


def test_a_name_without_an_address_is_not_found() -> None:
    def nowhere(_host: str, _port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    assert send(AddressGuard("webhooks", resolver=nowhere), "https://x.example/").problem == Problem.HOST_NOT_FOUND


def test_a_resolver_that_hangs_counts_into_the_time() -> None:
    released = threading.Event()

    def slow(_host: str, _port: int) -> list[str]:
        released.wait(10)
        return ["127.0.0.1"]

    async def once() -> Outcome:
        sender = Sender(AddressGuard("webhooks", resolver=slow), seconds=0.2)
        outcome = await sender.send(Message("m", "https://x.example/", "text/plain", "", ()))
        released.set()
        await sender.close()
        return outcome

    assert asyncio.run(once()).problem == Problem.TIMED_OUT


def test_credentials_in_the_url_of_a_basic_webhook_are_sent_as_such(receiver: Receiver) -> None:
    send(guard_of(receiver), receiver.url().replace("://", "://me:s%20ecret@"), secrets=())
    received = receiver.requests[0]
    assert received.headers["authorization"] == "Basic bWU6cyBlY3JldA=="
    assert "@" not in received.headers["host"]


@pytest.mark.parametrize(
    ("header", "least", "most"),
    [
        ("120", 120, 120),
        (format_datetime(datetime.now(UTC) + timedelta(days=1), usegmt=True), 1, 86_400),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None, None),
        ("soon", None, None),
        ("-5", None, None),
        ("9" * 400, 1, 1e9),
    ],
    ids=["seconds", "a date to come", "a date gone by", "a word", "below zero", "very many seconds"],
)
def test_retry_after_is_seconds_or_a_date(receiver: Receiver, header: str, least: float, most: float) -> None:
    receiver.answer = lambda *_: Reply(503, {"retry-after": header})
    wait = send(guard_of(receiver), receiver.url()).retry_after
    assert wait is None if least is None else (wait is not None and least <= wait <= most)


class Authority:
    """A certificate authority and a certificate of it for one name."""

    def __init__(self, folder: Path, name: str) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
        now = datetime.now(UTC)
        certificate = (
            x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .sign(key, hashes.SHA256())
        )
        self.file = folder / "certificate.pem"
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        self.file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM) + private)

    def server(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.file)
        return context

    def trusted(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.file))


def test_the_certificate_must_be_trusted_and_name_the_host_of_the_url(tmp_path: Path) -> None:
    authority = Authority(tmp_path, "receiver.example")
    with Receiver(tls=authority.server()) as receiver:
        guard, trusted = guard_of(receiver), authority.trusted()
        assert send(guard, receiver.url(scheme="https"), tls=trusted).problem is None
        assert send(guard, receiver.url(scheme="https")).problem == Problem.TLS_FAILED
        other = receiver.url(scheme="https", host="other.example")
        assert send(guard, other, tls=trusted).problem == Problem.TLS_FAILED
        assert len(receiver.requests) == 1


def test_a_connection_is_never_used_for_another_host_behind_the_same_address(tmp_path: Path) -> None:
    """A kept connection would carry the second host's secrets to the first one's certificate."""
    authority = Authority(tmp_path, "receiver.example")

    async def both(receiver: Receiver) -> list[Problem | None]:
        sender = Sender(guard_of(receiver), tls=authority.trusted())
        outcomes = [
            await sender.send(Message("m", receiver.url(scheme="https", host=host), "text/plain", "", ()))
            for host in ("receiver.example", "other.example")
        ]
        await sender.close()
        return [outcome.problem for outcome in outcomes]

    with Receiver(tls=authority.server()) as receiver:
        assert asyncio.run(both(receiver)) == [None, Problem.TLS_FAILED]


def test_the_body_is_sent_to_the_byte(receiver: Receiver) -> None:
    body = '{"a": "' + "ü€𝄞" * 100_000 + '"}'
    send(guard_of(receiver), receiver.url(), body=body)
    received: Received = receiver.requests[0]
    assert received.body == body.encode()
