"""A seccomp filter that refuses the system calls a JavaScript engine has no business making.

Classic BPF, assembled here because a filter of equality tests needs no library and slim images have no libseccomp.
Runs inside the launcher: only the standard library may be imported.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct

_REFUSED: dict[str, tuple[int | None, int | None]] = {
    # name: (x86_64, aarch64); None where the architecture has no such call.
    # New processes and other people's processes.
    "fork": (57, None), "vfork": (58, None), "execveat": (322, 281), "ptrace": (101, 117),
    "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "process_madvise": (440, 440),
    "kcmp": (312, 272), "pidfd_open": (434, 434), "pidfd_getfd": (438, 438), "pidfd_send_signal": (424, 424),
    "kill": (62, 129), "tkill": (200, 130), "rt_sigqueueinfo": (129, 138), "rt_tgsigqueueinfo": (297, 240),
    # The network, and talking to other processes.
    "socket": (41, 198), "connect": (42, 203), "bind": (49, 200), "listen": (50, 201), "accept": (43, 202),
    "accept4": (288, 242), "shmget": (29, 194), "shmat": (30, 196), "shmctl": (31, 195), "shmdt": (67, 197),
    "msgget": (68, 186), "msgsnd": (69, 189), "msgrcv": (70, 188), "msgctl": (71, 187), "semget": (64, 190),
    "semop": (65, 193), "semctl": (66, 191), "semtimedop": (220, 192), "mq_open": (240, 180), "mq_unlink": (241, 181),
    # Parts of the kernel with a long record of holes.
    "bpf": (321, 280), "perf_event_open": (298, 241), "io_uring_setup": (425, 425), "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427), "userfaultfd": (323, 282), "keyctl": (250, 219), "add_key": (248, 217),
    "request_key": (249, 218), "inotify_init": (253, None), "inotify_init1": (294, 26),
    "inotify_add_watch": (254, 27), "fanotify_init": (300, 262), "fanotify_mark": (301, 263),
    "modify_ldt": (154, None), "personality": (135, 92),
    # Namespaces, mounts and the machine itself.
    "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51), "unshare": (272, 97),
    "setns": (308, 268), "open_tree": (428, 428), "move_mount": (429, 429), "fsopen": (430, 430),
    "fsconfig": (431, 431), "fsmount": (432, 432), "fspick": (433, 433), "mount_setattr": (442, 442),
    "init_module": (175, 105), "finit_module": (313, 273), "delete_module": (176, 106), "kexec_load": (246, 104),
    "kexec_file_load": (320, 294), "reboot": (169, 142), "swapon": (167, 224), "swapoff": (168, 225),
    "acct": (163, 89), "quotactl": (179, 60), "syslog": (103, 116), "sethostname": (170, 161),
    "setdomainname": (171, 162), "settimeofday": (164, 170), "clock_settime": (227, 112), "adjtimex": (159, 171),
    "clock_adjtime": (305, 266), "iopl": (172, None), "ioperm": (173, None), "vhangup": (153, 58),
    "setuid": (105, 146), "setgid": (106, 144), "setreuid": (113, 145), "setregid": (114, 143),
    "setresuid": (117, 147), "setresgid": (119, 149), "setgroups": (116, 159), "capset": (126, 91),
    # Changes of files that Landlock does not know.
    "name_to_handle_at": (303, 264), "open_by_handle_at": (304, 265), "mknod": (133, None), "mknodat": (259, 33),
    "chmod": (90, None), "fchmod": (91, 52), "fchmodat": (268, 53), "fchmodat2": (452, 452), "chown": (92, None),
    "fchown": (93, 55), "lchown": (94, None), "fchownat": (260, 54), "utime": (132, None), "utimes": (235, None),
    "futimesat": (261, None), "utimensat": (280, 88), "setxattr": (188, 5), "lsetxattr": (189, 6),
    "fsetxattr": (190, 7), "removexattr": (197, 14), "lremovexattr": (198, 15), "fremovexattr": (199, 16),
    "truncate": (76, 45), "link": (86, None), "symlink": (88, None), "linkat": (265, 37), "symlinkat": (266, 36),
    "rename": (82, None), "renameat": (264, 38), "renameat2": (316, 276), "unlink": (87, None), "unlinkat": (263, 35),
    "rmdir": (84, None), "mkdir": (83, None), "mkdirat": (258, 34), "creat": (85, None),
}  # fmt: skip

_ARCHITECTURES = {
    # machine: (AUDIT_ARCH, column of _REFUSED, clone, clone3, execve, tgkill)
    "x86_64": (0xC000003E, 0, 56, 435, 59, 234),
    "aarch64": (0xC00000B7, 1, 220, 435, 221, 131),
}

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16
_CLONE_THREAD = 0x00010000
_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 22, 2


def _instruction(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("<HBBI", code, if_true, if_false, value)


def program(machine: str, execve_path: int, process: int) -> bytes:
    """The filter for that machine. `execve` works only with the path at that address, which is gone afterwards.

    Threads may be made, processes not; a process may signal only itself, which it needs to abort.
    Raises KeyError for an architecture without a table.
    """
    architecture, column, clone, clone3, execve, tgkill = _ARCHITECTURES[machine]
    refuse = _instruction(_RETURN, _ERRNO | errno.EPERM)
    lines = [
        _instruction(_LOAD, _ARCHITECTURE),
        _instruction(_EQUAL, architecture, 1, 0),
        _instruction(_RETURN, _KILL),
        _instruction(_LOAD, _NUMBER),
    ]
    if machine == "x86_64":  # The x32 calls would be a second, unfiltered table.
        lines += [_instruction(_AT_LEAST, 0x40000000, 0, 1), _instruction(_RETURN, _KILL)]
    for numbers in _REFUSED.values():
        number = numbers[column]
        if number is not None:
            lines += [_instruction(_EQUAL, number, 0, 1), refuse]
    # glibc falls back to clone, whose flags stand in a register where a filter can see them.
    lines += [_instruction(_EQUAL, clone3, 0, 1), _instruction(_RETURN, _ERRNO | errno.ENOSYS)]
    low, high = execve_path & 0xFFFFFFFF, execve_path >> 32
    allow = _instruction(_RETURN, _ALLOW)
    lines += [
        _instruction(_EQUAL, clone, 0, 4),
        _instruction(_LOAD, _ARGUMENTS),
        _instruction(_ANY_BIT, _CLONE_THREAD, 1, 0),
        refuse,
        allow,
        _instruction(_EQUAL, execve, 0, 6),
        _instruction(_LOAD, _ARGUMENTS),
        _instruction(_EQUAL, low, 0, 3),
        _instruction(_LOAD, _ARGUMENTS + 4),
        _instruction(_EQUAL, high, 0, 1),
        allow,
        refuse,
        _instruction(_EQUAL, tgkill, 0, 3),
        _instruction(_LOAD, _ARGUMENTS),
        _instruction(_EQUAL, process, 1, 0),
        refuse,
        allow,
    ]
    return b"".join(lines)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def apply(libc: ctypes.CDLL, execve_path: int) -> None:
    """Put this process under the filter, for good. Needs no_new_privs. Raises OSError."""
    try:
        code = program(platform.machine(), execve_path, os.getpid())
    except KeyError:
        raise OSError(errno.ENOSYS, f"no table of system calls for {platform.machine()}") from None
    buffer = ctypes.create_string_buffer(code, len(code))
    description = _Program(len(code) // 8, ctypes.addressof(buffer))
    if libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(description), 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "seccomp was refused")
