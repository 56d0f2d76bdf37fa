"""`fetch` of hooks: only hosts the operator lists, only at checked addresses, within limits."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headgate.engine.errors import ImportFailedError
from headgate.engine.hooks.fetch import Fetcher, FetchRefusedError, FetchRequest
from headgate.engine.hooks.limits import HookLimits
from headgate.engine.hooks.process import HookProcess
from headgate.engine.hooks.rows import HookField
from headgate.engine.hooks.session import HookSession
from headgate.schema.hooks import Hooks
from tests.unit.engine.hooks.hook_tables import make_batch

LIMITS = HookLimits(call_seconds=60, fetch_seconds=30, fetch_bytes=100_000)
IMPATIENT = HookLimits(call_seconds=60, fetch_seconds=1, fetch_bytes=100_000)


class Handler(BaseHTTPRequestHandler):
    """Echoes the request; some paths misbehave."""

    def do_GET(self) -> None:
        length = int(self.headers.get("content-length") or 0)
        body = self.rfile.read(length).decode()
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("location", self.path.removeprefix("/to/"))
            self.send_header("content-length", "0")
            self.end_headers()
            return
        if self.path == "/large":
            answer = b"x" * 200_000
        elif self.path == "/slow":
            threading.Event().wait(4)
            answer = b""
        else:
            said = {
                "method": self.command,
                "path": self.path,
                "body": body,
                "headers": {k.lower(): v for k, v in self.headers.items()},
            }
            answer = json.dumps(said).encode()
        self.send_response(404 if self.path == "/missing" else 200)
        self.send_header("content-type", "application/json")
        if self.path == "/packed":
            self.send_header("content-encoding", "gzip")
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        try:
            self.wfile.write(answer)
        except OSError:
            self.close_connection = True

    do_POST = do_GET  # noqa: N815 - named by http.server

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """Takes as many connections as a batch of rows makes: who finds no place waits a second, and then three."""

    request_queue_size = 128


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def loopback(_host: str, _port: int) -> list[str]:
    return ["127.0.0.1"]


@pytest.fixture
def fetcher(port: int) -> Iterator[Fetcher]:
    fetcher = Fetcher([f"public.example:{port}"], [f"api.example:{port}"], resolver=loopback)
    yield fetcher
    fetcher.close()


def run(fetcher: Fetcher | None, body: str) -> str | None:
    """What `body`, the inside of an async row hook, returns."""
    hook = f"async (r) => {{ r.row.a.value = String(await (async () => {{ {body} }})()); return r; }}"
    with HookProcess(LIMITS, fetcher=fetcher) as process:
        session = HookSession(process, Hooks.model_validate({"rowHooks": [hook]}), ["a"])
        session.set_fields([HookField("a", ("a",))])
        text = session.row_hooks(make_batch({"a": ["x"]}), "init").values["a"].value[0]
    return str(text)


def test_an_allowed_host_answers(fetcher: Fetcher, port: int) -> None:
    said = run(
        fetcher,
        f"""const init = {{method: 'POST', body: 'hällo', headers: {{'x-own': 'v'}}}};
        const r = await fetch('http://api.example:{port}/x?y=1', init);
        const j = await r.json();
        return [r.ok, r.status, j.method, j.path, j.body, j.headers['x-own'], j.headers.host].join('|');""",
    )
    assert said == f"true|200|POST|/x?y=1|hällo|v|api.example:{port}"


def test_requests_run_at_once_and_answers_find_their_way(fetcher: Fetcher, port: int) -> None:
    said = run(
        fetcher,
        f"""const all = await Promise.all([...Array(20).keys()].map(async (n) =>
          (await (await fetch('http://api.example:{port}/' + n)).json()).path));
        return all.join();""",
    )
    assert said == ",".join(f"/{n}" for n in range(20))


def test_later_messages_and_unawaited_requests_do_not_disturb_one_another(fetcher: Fetcher, port: int) -> None:
    hook = f"""async (r) => {{
      const f = fetch('http://api.example:{port}/' + r.index);
      if (r.index % 3) r.row.a.value = (await (await f).json()).path; return r; }}"""
    with HookProcess(LIMITS, fetcher=fetcher) as process:
        session = HookSession(process, Hooks.model_validate({"rowHooks": [hook]}), ["a"])
        session.set_fields([HookField("a", ("a",))])
        for first in (0, 20, 40):
            batch = make_batch({"a": ["x"] * 20}, first=first)
            after = session.row_hooks(batch, "init").applied_to(batch.texts)["a"].to_list()
            assert after == [f"/{n}" if n % 3 else "x" for n in range(first, first + 20)]


def test_an_error_status_is_an_answer_and_a_refusal_can_be_caught(fetcher: Fetcher, port: int) -> None:
    assert run(fetcher, f"return (await fetch('http://api.example:{port}/missing')).status") == "404"
    caught = run(fetcher, "try { await fetch('http://other.example/'); } catch (e) { return e instanceof TypeError; }")
    assert caught == "true"


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("http://other.example/", "not one that the operator allows"),
        ("http://api.example/", "not one that the operator allows"),
        ("http://public.example:PORT/", "not on the public internet"),
        ("http://127.0.0.1:PORT/", "not one that the operator allows"),
        ("http://api.example:PORT/to/http://127.0.0.1:PORT/", "not one that the operator allows"),
        ("http://api.example:PORT/to/http://public.example:PORT/", "not on the public internet"),
        ("http://api.example:PORT/to/file:///etc/passwd", "Only http and https"),
        ("http://api.example:PORT/to/http://api.example:PORT/x", None),
        ("http://api.example:PORT/large", "larger"),
        ("http://api.example:PORT/slow", "failed: ReadTimeout"),
        ("http://api.example:PORT/packed", "compressed"),
        ("ftp://api.example/", "Only http and https"),
        ("data:text/plain,x", "Only http and https"),
        ("file:///etc/passwd", "Only http and https"),
    ],
)
def test_what_is_refused_says_why(fetcher: Fetcher, port: int, url: str, told: str | None) -> None:
    request = FetchRequest(1, url.replace("PORT", str(port)), "GET", [], b"")
    if told is None:
        assert fetcher.fetch(request, LIMITS).status == 200
        return
    answers: list[str | None] = []
    done = threading.Event()
    limits = IMPATIENT if url.endswith("/slow") else LIMITS
    fetcher.submit(request, limits, lambda answer: (answers.append(answer.problem), done.set())[0])
    assert done.wait(60)
    assert told in str(answers[0])


def test_endless_redirects_end(fetcher: Fetcher, port: int) -> None:
    url = f"http://api.example:{port}" + f"/to/http://api.example:{port}" * 7 + "/x"
    with pytest.raises(FetchRefusedError, match="too often"):
        fetcher.fetch(FetchRequest(1, url, "GET", [], b""), LIMITS)


def test_credentials_stay_behind_when_another_host_is_reached(port: int) -> None:
    fetcher = Fetcher([], [f"a.example:{port}", f"b.example:{port}"], resolver=loopback)
    secret = [("Authorization", "s"), ("Cookie", "s"), ("X-Own", "kept")]
    url = f"http://a.example:{port}/to/http://b.example:{port}/end"
    said = json.loads(fetcher.fetch(FetchRequest(1, url, "GET", secret, b""), LIMITS).body)
    fetcher.close()
    names = {name.lower() for name in said["headers"]}
    assert "x-own" in names
    assert not {"authorization", "cookie"} & names


def test_a_host_is_resolved_once_per_request_and_every_address_must_be_public() -> None:
    asked: list[str] = []

    def resolver(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["93.184.216.34", "10.0.0.1"]

    fetcher = Fetcher(["*.example.com"], resolver=resolver)
    with pytest.raises(FetchRefusedError, match="public internet"):
        fetcher.fetch(FetchRequest(1, "https://a.example.com/", "GET", [], b""), LIMITS)
    with pytest.raises(FetchRefusedError, match="operator allows"):
        fetcher.fetch(FetchRequest(1, "https://example.com/", "GET", [], b""), LIMITS)
    fetcher.close()
    assert asked == ["a.example.com"]


def test_there_is_no_fetch_without_allowed_hosts() -> None:
    with pytest.raises(ImportFailedError, match="fetch is not defined"):
        run(None, "return fetch('http://x/')")


@given(
    st.dictionaries(
        st.sampled_from(["id", "url", "method", "headers", "body"]),
        st.one_of(st.none(), st.integers(), st.text(), st.lists(st.lists(st.text())), st.booleans()),
    )
)
def test_a_request_of_any_form_is_read_or_refused(frame: dict[str, object]) -> None:
    request = FetchRequest.parse(frame)
    assert request is None or request.method == frame["method"]
