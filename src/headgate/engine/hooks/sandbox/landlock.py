"""Landlock: the process can read a few named files and write, create or connect to nothing.

Runs inside the launcher: only the standard library may be imported. Source of the rules: the kernel's
Documentation/userspace-api/landlock.rst.
"""

from __future__ import annotations

import ctypes
import os
import stat
import struct

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION_FLAG, _PATH_BENEATH = 1, 1
_EXECUTE, _READ_FILE = 1 << 0, 1 << 2
_FILE_RIGHTS_BY_VERSION = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1, 5: (1 << 16) - 1}
_NETWORK_RIGHTS, _NETWORK_SINCE = 0b11, 4
_SCOPES, _SCOPES_SINCE = 0b11, 6


def version(libc: ctypes.CDLL) -> int:
    """The Landlock version of the kernel, 0 when it has none or has switched it off."""
    return max(0, int(libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(_VERSION_FLAG))))


def apply(libc: ctypes.CDLL, executable: list[str], readable: list[str]) -> None:
    """Confine this process, for good: `executable` may be run and read, `readable` (files or folders) read.

    Paths that do not exist are passed over. Needs no_new_privs. Raises OSError.
    """
    kernel = version(libc)
    if kernel < 1:
        raise OSError(ctypes.get_errno(), "the kernel offers no Landlock")
    files = _FILE_RIGHTS_BY_VERSION[min(kernel, 5)]
    attributes = struct.pack(
        "<QQQ",
        files,
        _NETWORK_RIGHTS if kernel >= _NETWORK_SINCE else 0,
        _SCOPES if kernel >= _SCOPES_SINCE else 0,
    )
    size = 24 if kernel >= _SCOPES_SINCE else 16 if kernel >= _NETWORK_SINCE else 8
    ruleset = libc.syscall(_CREATE_RULESET, attributes, ctypes.c_size_t(size), ctypes.c_uint32(0))
    if ruleset < 0:
        raise OSError(ctypes.get_errno(), "Landlock refused the rules")
    try:
        for rights, paths in ((_EXECUTE | _READ_FILE, executable), (_READ_FILE, readable)):
            for path in paths:
                _allow(libc, ruleset, path, rights)
        if libc.syscall(_RESTRICT_SELF, ctypes.c_int(ruleset), ctypes.c_uint32(0)) != 0:
            raise OSError(ctypes.get_errno(), "Landlock was refused")
    finally:
        os.close(ruleset)


def _allow(libc: ctypes.CDLL, ruleset: int, path: str, rights: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        if not stat.S_ISDIR(os.fstat(place).st_mode) and not stat.S_ISREG(os.fstat(place).st_mode):
            rights &= ~_EXECUTE
        rule = struct.pack("<Qi", rights, place)
        if libc.syscall(_ADD_RULE, ctypes.c_int(ruleset), ctypes.c_int(_PATH_BENEATH), rule, ctypes.c_uint32(0)) != 0:
            raise OSError(ctypes.get_errno(), f"Landlock refused a rule for {path}")
    finally:
        os.close(place)
