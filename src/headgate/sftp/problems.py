"""Why something did not work: codes for programs, sentences for people (errors.md, "SFTP")."""

from __future__ import annotations

from enum import StrEnum


class Problem(StrEnum):
    """Why a run or a test did not succeed."""

    HOST_NOT_FOUND = "host_not_found"
    ADDRESS_REFUSED = "address_refused"
    NOT_CONNECTED = "not_connected"
    TIMED_OUT = "timed_out"
    CONNECTION_LOST = "connection_lost"
    NOT_SSH = "not_ssh"
    NO_COMMON_ALGORITHM = "no_common_algorithm"
    HOST_KEY_CHANGED = "host_key_changed"
    SIGN_IN_REFUSED = "sign_in_refused"
    SFTP_REFUSED = "sftp_refused"
    DIRECTORY_NOT_FOUND = "directory_not_found"
    PERMISSION_DENIED = "permission_denied"
    SERVER_ERROR = "server_error"
    TOO_MANY_FILES = "too_many_files"
    SECRET_UNREADABLE = "secret_unreadable"
    SCHEMA_NOT_FOUND = "schema_not_found"
    SCHEMA_INVALID = "schema_invalid"
    STORAGE_FULL = "storage_full"
    INTERNAL_ERROR = "internal_error"


TEXTS: dict[Problem, str] = {
    Problem.HOST_NOT_FOUND: "The host's name has no address. Correct the host name.",
    Problem.ADDRESS_REFUSED: (
        "The host's address is not on the public internet. An operator can allow it with sftp_private_hosts."
    ),
    Problem.NOT_CONNECTED: "Nobody listens at that host and port. Correct them, or ask whether a firewall is in the way.",
    Problem.TIMED_OUT: "The server did not answer in time. It is tried again.",
    Problem.CONNECTION_LOST: "The connection broke. It is tried again.",
    Problem.NOT_SSH: "What answers there is not an SSH server, or it broke the protocol. Correct host and port.",
    Problem.NO_COMMON_ALGORITHM: "The server offers only outdated encryption. Ask its operator to update it.",
    Problem.HOST_KEY_CHANGED: (
        "The server shows another host key than before. Ask its operator whether that is right, then accept the new key."
    ),
    Problem.SIGN_IN_REFUSED: "The server refused the user with this password or key. Correct them.",
    Problem.SFTP_REFUSED: "The server let the user in but offers no SFTP. Ask its operator to allow it.",
    Problem.DIRECTORY_NOT_FOUND: "There is no such directory on the server. Correct it, or create it there.",
    Problem.PERMISSION_DENIED: "The user may not read that directory. Ask the server's operator to allow it.",
    Problem.SERVER_ERROR: "The server reported an error. It is tried again.",
    Problem.TOO_MANY_FILES: "The directory has more than 100,000 entries. Move away what has been imported.",
    Problem.SECRET_UNREADABLE: "The password or key cannot be read with this installation's encryption key. Enter it again.",
    Problem.SCHEMA_NOT_FOUND: "The connector's schema does not exist any more. Choose another one.",
    Problem.SCHEMA_INVALID: "The connector's schema cannot be used. Correct it in Schema Studio.",
    Problem.STORAGE_FULL: "The service has no room left for the file. It is tried again.",
    Problem.INTERNAL_ERROR: "Something went wrong inside the service; its log says what. It is tried again.",
}

TEMPORARY = frozenset(
    {
        Problem.NOT_CONNECTED,
        Problem.TIMED_OUT,
        Problem.CONNECTION_LOST,
        Problem.HOST_NOT_FOUND,
        Problem.SERVER_ERROR,
        Problem.STORAGE_FULL,
        Problem.INTERNAL_ERROR,
    }
)
"""What may be over soon, so that the next run comes before its time. A refused password is not: each try may lock the account."""


class LeftReason(StrEnum):
    """Why an entry of the directory was not imported by a run."""

    NOT_A_FILE = "not_a_file"
    HIDDEN = "hidden"
    UNFINISHED_NAME = "unfinished_name"
    NAME_DOES_NOT_MATCH = "name_does_not_match"
    BAD_NAME = "bad_name"
    KNOWN = "known"
    STILL_CHANGING = "still_changing"
    VANISHED = "vanished"
    NOT_READABLE = "not_readable"
    INTERRUPTED = "interrupted"
    TOO_LARGE = "too_large"


class TroubleError(Exception):
    """A run or a test cannot go on."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(TEXTS[problem])

    @property
    def temporary(self) -> bool:
        """Whether it may be over soon."""
        return self.problem in TEMPORARY
