from __future__ import annotations

import io
from pathlib import Path

from headgate.client.sinks import FileSink, PathSink, sink_for


def test_a_file_appears_only_when_it_is_complete(tmp_path: Path) -> None:
    target = tmp_path / "rows.json"
    sink = PathSink(target)
    sink.begin()
    sink.write(b"half")
    assert not target.exists()
    sink.finish()
    assert target.read_bytes() == b"half"
    assert list(tmp_path.iterdir()) == [target]


def test_a_broken_download_leaves_what_was_there_before_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "rows.json"
    target.write_bytes(b"before")
    sink = PathSink(target)
    sink.begin()
    sink.write(b"half")
    sink.abandon()
    assert target.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [target]


def test_a_second_attempt_starts_from_nothing(tmp_path: Path) -> None:
    target = tmp_path / "rows.json"
    sink = sink_for(str(target))
    for data in (b"the first attempt", b"second"):
        sink.begin()
        sink.write(data)
    sink.finish()
    assert target.read_bytes() == b"second"


def test_a_second_attempt_into_an_open_file_starts_where_the_first_did() -> None:
    file = io.BytesIO()
    file.write(b"kept,")
    sink = sink_for(file)
    assert isinstance(sink, FileSink)
    assert sink.restartable
    for data in (b"the first attempt", b"second"):
        sink.begin()
        sink.write(data)
    sink.finish()
    assert file.getvalue() == b"kept,second"
