"""What the server of readers is told, and what it answers: bytes over the socket that it was started with."""

from __future__ import annotations

import struct

FORK = b"F"
"""Fork a reader, with two descriptors (its input and output, its log), and answer its process id."""
END = b"E"
"""Wait for the end of the reader and answer its exit code, negative for a signal. Until then its process id is its own."""
ANSWER = struct.Struct("i")
