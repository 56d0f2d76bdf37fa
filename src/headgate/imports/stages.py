"""What is known of a run while it goes on: whether it is soon over, and what a trace shows of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from headgate.imports.states import Status
from headgate.imports.worker import RunJob, RunResult
from headgate.nodes.jobs import MakeRoom
from headgate.tracing import Span, tracer

QUICK_BYTES, QUICK_SECONDS = 256 * 1024, 1.0


def make_room_early(job: RunJob, make_room: MakeRoom) -> None:
    """Have the next import taken while a worker still has this one, if it will soon be free. One that waited behind a large file,
    or behind hooks, could be run by another process instead."""
    if not job.document["hooks"] and job.source.stat().st_size <= QUICK_BYTES:
        make_room(within=QUICK_SECONDS)


def tell_stages(span: Span, began: datetime, result: RunResult) -> None:
    """What became of a run, and the time that each step of the engine took. Steps that take turns, chunk by chunk, are told one
    after the other."""
    counts = result.counts or {}
    codes = [str(error.get("code")) for error in result.errors or []]
    span.set(status=result.status, rows_read=counts.get("read"), rows_invalid=counts.get("invalid"))
    if result.status == Status.FAILED:
        span.fail(codes[0] if codes else "failed")
    elif codes:
        span.set(reasons=",".join(codes))
    for step, milliseconds in ((result.decisions or {}).get("timings") or {}).items():
        ended = began + timedelta(milliseconds=milliseconds)
        tracer().record(f"import.run.{step}", span.traceparent, began, ended, milliseconds=milliseconds)
        began = ended
