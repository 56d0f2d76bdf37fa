"""Traces: what happened to one import, over requests and processes, as spans of ids and counts and never of data.

Off by default, and then it costs nothing: no library is loaded, and the `traceparent` of a caller (W3C Trace Context) only travels along
with the import, out to its webhooks. `setup.py` turns it on; `otlp.py` is the only part that knows OpenTelemetry.
"""

from headgate.tracing.context import current, valid_traceparent
from headgate.tracing.tracer import SILENT, Kind, Span, Tracer, tracer, use

__all__ = ["SILENT", "Kind", "Span", "Tracer", "current", "tracer", "use", "valid_traceparent"]
