"""What programs say to us in pieces of text: the engine of hooks, headers and parameters of requests, listings of SFTP servers."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
from collections import deque
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import orjson
from fastapi import Request
from starlette.responses import FileResponse

from headgate.config import Config
from headgate.dashboard.lines import _place
from headgate.engine.hooks.actions import ActionReader
from headgate.engine.hooks.check import _compile_problem, _shape_problem, expression_problem
from headgate.engine.hooks.expression import keys_read
from headgate.engine.hooks.failures import HookFailedError
from headgate.engine.hooks.fetch_messages import FetchRequest
from headgate.engine.hooks.limits import HookLimits
from headgate.engine.hooks.process import HookProcess
from headgate.engine.hooks.replies import MalformedReplyError, parse_changes, parse_times
from headgate.errors import InvalidError, NotFoundError
from headgate.imports.listing import Cursor
from headgate.sftp.forms import checked_hostname
from headgate.sftp.names import Entry, RegexRefusedError, checked_regex, filename, matching, reason_to_leave
from headgate.web import object_id
from headgate.web.body import MalformedError, parse_json
from headgate.web.conditions import based_on
from headgate.web.language import language_of
from headgate.web.paging import MAX_OFFSET, moment, page_of
from tests.fuzz.harness import Harness, Input, explains

SLOTS = ["a", "b"]


class _Engine(HookProcess):
    """The reading side of a hook process whose output is given."""

    def __init__(self, said: bytes) -> None:
        self.limits = HookLimits()
        self.console = []
        self.hook_counts = {"rowHooks": 2}
        self._fetcher = None
        self._in = bytearray(said)
        self._stderr = bytearray()
        self._out = deque()
        self._console_left = 10_000
        self._position = None
        self._last_life = 0.0


def check_hook_frames(data: bytes) -> None:
    """Bytes of the engine: messages of known form, or a failure of the hook."""
    engine = _Engine(data)
    reader = ActionReader(SLOTS)
    with contextlib.suppress(HookFailedError):
        while (frame := engine._take_frame("rowHooks")) is not None:
            FetchRequest.parse(frame)
            _compile_problem(frame)
            for read in (
                lambda frame=frame: parse_changes(frame, SLOTS, 3, 10),
                lambda frame=frame: parse_times(frame, 2),
                lambda frame=frame: reader.read(frame.get("actions"), "stepHooks", before_table=True),
                lambda frame=frame: reader.read(frame.get("actions"), "stepHooks", before_table=False),
            ):
                with contextlib.suppress(MalformedReplyError, HookFailedError):
                    read()
            engine._handle(frame, "rowHooks")
    for entry in engine.console:
        orjson.dumps(entry.to_json())


def check_hook_source(data: bytes) -> None:
    """The text of a hook or a row expression, looked at by the grammar alone."""
    source = data.decode("utf-8", "replace")
    keys = keys_read(source)
    assert keys is None or all(isinstance(key, str) for key in keys)
    for problem in (_shape_problem(source), expression_problem(source)):
        assert problem is None or problem.strip()


def _request(headers: list[tuple[bytes, bytes]], query: bytes = b"") -> Request:
    return Request({
        "type": "http", "method": "GET", "path": "/x", "query_string": query, "headers": headers, "scheme": "http",
        "server": ("h", 80), "root_path": "", "app": SimpleNamespace(state=SimpleNamespace(config=Config())),
    })  # fmt: skip


def check_headers(data: bytes) -> None:
    """Conditions, languages, parameters, cursors and ids: understood or refused."""
    options = Input(data)
    text = options.text()
    plain = text.encode("latin-1", "replace").replace(b"\n", b" ")
    versions = based_on(_request([(b"if-match", plain), (b"if-match", plain[:9])]))
    assert versions is None or all(version >= 0 for version in versions)
    assert language_of(_request([(b"accept-language", plain), (b"x-headgate-request", b"1")]))
    query = _request([], plain)
    with contextlib.suppress(InvalidError):
        page = page_of(query)
        assert 0 <= page.offset <= MAX_OFFSET
        assert 1 <= page.limit <= 1000
        page.envelope(query, 5, [])
    problems: dict[str, list[str]] = {}
    found = moment(query, "since", problems, end_of_day=True)
    assert found is None or found.tzinfo is not None
    for read in (Cursor.of_text, _place, object_id):
        with contextlib.suppress(InvalidError, NotFoundError):
            read(text)  # type: ignore[operator]  # each takes a text


def check_body(data: bytes) -> None:
    """A body: what is taken is JSON that the database and every answer can hold."""
    with contextlib.suppress(MalformedError):
        value = parse_json(data)
        orjson.dumps(value, default=str, option=orjson.OPT_NON_STR_KEYS) if _fits(value) else None


def _fits(value: Any) -> bool:
    """Whether all whole numbers fit into the 64 bits that this writer can hold."""
    if isinstance(value, dict):
        return all(map(_fits, value.values()))
    if isinstance(value, list):
        return all(map(_fits, value))
    return not isinstance(value, int) or -(2**63) <= value < 2**64


def check_range(data: bytes) -> None:
    """The `Range` of a download: a part of the file, all of it, or a refusal."""
    content = bytes(range(256)) * 4
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(content)
        status, body = asyncio.run(_download(path, data.replace(b"\n", b" ").replace(b"\r", b" ")))
    assert status in {200, 206, 400, 416}
    assert status != 200 or body == content


async def _download(path: Path, wanted: bytes) -> tuple[int, bytes]:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.disconnect"}

    scope = {"type": "http", "method": "GET", "headers": [(b"range", wanted)], "extensions": {}}
    await FileResponse(path)(scope, receive, send)
    return sent[0]["status"], b"".join(message.get("body", b"") for message in sent[1:])


def check_listing(data: bytes) -> None:
    """Names of a listing and an expression over them: told apart, never an error, in linear time."""
    pattern, _, listing = data.partition(b"\n")
    names = listing.split(b"\n")[:50]
    for name in names:
        shown = filename(name)
        shown.encode()
        assert "/" not in shown
        assert "\0" not in shown
        if reason_to_leave(name) is None:
            assert b"/" not in name
            Entry(name, len(name), 0).version("/in/")
    try:
        expression = checked_regex(pattern.decode("utf-8", "replace"))
    except RegexRefusedError as error:
        explains(str(error))
        return
    assert len(matching(expression, names)) == len(names)


def check_hostname(data: bytes) -> None:
    """The name of a host: in the form in which it is looked up, which is its own form."""
    with contextlib.suppress(ValueError):
        found = checked_hostname(data.decode("utf-8", "replace"))
        assert found
        assert not set(found) & set("/\\@?# ")
        assert checked_hostname(found) == found


def frame_of(*messages: Any) -> bytes:
    """Messages as the engine sends them."""
    bodies = [orjson.dumps(message) for message in messages]
    return b"".join(len(body).to_bytes(4, "little") + body for body in bodies)


CHANGES = {
    "t": "done", "id": 1, "values": [[0, [0, 2], ["x", None], [1]], [1, None, ["a", "b", "c"], []]], "took": [1, 2.5],
    "infos": [[0, 1], [0, 0], ["error", None], ["no", None]], "options": [[0, 1, [["L", "v", ["w"]]]]],
}  # fmt: skip
ACTIONS = {"t": "done", "actions": [
    ["addField", '[{"label":"N","key":"n"},{"before":"a"}]'], ["setHeaderRow", "[2]"], ["setUser", '[{"id":"u"}]'],
    ["addRows", '[[{"index":0,"row":{"a":{"value":"1"}}}]]'], ["removeRows", '[["r"]]'],
    ["updateInfoMessages", '[[{"rowIndex":0,"fieldKey":"a","message":"m","level":"info"}]]'],
]}  # fmt: skip

HARNESSES = (
    Harness("hook-frames", "protocols", check_hook_frames, lambda: (
        frame_of({"t": "ready"}, CHANGES), frame_of(ACTIONS), frame_of({"t": "log", "level": "warn", "text": "x", "row": 1}),
        frame_of({"t": "error", "kind": "rowHooks", "position": 1, "message": "file:///x.js", "line": 2, "column": 3}),
        frame_of({"t": "fetch", "id": 1, "url": "https://a", "method": "GET", "headers": [["a", "b"]], "body": "eA=="}),
    ), (b'"t":', b'"values"', b'"infos"', b'"options"', b'"took"', b'"actions"', b"null", b"[[", b"]]", b'"position"', b"1e300")),
    Harness("hook-source", "protocols", check_hook_source, lambda: (
        b"(row) => row", b"async function f(row, mode) { return row.a + 1 }", b"row['a'] ?? `x${row.b}`", b"if (row.a) return 1",
    ), (b"row.", b"row[", b"=>", b"function", b"return ", b"`${", b"/*", b"//", b"})", b"class ", b"?.")),
    Harness("headers", "protocols", check_headers, lambda: (
        b'"3", W/"4-gzip", *', b"de-DE;q=0.5, fr;q=nan, *;q=0", b"offset=5&limit=99999999999999999999",
        b"since=2024-03-01T10:00:00%2B25:00",
        b"0b9f1e2a-0000-4000-8000-000000000000", b"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", b"since=0001-01-01T00:00:00%2B23:59",
        b"since=9999-12-31",
    ), (b"offset=", b"limit=", b"since=", b";q=", b'W/"', b"%00", b"%ff", b"inf"), max_bytes=256),
    Harness("body", "protocols", check_body, lambda: (
        b'{"a": [1, 2.5e3, "\\u00e9\\ud83d\\ude00"]}', b'{"a": 1e400}', b'{"a": 12345678901234567890123}',
    ),
            (b"\\ud800", b"1e", b"NaN", b"-0", b"[[[[")),
    Harness("range", "protocols", check_range, lambda: (b"bytes=0-9", b"bytes=0-1,5-7,-3", b"bytes=1000-", b"items=1"),
            (b"bytes=", b"-", b",", b"18446744073709551616"), max_bytes=256),
    Harness("listing", "protocols", check_listing,
            lambda: (b"\\.csv$\na.csv\nb.csv.part\n.hidden\n\xff\xfe.csv", b"(?i)x{1,5}\nX\n..\n/etc"),
            (b"(?i)", b"{1000}", b"\\p{L}", b".csv", b"\xe2\x80\xae"), max_bytes=512),
    Harness("hostname", "protocols", check_hostname, lambda: (b"sftp.example.com", b"[::1]", b"b\xc3\xbccher.example", b"0x7f.1", b"1"),
            (b"xn--", b"::", b"0x", b"%25", b"\xe3\x80\x82"), max_bytes=128),
)  # fmt: skip
