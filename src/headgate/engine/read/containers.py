"""Unpacks gzip and single-file zip archives, within limits on what they may unfold to."""

from __future__ import annotations

import errno
import gzip
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from headgate.engine.errors import ImportFailedError
from headgate.engine.read.options import ReadLimits

BLOCK = 1 << 20
_ENCRYPTED_FLAG = 0x1

GZIP_MAGIC = b"\x1f\x8b"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_MAGICS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")


class Unfolding:
    """Counts what is unfolded from `packed_size` bytes and refuses more than the limits allow."""

    def __init__(self, packed_size: int, limits: ReadLimits) -> None:
        self._packed_size = max(1, packed_size)
        self._limits = limits
        self.size = 0

    def add(self, size: int) -> None:
        """Count `size` more bytes. Raises ImportFailedError `file_hostile`."""
        self.size += size
        limits = self._limits
        too_dense = self.size > limits.ratio_floor_bytes and self.size > limits.max_unfold_ratio * self._packed_size
        if self.size > limits.max_unfolded_bytes or too_dense:
            raise ImportFailedError(
                "file_hostile",
                f"The file of {self._packed_size:,} bytes unfolds to more than {self.size:,} bytes, "
                "more than is allowed. Send the content unpacked, or in smaller files.",
            )


def unpack_gzip(path: Path, target: Path, limits: ReadLimits) -> None:
    """Unpack a gzip file (of one or several members). Raises ImportFailedError `file_corrupt`, `file_hostile`."""
    unfolding = Unfolding(path.stat().st_size, limits)
    with corrupt_archive_is_reported("gzip"), gzip.open(path, "rb") as packed, target.open("wb") as plain:
        _copy(packed, plain, unfolding)


def unpack_single_file(path: Path, target: Path, limits: ReadLimits) -> str:
    """Unpack the only file of a zip archive and give its name; folders and macOS's `__MACOSX` do not count.

    Raises ImportFailedError `archive_not_single_file`, `file_encrypted`, `file_corrupt`, `file_hostile`.
    """
    unfolding = Unfolding(path.stat().st_size, limits)
    with corrupt_archive_is_reported("zip"), zipfile.ZipFile(path) as archive:
        members = archive_members(archive, limits)
        files = [member for member in members if not member.is_dir() and not _is_clutter(member.filename)]
        if len(files) != 1:
            names = ", ".join(repr(member.filename) for member in files[:5])
            found = f"holds {len(files)} files ({names})" if files else "holds no file"
            raise ImportFailedError(
                "archive_not_single_file",
                f"The zip archive {found}, but exactly one is expected. "
                "Send the file itself, or an archive with only it.",
                files=[member.filename for member in files[:20]],
            )
        if files[0].flag_bits & _ENCRYPTED_FLAG:
            raise ImportFailedError(
                "file_encrypted", "The zip archive is protected by a password. Send it again without a password."
            )
        with archive.open(files[0]) as packed, target.open("wb") as plain:
            _copy(packed, plain, unfolding)
    return files[0].filename


def archive_members(archive: zipfile.ZipFile, limits: ReadLimits) -> list[zipfile.ZipInfo]:
    """The entries of an archive. Raises ImportFailedError `file_hostile` when there are absurdly many."""
    members = archive.infolist()
    if len(members) > limits.max_archive_members:
        raise ImportFailedError(
            "file_hostile",
            f"The archive has {len(members):,} entries, more than the {limits.max_archive_members:,} allowed. "
            "Send the table alone.",
        )
    return members


@contextmanager
def corrupt_archive_is_reported(kind: str) -> Iterator[None]:
    """Turn what a damaged archive makes the standard library raise into ImportFailedError `file_corrupt`."""
    try:
        yield
    except (
        zipfile.BadZipFile, gzip.BadGzipFile, EOFError, zlib.error, lzma.LZMAError, struct.error, NotImplementedError, RuntimeError,
    ) as error:  # fmt: skip
        raise ImportFailedError(
            "file_corrupt",
            f"The {kind} file is damaged or incomplete, so its content cannot be unpacked. "
            "Make it anew and send it again.",
        ) from error
    except (OSError, ValueError, OverflowError) as error:
        # A place before the start of the file is the archive's fault, not the disk's.
        if isinstance(error, OSError) and error.errno not in {None, errno.EINVAL}:
            raise
        raise ImportFailedError(
            "file_corrupt", f"The {kind} file is damaged. Make it anew and send it again."
        ) from error


def _is_clutter(name: str) -> bool:
    return name.startswith("__MACOSX/") or name.rsplit("/", 1)[-1] in (".DS_Store", "Thumbs.db", "desktop.ini")


def _copy(packed: IO[bytes] | gzip.GzipFile, plain: IO[bytes], unfolding: Unfolding) -> None:
    while block := packed.read(BLOCK):
        unfolding.add(len(block))
        plain.write(block)
