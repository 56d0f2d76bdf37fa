"""Which encoding a text is in: BOM → NUL parity (UTF-16/32) → ISO-2022 → strict UTF-8 over the whole file → chardet.

UTF-8 is proved on the whole file, not a sample. Text that is UTF-8 but for a few bytes stays UTF-8: those bytes are
kept as the Windows-1252 characters they most likely are, and a warning counts them.
"""

from __future__ import annotations

import codecs
import re
import threading
from collections.abc import Iterator
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from headgate.engine.errors import ImportFailedError
from headgate.engine.read.letters import fit
from headgate.engine.read.signs import TextSigns, signs_of
from headgate.records import dataclass

if TYPE_CHECKING:
    import chardet

BLOCK = 64 << 10
"""Small enough for the processor's cache: what is looked for in a block is looked for in memory that was just read."""
SAMPLE = 64 << 10

_WIDE_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NON_ASCII_LINE = re.compile(rb"[^\n]*[\x80-\xff][^\n]*\n?")
_LONG_LINE = 4096
_ISO_2022 = ("iso2022_jp_ext", "iso2022_kr", "iso2022_jp_2004")
_MANY_ERRORS = 1000
_COUNT = "headgate-count"
_current = threading.local()
_RARE_FACTOR = 2.0
_NO_RARE = "iso8859-1"
_LATIN = ("cp1252", "iso8859-15", "cp1250", "iso8859-2", "cp1254", "cp1257", "mac-roman", "cp850")
"""Encodings of Latin script in the order of how usual they are."""
_OTHERS = (
    *("cp1251", "koi8-r", "koi8-u", "iso8859-5", "cp866", "mac-cyrillic", "cp1253", "iso8859-7", "cp1255", "iso8859-8"),
    *("cp1256", "iso8859-6", "cp1258", "iso8859-13", "iso8859-4"),
)
"""Encodings of other scripts, and rarer ones of Latin script, in this order, too."""
_ONE_LANGUAGE = 0.97
_PROBE = 4 << 10
_VALID_PER_INVALID = 4
"""So many valid multi-byte characters for each invalid byte make a text damaged UTF-8 rather than another encoding."""


@dataclass(frozen=True)
class Encoding:
    """What the text is in. `name` is a Python codec; `bom_bytes` stand at the start and are no text.

    `ascii_only`: not one byte above 127. `signs`: what else was met, where all of it is UTF-8.
    """

    name: str
    confidence: float = 1.0
    bom_bytes: int = 0
    ascii_only: bool = False
    invalid_bytes: int = 0
    first_invalid: int | None = None
    signs: TextSigns | None = field(default=None, compare=False, repr=False)
    runners_up: list[dict[str, Any]] = field(default_factory=list)


def detect_encoding(path: Path) -> Encoding:
    """The encoding of the whole file. Raises ImportFailedError `file_encoding_unknown`."""
    with path.open("rb") as file:
        head = file.read(SAMPLE)
    bom_bytes = start_of_utf8(head)
    if bom_bytes is not None:
        return _as_utf8(path, bom_bytes)
    wide = wide_encoding(head)
    if wide is not None:
        return wide
    for name in _ISO_2022:
        if decodes(path, name):
            return Encoding(name, confidence=0.95)
    return _as_utf8(path, 0)


def start_of_utf8(head: bytes) -> int | None:
    """The bytes of a mark at the start of a text that is to be taken for UTF-8 if all of it is; None where the head speaks for
    another encoding."""
    if wide_encoding(head) is not None:
        return None
    if head.startswith(codecs.BOM_UTF8):
        return len(codecs.BOM_UTF8)
    return None if b"\x1b$" in head or b"\x1b(" in head else 0


def wide_encoding(head: bytes) -> Encoding | None:
    """UTF-16 or UTF-32 by BOM or, without one, by where the NULs stand; None when it is neither."""
    for bom, name in _WIDE_BOMS:
        if head.startswith(bom):
            return Encoding(name, bom_bytes=len(bom))
    name_by_nuls = _wide_by_nuls(head)
    return Encoding(name_by_nuls, confidence=0.95) if name_by_nuls else None


def _wide_by_nuls(head: bytes) -> str | None:
    """UTF-16 or UTF-32 without BOM: ASCII characters leave NULs in the same place of each unit."""
    usable = head[: len(head) // 4 * 4]
    shares = [usable[place::4].count(0) / max(1, len(usable) // 4) for place in range(4)]
    if len(usable) >= 8:
        if min(shares[2:]) > 0.9 and shares[0] < 0.1:
            return "utf-32-le" if _decodes_sample(usable, "utf-32-le") else None
        if min(shares[:2]) > 0.9 and shares[3] < 0.1:
            return "utf-32-be" if _decodes_sample(usable, "utf-32-be") else None
    even = head[: len(head) // 2 * 2]
    if len(even) < 4:
        return None
    high_first, high_last = even[0::2].count(0) / (len(even) // 2), even[1::2].count(0) / (len(even) // 2)
    if high_last >= 0.05 and high_first <= 0.3 * high_last and _decodes_sample(even, "utf-16-le"):
        return "utf-16-le"
    if high_first >= 0.05 and high_last <= 0.3 * high_first and _decodes_sample(even, "utf-16-be"):
        return "utf-16-be"
    return None


_ASCII_TEXT = frozenset([*b"\t\r\n", *range(0x20, 0x7F)])


def _decodes_sample(sample: bytes, name: str) -> bool:
    try:
        text = codecs.getincrementaldecoder(name)("strict").decode(sample)
    except UnicodeDecodeError:
        return False
    if "\0" in text:
        return False
    # ASCII text with stray NULs would make characters of two ASCII bytes each; in real text few are so.
    pairs = sum(ord(c) >> 8 in _ASCII_TEXT and ord(c) & 0xFF in _ASCII_TEXT for c in text[:4096])
    return pairs <= 0.5 * min(len(text), 4096)


def decodes(path: Path, name: str, *, start: int = 0) -> bool:
    """Whether every byte from `start` on is text in that encoding."""
    decoder = codecs.getincrementaldecoder(name)("strict")
    try:
        for block in blocks_of(path, start):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeError:  # of ISO-2022 also one without a place, when a sequence has no end
        return False
    return True


def blocks_of(path: Path, start: int = 0) -> Iterator[bytes]:
    """The file's bytes from `start` in blocks."""
    with path.open("rb") as file:
        file.seek(start)
        while block := file.read(BLOCK):
            yield block


def lines_of(path: Path, start: int = 0, *, longest: int | None = None) -> Iterator[bytes]:
    """The same in blocks of whole lines; a line of more than `longest` bytes comes in pieces, when that is given."""
    held: list[bytes] = []
    size = 0
    for block in blocks_of(path, start):
        end = block.rfind(b"\n") + 1
        if end:
            yield b"".join((*held, block[:end]))
            held, size = [], 0
        held.append(block[end:])
        size += len(block) - end
        if longest is not None and size > longest:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join(held)


def valid_utf8(signs: TextSigns, bom_bytes: int) -> Encoding:
    """Text with those signs, all of which is UTF-8."""
    return Encoding("utf-8", bom_bytes=bom_bytes, ascii_only=signs.ascii_only, signs=signs)


def _as_utf8(path: Path, bom_bytes: int) -> Encoding:
    """The file as UTF-8 if it is, or nearly is; else what chardet says of its non-ASCII lines."""
    signs = signs_of(path, bom_bytes)
    if signs.valid:
        return valid_utf8(signs, bom_bytes)
    damage = _utf8_damage(path, bom_bytes)
    if bom_bytes or damage.valid >= _VALID_PER_INVALID * damage.invalid:
        return Encoding(
            "utf-8",
            confidence=0.9,
            bom_bytes=bom_bytes,
            invalid_bytes=damage.invalid,
            first_invalid=damage.first,
        )
    return _by_chardet(path)


@dataclass
class _Damage:
    """Valid multi-byte bytes, invalid bytes, and where the first invalid one stands."""

    valid: int = 0
    invalid: int = 0
    first: int | None = None


def _utf8_damage(path: Path, start: int) -> _Damage:
    """Count what is valid and what not; stops when the text is clearly no UTF-8."""
    damage, position = _Damage(), start
    decoder = codecs.getincrementaldecoder("utf-8")(_COUNT)
    for block in blocks_of(path, start):
        for offset in range(0, len(block), SAMPLE):
            piece = block[offset : offset + SAMPLE]
            _current.damage, _current.base = damage, position - len(decoder.getstate()[0])
            damage.valid += _multibyte(decoder.decode(piece))
            position += len(piece)
            if damage.invalid > _MANY_ERRORS and damage.valid < _VALID_PER_INVALID * damage.invalid:
                return damage
    _current.damage, _current.base = damage, position - len(decoder.getstate()[0])
    decoder.decode(b"", final=True)
    return damage


def _count(error: UnicodeError) -> tuple[str, int]:
    """Error handler: counts wrong bytes in the damage that this thread is at work on."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    damage: _Damage = _current.damage
    damage.invalid += error.end - error.start
    if damage.first is None:
        damage.first = _current.base + error.start
    return "", error.end


codecs.register_error(_COUNT, _count)


def _multibyte(text: str) -> int:
    return 0 if text.isascii() else len(text.encode("utf-8")) - len(text)


def _by_chardet(path: Path) -> Encoding:
    """What chardet thinks of the non-ASCII lines; encodings of the web go before rarer ones unless clearly beaten."""
    import chardet  # most texts are UTF-8, and its tables take a while to load

    sample = _non_ascii_lines(path)
    found = _guesses(sample, chardet.EncodingEra.MODERN_WEB, if_none="cp1252")
    rare_eras = chardet.EncodingEra.LEGACY_ISO | chardet.EncodingEra.DOS | chardet.EncodingEra.LEGACY_REGIONAL
    rare = _guesses(sample, rare_eras, if_none=_NO_RARE)
    if [name for name, _ in rare] == [_NO_RARE]:
        rare = []
    if rare and (not found or rare[0][1] > _RARE_FACTOR * found[0][1]):
        found = [*rare, *found]
    else:
        found = [*found, *rare]
    found = _by_letters(sample, found)
    for name, score in found:
        if is_single_byte(name) or decodes(path, name):
            # An encoding that reads the sample in the same way is no rival.
            text = sample.decode(name, "replace")
            rivals = [guess for guess in found if sample.decode(guess[0], "replace") != text]
            second = max((guess[1] for guess in rivals), default=0.0)
            runners_up = [{"encoding": rival, "score": round(points, 3)} for rival, points in rivals[:2]]
            return Encoding(
                codecs.lookup(name).name, confidence=round(score / (score + second), 3), runners_up=runners_up
            )
    raise ImportFailedError(
        "file_encoding_unknown",
        "The text is not UTF-8, and no other encoding reads it without losing characters. "
        "Save the file as UTF-8 and send it again.",
    )


def _by_letters(sample: bytes, found: list[tuple[str, float]]) -> list[tuple[str, float]]:
    """The guesses, the best of them put behind one whose letters belong to one language if its own do not."""
    if not found or not is_single_byte(found[0][0]) or _fits(sample, found[0][0]):
        return found
    for name in dict.fromkeys([*(name for name, _ in found[1:]), *_LATIN, *_OTHERS]):
        if is_single_byte(name) and _fits(sample, name):
            return [(name, found[0][1]), *(guess for guess in found if guess[0] != name)]
    return found


def _fits(sample: bytes, name: str) -> bool:
    # The first bytes rule most encodings out, and all of them take a while.
    return all(fit(part.decode(name, "replace")) >= _ONE_LANGUAGE for part in (sample[:_PROBE], sample))


def _guesses(sample: bytes, era: chardet.EncodingEra, *, if_none: str) -> list[tuple[str, float]]:
    from chardet import detect_all

    guesses = detect_all(sample, encoding_era=era, prefer_superset=True, compat_names=False, no_match_encoding=if_none)
    return [
        (str(guess["encoding"]), max(0.001, float(guess["confidence"] or 0)))
        for guess in guesses
        if guess["encoding"] and not re.match("utf|ascii", str(guess["encoding"]), re.IGNORECASE)
    ]


def is_single_byte(name: str) -> bool:
    """Whether the codec maps each byte by itself: its texts always decode (unassigned bytes are warned of)."""
    try:
        return (
            len(bytes(range(0x20, 0x7F)).decode(name)) == 95
            and len(bytes(range(0x80, 0x100)).decode(name, "replace")) == 128
        )
    except (LookupError, UnicodeDecodeError):
        return False


def _non_ascii_lines(path: Path) -> bytes:
    """Up to SAMPLE bytes of the lines that hold the evidence, from the first such line on."""
    lines: list[bytes] = []
    size = 0
    for block in blocks_of(path):
        for match in _NON_ASCII_LINE.finditer(block):
            line = match.group()
            if len(line) > _LONG_LINE:
                first = next(i for i, byte in enumerate(line) if byte > 0x7F)
                line = line[max(0, first - 64) :][:_LONG_LINE]
            lines.append(line)
            size += len(line)
            if size >= SAMPLE:
                return b"".join(lines)
    return b"".join(lines)
