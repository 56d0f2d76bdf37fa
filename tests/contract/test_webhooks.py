"""webhooks.md over HTTP: setting webhooks up, and what a real server sends to real receivers."""

from __future__ import annotations

import json
import threading
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from standardwebhooks import Webhook as Verifier

from headgate.accounts.service import AccountService
from tests.contract.harness import CSV, FIELDS, Service, create, run, upload, wait
from tests.contract.review_page import open_page
from tests.receiver import Receiver, Reply


def start_sending(data_dir: Path, receiver: Receiver) -> Service:
    """A service that may send to the receiver, and tries again soon."""
    return Service(
        data_dir, workers=1, shutdown_grace=0, webhook_retry_delay=0.05, webhook_tries=4,
        webhook_private_hosts=f"localhost:{receiver.port},127.0.0.1:{receiver.port}",
    ).start()  # fmt: skip


@pytest.fixture(scope="module")
def listening() -> Iterator[Receiver]:
    with Receiver() as running:
        yield running


@pytest.fixture
def receiver(listening: Receiver) -> Receiver:
    """The same for all tests, behaving well again and with nothing received."""
    listening.forget()
    return listening


@pytest.fixture(scope="module")
def sending(tmp_path_factory: pytest.TempPathFactory, listening: Receiver) -> Iterator[Service]:
    running = start_sending(tmp_path_factory.mktemp("sending") / "data", listening)
    yield running
    running.kill()


@pytest.fixture
def sender(sending: Service) -> Iterator[httpx.Client]:
    """A caller of an organization of its own, so that tests do not see one another's deliveries."""
    database = sending.database()
    accounts = AccountService(database)
    key = accounts.create_key("test", organization_id=accounts.create_organization(uuid.uuid4().hex)).key
    database.dispose()
    with sending.client(key) as one:
        yield one


@pytest.fixture
def mortal(tmp_path: Path, receiver: Receiver) -> Iterator[Service]:
    """A service that may be killed."""
    running = start_sending(tmp_path / "data", receiver)
    yield running
    running.kill()


def add(client: httpx.Client, url: str = "https://receiver.example/hook", **values: Any) -> dict[str, Any]:
    answer = client.post("/webhooks/", json={"url": url} | values)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def deliveries(client: httpx.Client, **query: Any) -> list[dict[str, Any]]:
    answer = client.get("/webhooks/deliveries/", params=query)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["results"]
    return found


def until_states(client: httpx.Client, *states: str, seconds: float = 30) -> list[dict[str, Any]]:
    deadline = time.monotonic() + seconds
    while True:
        found = deliveries(client)
        if sorted(one["state"] for one in found) == sorted(states):
            return found
        assert time.monotonic() < deadline, found
        time.sleep(0.05)


def test_a_webhook_is_created_shown_changed_and_deleted(client: httpx.Client) -> None:
    made = add(client, "https://Receiver.example:443/hook", events=["import_completed"], description="CRM")
    secret = made.pop("secret")
    assert secret.startswith("whsec_")
    assert (made["url"], made["enabled"]) == ("https://receiver.example/hook", True)
    assert made["secrets"][0]["expires_date"] is None
    shown = client.get(f"/webhooks/{made['id']}/")
    assert shown.json() == made
    assert secret not in shown.text
    assert made in client.get("/webhooks/").json()["results"]
    changed = client.patch(f"/webhooks/{made['id']}/", json={"enabled": False}).json()
    assert (changed["enabled"], changed["events"], changed["description"]) == (False, ["import_completed"], "CRM")
    replaced = client.put(f"/webhooks/{made['id']}/", json={"url": "http://other.example/"}).json()
    assert (replaced["enabled"], replaced["events"], replaced["description"]) == (True, [], "")
    assert client.delete(f"/webhooks/{made['id']}/").status_code == 204
    assert client.get(f"/webhooks/{made['id']}/").status_code == 404


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({}, "url"),
        ({"url": 5}, "url"),
        ({"url": "no address"}, "url"),
        ({"url": "ftp://x.example/"}, "url"),
        ({"url": "file:///etc/passwd"}, "url"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "https://user:password@x.example/"}, "url"),
        ({"url": "https://x.example/#part"}, "url"),
        ({"url": "https://x.example/" + "x" * 3000}, "url"),
        ({"url": "https://x.example/", "events": ["import_complete"]}, "events[0]"),
        ({"url": "https://x.example/", "events": "import_completed"}, "events"),
        ({"url": "https://x.example/", "enabled": "yes"}, "enabled"),
        ({"url": "https://x.example/", "development_mode": 1}, "development_mode"),
        ({"url": "https://x.example/", "schema_ids": ["x"]}, "schema_ids[0]"),
        ({"url": "https://x.example/", "schema_ids": [str(uuid.uuid4())]}, "schema_ids[0]"),
        ({"url": "https://x.example/", "import_identifiers": ["a\0"]}, "import_identifiers[0]"),
        ({"url": "https://x.example/", "description": "x" * 1001}, "description"),
    ],
)
def test_what_is_wrong_is_named(client: httpx.Client, body: dict[str, Any], path: str) -> None:
    before = client.get("/webhooks/").json()["count"]
    answer = client.post("/webhooks/", json=body)
    assert answer.status_code == 400
    assert list(answer.json()) == [path]
    assert client.get("/webhooks/").json()["count"] == before


def test_all_problems_are_named_at_once(client: httpx.Client) -> None:
    answer = client.post("/webhooks/", json={"url": "x", "events": ["y"], "enabled": "z"})
    assert set(answer.json()) == {"url", "events[0]", "enabled"}


def test_another_organization_finds_nothing(client: httpx.Client, other_client: httpx.Client) -> None:
    made = add(client)
    sent = client.post(f"/webhooks/{made['id']}/test/").json()
    for method, path in [
        ("GET", f"/webhooks/{made['id']}/"),
        ("PUT", f"/webhooks/{made['id']}/"),
        ("PATCH", f"/webhooks/{made['id']}/"),
        ("DELETE", f"/webhooks/{made['id']}/"),
        ("POST", f"/webhooks/{made['id']}/test/"),
        ("POST", f"/webhooks/{made['id']}/rotate_secret/"),
        ("POST", f"/webhooks/{made['id']}/replay/"),
        ("GET", f"/webhooks/deliveries/{sent['id']}/"),
        ("POST", f"/webhooks/deliveries/{sent['id']}/replay/"),
    ]:
        body = {"json": {"url": "https://x.example/"}} if method in {"PUT", "PATCH"} else {}
        answer = other_client.request(method, path, **body)
        assert (answer.status_code, answer.json()) == (404, {"detail": "Not found."}), (method, path)
    assert other_client.get("/webhooks/").json()["count"] == 0
    assert deliveries(other_client, webhook_id=made["id"]) == []
    schema = {"name": uuid.uuid4().hex, "fields": [{"key": "a", "label": "A"}], "settings": {"importIdentifier": "S"}}
    mine = client.post("/schemas/", json=schema).json()["id"]
    answer = other_client.post("/webhooks/", json={"url": "https://x.example/", "schema_ids": [mine]})
    assert list(answer.json()) == ["schema_ids[0]"]


def test_without_a_key_nothing_is_shown(service: Service) -> None:
    with service.client(None) as stranger:
        for path in ("/webhooks/", "/webhooks/deliveries/", f"/webhooks/{uuid.uuid4()}/"):
            assert stranger.get(path).status_code == 401


@pytest.mark.parametrize("path", ["/webhooks/x/", "/webhooks/deliveries/x/", f"/webhooks/{uuid.UUID(int=0)}/"])
def test_what_names_nothing_is_not_found(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_receiver_in_the_operators_network_is_refused_and_the_log_says_why(client: httpx.Client) -> None:
    made = add(client, "http://169.254.169.254/latest/meta-data/")
    sent = client.post(f"/webhooks/{made['id']}/test/")
    assert sent.status_code == 202
    deadline = time.monotonic() + 20
    while (found := client.get(f"/webhooks/deliveries/{sent.json()['id']}/").json())["state"] != "dead":
        assert time.monotonic() < deadline
        time.sleep(0.05)
    (attempt,) = found["attempts"]
    assert (attempt["problem"], attempt["status"], attempt["answer"]) == ("address_refused", None, None)
    assert client.delete(f"/webhooks/{made['id']}/").status_code == 204


def test_an_import_is_told_to_managed_and_basic_webhooks(sender: httpx.Client, receiver: Receiver) -> None:
    made = add(sender, receiver.url("/managed", "localhost"))
    basic = {"webhookUrl": receiver.url("/basic", "127.0.0.1")}
    user = {"id": "u", "companyName": "Engines"}
    done = run(sender, settings=basic, import_metadata={"user": user})
    assert done["status"] == "SUCCESSFUL"
    by_path = {received.path: received for received in receiver.wait(2)}
    managed = by_path["/managed"]
    body = Verifier(made["secret"]).verify(managed.body, managed.headers)
    assert body["event"] == "import_completed"
    assert body["data"]["user"]["company_name"] == "Engines"
    expected = {key: value for key, value in done.items() if key != "review_url"}
    assert body["data"]["headless"] == expected
    assert by_path["/basic"].body == f"uploadId={done['id']}".encode()
    found = until_states(sender, "delivered", "delivered")
    assert {one["webhook_id"] for one in found} == {made["id"], None}
    full = sender.get(f"/webhooks/deliveries/{found[0]['id']}/").json()
    assert [attempt["status"] for attempt in full["attempts"]] == [200]
    assert len(deliveries(sender, import_id=done["id"], state="delivered", webhook_id=made["id"])) == 1


def test_the_place_in_a_callers_trace_goes_along_with_what_it_created(sender: httpx.Client, receiver: Receiver) -> None:
    place = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    for sent, expected in ((place, place), ("nonsense", None), (None, None)):
        receiver.forget()
        headers = {} if sent is None else {"traceparent": sent}
        settings = {"webhookUrl": receiver.url("/traced", "127.0.0.1")}
        body = {"fields": FIELDS, "settings": settings, "initial_data": [{"name": "Ada"}]}
        assert sender.post("/headless/imports/", json=body, headers=headers).status_code == 201
        (told,) = receiver.wait(1)
        assert told.headers.get("traceparent") == expected


def test_the_api_says_what_a_webhook_says_when_it_arrives(sender: httpx.Client, receiver: Receiver) -> None:
    seen: list[tuple[str, str]] = []

    def answer(received: Any, _before: int) -> Reply:
        data = json.loads(received.body)["data"]
        now = httpx.get(f"{sender.base_url}headless/imports/{data['id']}/", headers=sender.headers, timeout=30)
        seen.append((data["status"], now.json()["status"]))
        return Reply()

    receiver.answer = answer
    add(sender, receiver.url(host="localhost"))
    run(sender)
    run(sender, b"")
    until_states(sender, "delivered", "delivered")
    # Only what is of the same import comes in order.
    assert sorted(seen) == [("FAILED", "FAILED"), ("SUCCESSFUL", "SUCCESSFUL")]


def test_a_worker_that_crashes_for_good_is_told(sender: httpx.Client, receiver: Receiver) -> None:
    add(sender, receiver.url(host="localhost"), events=["headless_import_failed"])
    failed = run(sender, b"#do crash\n")
    assert failed["import_errors"][0]["code"] == "worker_crashed"
    body = json.loads(receiver.wait(1)[0].body)
    assert body["data"]["headless"]["import_errors"] == failed["import_errors"]


def test_what_could_not_be_delivered_is_replayed_by_a_person(sender: httpx.Client, receiver: Receiver) -> None:
    receiver.answer = lambda *_: Reply(500, body=b"broken")
    made = add(sender, receiver.url(host="localhost"))
    run(sender)
    (dead,) = until_states(sender, "dead")
    full = sender.get(f"/webhooks/deliveries/{dead['id']}/").json()
    assert [(one["status"], one["problem"], one["answer"]) for one in full["attempts"]] == [
        (500, "error_status", "broken")
    ] * 4
    receiver.answer = lambda *_: Reply()
    sender.patch(f"/webhooks/{made['id']}/", json={"enabled": False})
    assert sender.post(f"/webhooks/deliveries/{dead['id']}/replay/").status_code == 409
    sender.patch(f"/webhooks/{made['id']}/", json={"enabled": True})
    assert sender.post(f"/webhooks/deliveries/{dead['id']}/replay/").status_code == 202
    until_states(sender, "delivered")
    assert sender.post(f"/webhooks/{made['id']}/replay/").json() == {"count": 0}
    run(sender)
    until_states(sender, "delivered", "delivered")
    receiver.answer = lambda *_: Reply(500)
    run(sender)
    until_states(sender, "dead", "delivered", "delivered")
    receiver.answer = lambda *_: Reply()
    assert sender.post(f"/webhooks/{made['id']}/replay/").json() == {"count": 1}
    until_states(sender, "delivered", "delivered", "delivered")


def test_a_secret_is_replaced_without_a_gap(sender: httpx.Client, receiver: Receiver) -> None:
    made = add(sender, receiver.url(host="localhost"))
    answer = sender.post(f"/webhooks/{made['id']}/rotate_secret/")
    assert answer.status_code == 200, answer.text
    assert [one["expires_date"] is None for one in answer.json()["secrets"]] == [True, False]
    assert sender.post(f"/webhooks/{made['id']}/test/").status_code == 202
    received = receiver.wait(1)[0]
    for secret in (made["secret"], answer.json()["secret"]):
        assert Verifier(secret).verify(received.body, received.headers)["event"] == "test"
    wrong = sender.post(f"/webhooks/{made['id']}/rotate_secret/", json={"keep_seconds": -1})
    assert list(wrong.json()) == ["keep_seconds"]
    for _ in range(3):
        assert sender.post(f"/webhooks/{made['id']}/rotate_secret/").status_code == 200
    assert sender.post(f"/webhooks/{made['id']}/rotate_secret/").status_code == 409
    ended = sender.post(f"/webhooks/{made['id']}/rotate_secret/", json={"keep_seconds": 0})
    assert len(ended.json()["secrets"]) == 1


def test_a_review_is_told_when_it_begins_and_when_it_ends(
    sending: Service, sender: httpx.Client, receiver: Receiver
) -> None:
    add(sender, receiver.url(host="localhost"))
    page = open_page(sending, sender, settings={"needsReviewWebhookUrl": receiver.url("/basic", "localhost")})
    page.ready()
    page.submit()
    until_states(sender, "delivered", "delivered", "delivered", seconds=60)
    told = [json.loads(received.body) for received in receiver.requests if received.path == "/hook"]
    assert [one["event"] for one in told] == ["headless_import_needs_review", "import_completed"]
    assert [one["data"]["headless"]["status"] for one in told] == ["NEEDS_REVIEW", "SUCCESSFUL"]
    assert [received.body for received in receiver.requests if received.path == "/basic"] == [
        f"uploadId={page.id}".encode()
    ]


def test_no_secret_stands_readable_on_disk(mortal: Service, receiver: Receiver) -> None:
    with mortal.client(mortal.key()) as client:
        secret = add(client, receiver.url(host="localhost"))["secret"]
    mortal.kill()
    raw = secret.removeprefix("whsec_").encode()
    for path in [*mortal.data_dir.rglob("*"), mortal.log]:
        if path.is_file():
            assert raw not in path.read_bytes(), path
    assert (mortal.data_dir / "encryption-key").stat().st_mode & 0o077 == 0


def test_a_server_killed_in_the_middle_of_a_delivery_sends_it_again_with_the_same_id(
    mortal: Service, receiver: Receiver
) -> None:
    released = threading.Event()
    receiver.answer = lambda *_: Reply(hang=released)
    key = mortal.key()
    with mortal.client(key) as client:
        made = add(client, receiver.url(host="localhost"))
        done = run(client)
        receiver.wait(1)  # the request is under way, and nobody has answered
    mortal.kill()
    receiver.answer = lambda *_: Reply()
    mortal.start()
    received = receiver.wait(2)
    released.set()
    assert received[0].headers["webhook-id"] == received[1].headers["webhook-id"]
    assert received[0].body == received[1].body
    with mortal.client(key) as client:
        (sent,) = until_states(client, "delivered")
        assert (sent["import_id"], sent["webhook_id"]) == (done["id"], made["id"])
        attempts = client.get(f"/webhooks/deliveries/{sent['id']}/").json()["attempts"]
        assert [attempt["problem"] for attempt in attempts] == ["interrupted", None]


@pytest.mark.slow
def test_no_event_is_lost_or_early_over_kills(mortal: Service, receiver: Receiver) -> None:
    key = mortal.key()
    with mortal.client(key) as client:
        add(client, receiver.url(host="localhost"))
    made: list[str] = []
    for _ in range(2):
        with mortal.client(key) as client:
            for _ in range(6):
                created = create(client)
                upload(created, b"#do sleep 0.05\n" + CSV)
                made.append(created["id"])
            receiver.wait(len(receiver.requests) + 1)
        mortal.kill()
        mortal.start()
    with mortal.client(key) as client:
        for import_id in made:
            assert wait(client, import_id, 60)["status"] == "SUCCESSFUL"
        until_states(client, *["delivered"] * len(made), seconds=60)
    told = {json.loads(received.body)["data"]["id"]: received.headers["webhook-id"] for received in receiver.requests}
    assert set(told) == set(made)
    assert len({received.headers["webhook-id"] for received in receiver.requests}) == len(made)
