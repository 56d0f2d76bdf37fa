"""Any text file → a UTF-8 file whose line ends are LF or CRLF, plus warnings for all that was changed on the way."""

from __future__ import annotations

import codecs
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from headgate.engine.errors import ImportFailedError
from headgate.engine.explanations import warning
from headgate.engine.read.chosen_encoding import chosen_encoding
from headgate.engine.read.encoded_twice import NAME, count_encoded_twice
from headgate.engine.read.encoding import Encoding, blocks_of, detect_encoding
from headgate.engine.read.signs import TextSigns
from headgate.records import dataclass

_BOM = "\ufeff"
_KEEP = "headgate-keep"
_current = threading.local()


@dataclass(frozen=True)
class PreparedText:
    """A UTF-8 file (perhaps with a BOM at its start), what it was made from, and what was changed.

    `signs`: of the file, where nothing was.
    """

    path: Path
    encoding: Encoding
    warnings: list[dict[str, Any]]
    signs: TextSigns | None = None

    @property
    def encoding_name(self) -> str:
        """The encoding as people write it, with `-sig` never shown."""
        return self.encoding.name


@dataclass
class _Changes:
    unmapped: int = 0
    nuls: int = 0
    boms: int = 0


def prepare_text(
    path: Path,
    workdir: Path,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    stand_in: str | None = None,
) -> PreparedText:
    """Give the file as UTF-8, rewritten into `workdir` only where something must change.

    NUL characters are left out (databases refuse them), so are byte order marks at the start of later lines; lone CRs
    become line ends when they outnumber LFs. `encoding` is not put in question when it is given. `delimiter` (of several
    bytes) is replaced by the unused character `stand_in`.
    Raises ImportFailedError `file_encoding_unknown`.
    """
    found = detect_encoding(path) if encoding is None else chosen_encoding(path, encoding)
    if not stand_in and (plain := plain_text(path, found)) is not None:
        return plain
    found, twice = _with_encoded_twice(path, found)
    carriage_returns = _lone_crs_end_lines(path, found)
    changes = _Changes()
    workdir.mkdir(parents=True, exist_ok=True)
    target = workdir / "text.utf8"
    with target.open("w", encoding="utf-8", newline="") as file:
        texts = _clean(_decoded(path, found, changes), changes)
        if carriage_returns:
            texts = _with_line_feeds(texts)
        if delimiter and stand_in:
            texts = _replaced(texts, delimiter, stand_in)
        for text in texts:
            file.write(text)
    return PreparedText(target, found, twice + _warnings(found, changes, carriage_returns=carriage_returns))


def plain_text(path: Path, encoding: Encoding) -> PreparedText | None:
    """The file as it is, where nothing has to be changed."""
    if encoding.signs is None or not encoding.signs.plain or _lone_crs_end_lines(path, encoding):
        return None
    found, twice = _with_encoded_twice(path, encoding)
    return PreparedText(path, found, twice, encoding.signs)


def _with_encoded_twice(path: Path, found: Encoding) -> tuple[Encoding, list[dict[str, Any]]]:
    """The encoding with the other reading of characters that were encoded twice, and a warning that counts them."""
    if found.name != "utf-8" or found.ascii_only or (found.signs is not None and not found.signs.encoded_twice):
        return found, []
    garbled = count_encoded_twice(path, found.bom_bytes)
    if not garbled:
        return found, []
    found = replace(found, runners_up=[*found.runners_up, {"encoding": NAME, "score": 0.0}])
    return found, [warning("encoded_twice", count=garbled, encoding=NAME)]


def _warnings(encoding: Encoding, changes: _Changes, *, carriage_returns: bool) -> list[dict[str, Any]]:
    warnings: list[dict[str, Any]] = []
    if encoding.invalid_bytes:
        warnings.append(warning("invalid_utf8_bytes", count=encoding.invalid_bytes, offset=encoding.first_invalid))
    if changes.unmapped and not encoding.invalid_bytes:
        warnings.append(warning("unassigned_bytes", count=changes.unmapped))
    if changes.nuls:
        warnings.append(warning("nul_characters_removed", count=changes.nuls))
    if changes.boms:
        warnings.append(warning("byte_order_marks_removed", count=changes.boms))
    if carriage_returns:
        warnings.append(warning("carriage_returns_read_as_line_ends"))
    return warnings


def _decoded(path: Path, encoding: Encoding, changes: _Changes) -> Iterator[str]:
    """The text, block by block. Bytes that the encoding does not assign become Windows-1252 or control characters."""
    wide = encoding.name.startswith(("utf-16", "utf-32"))
    decoder = codecs.getincrementaldecoder(encoding.name)("strict" if wide else _KEEP)
    try:
        for block in blocks_of(path, encoding.bom_bytes):
            _current.changes = changes
            yield decoder.decode(block)
        _current.changes = changes
        yield decoder.decode(b"", final=True)
    except UnicodeError as error:
        raise ImportFailedError(
            "file_encoding_unknown",
            f"The text looks like {encoding.name.upper()} but is not valid: it may be cut off or damaged. "
            "Save the file as UTF-8 and send it again.",
        ) from error


def _keep(error: UnicodeError) -> tuple[str, int]:
    """Error handler: wrong bytes as Windows-1252, counted in the changes that this thread is at work on."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    _current.changes.unmapped += len(wrong)
    return "".join(_windows_1252(byte) for byte in wrong), error.end


codecs.register_error(_KEEP, _keep)


def _windows_1252(byte: int) -> str:
    try:
        return bytes((byte,)).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


def _clean(texts: Iterator[str], changes: _Changes) -> Iterator[str]:
    at_line_start = True  # the file's own mark is left out before; programs that join files leave a second one
    for text in texts:
        if "\0" in text:
            changes.nuls += text.count("\0")
            text = text.replace("\0", "")
        if not text:
            continue
        if _BOM in text:
            found = text.count("\n" + _BOM) + (at_line_start and text.startswith(_BOM))
            changes.boms += found
            at_end = text.endswith("\n")
            text = text[1:] if at_line_start and text.startswith(_BOM) else text
            text = text.replace("\n" + _BOM, "\n")
            at_line_start = at_end
        else:
            at_line_start = text.endswith("\n")
        yield text


def _with_line_feeds(texts: Iterator[str]) -> Iterator[str]:
    """CRLF stays, a CR alone becomes LF."""
    held = ""
    for text in texts:
        text = held + text
        held = "\r" if text.endswith("\r") else ""
        text = text.removesuffix("\r")
        yield text.replace("\r\n", "\n").replace("\r", "\n")
    if held:
        yield "\n"


def _replaced(texts: Iterator[str], old: str, new: str) -> Iterator[str]:
    """`old` → `new`, also where a block ends inside `old`."""
    rest = ""
    for text in texts:
        text = (rest + text).replace(old, new)
        keep = next((n for n in range(len(old) - 1, 0, -1) if text.endswith(old[:n])), 0)
        rest = text[len(text) - keep :]
        yield text[: len(text) - keep]
    yield rest


def _lone_crs_end_lines(path: Path, encoding: Encoding) -> bool:
    """Whether lone CRs are the file's line ends: at least as many as LFs."""
    if encoding.signs is not None and not encoding.signs.lone_crs:
        return False
    carriage_returns = pairs = line_feeds = 0
    after_cr = passed_over = False
    for block in _narrow_blocks(path, encoding):
        if not carriage_returns and b"\r" not in block:
            passed_over = True
            continue
        line_feeds += block.count(b"\n")
        carriage_returns += block.count(b"\r")
        pairs += block.count(b"\r\n") + (after_cr and block.startswith(b"\n"))
        after_cr = block.endswith(b"\r")
    lone = carriage_returns - pairs
    if lone and lone >= line_feeds and passed_over:
        # Most files have no CR, and counting their line ends would cost time; here one stands far behind the start.
        line_feeds = sum(block.count(b"\n") for block in _narrow_blocks(path, encoding))
    return lone > 0 and lone >= max(1, line_feeds)


def _narrow_blocks(path: Path, encoding: Encoding) -> Iterator[bytes]:
    """The file in blocks in which a line end is one byte."""
    if encoding.name.startswith(("utf-16", "utf-32")):
        return (text.encode() for text in _decoded(path, encoding, _Changes()))
    return blocks_of(path, encoding.bom_bytes)
