"""A connection to an SFTP server: to a checked address, only to the server whose key is known, everything within a time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast

import asyncssh
from asyncssh import SFTPAttrs, SFTPClient, SSHClientConnection, SSHKey

from headgate.net import AddressGuard, DestinationRefusedError
from headgate.sftp.access import Access
from headgate.sftp.keys import KeyRefusedError, read_private_key
from headgate.sftp.models import AuthType
from headgate.sftp.names import Entry
from headgate.sftp.problems import LeftReason, Problem, TroubleError

asyncssh.set_log_level("WARNING")  # it would note hosts and users of every connection

SSH_PORT = 22
CONNECT_SECONDS = 15.0
SIGN_IN_SECONDS = 30.0
ANSWER_SECONDS = 60.0
"""For one answer of the server, such as a part of a listing or of a file."""
BLOCK = 256 * 1024
HOST_KEY_ALGORITHMS = {
    "ssh-ed25519": ("ssh-ed25519",),
    "ssh-ed448": ("ssh-ed448",),
    "ecdsa-sha2-nistp256": ("ecdsa-sha2-nistp256",),
    "ecdsa-sha2-nistp384": ("ecdsa-sha2-nistp384",),
    "ecdsa-sha2-nistp521": ("ecdsa-sha2-nistp521",),
    "ssh-rsa": ("rsa-sha2-512", "rsa-sha2-256"),
}
"""Kind of key → the signatures that are accepted with it. SHA-1 (`ssh-rsa`) and DSA are not."""


class HostKeyChangedError(TroubleError):
    """The server shows another key than the one that is known."""

    def __init__(self, offered: str) -> None:
        self.offered = offered
        super().__init__(Problem.HOST_KEY_CHANGED)


class FileLeftError(Exception):
    """A file that cannot be imported this time."""

    def __init__(self, reason: LeftReason) -> None:
        self.reason = reason
        super().__init__(reason)


class _KeyCheck(asyncssh.SSHClient):
    """Compares the server's key with the known one, and keeps it."""

    def __init__(self, known: str | None) -> None:
        self._known = None if known is None else asyncssh.import_public_key(known)
        self.seen: str | None = None

    def validate_host_public_key(self, host: str, addr: str, port: int, key: SSHKey) -> bool:
        self.seen = key.export_public_key().decode().strip()
        return self._known is None or key == self._known


@asynccontextmanager
async def connected(
    access: Access, guard: AddressGuard, pin: Callable[[str], None] = lambda _: None
) -> AsyncIterator[Server]:
    """A connection to the server. `pin` is told its host key the first time, before any password is sent.

    Raises TroubleError, HostKeyChangedError.
    """
    addresses = await _addresses(access, guard)
    with _named_troubles(Problem.SERVER_ERROR, of_network=Problem.NOT_CONNECTED):
        connection = await _first_that_answers(access, addresses, pin)
    try:
        with _named_troubles(Problem.SFTP_REFUSED):
            async with asyncio.timeout(SIGN_IN_SECONDS):
                client = await connection.start_sftp_client(path_encoding=None)
        yield Server(client)
    finally:
        connection.abort()


async def _addresses(access: Access, guard: AddressGuard) -> tuple[str, ...]:
    try:
        async with asyncio.timeout(CONNECT_SECONDS):
            return await asyncio.to_thread(guard.addresses_of, access.hostname, access.port, SSH_PORT)
    except DestinationRefusedError:
        raise TroubleError(Problem.ADDRESS_REFUSED) from None
    except TimeoutError:
        raise TroubleError(Problem.TIMED_OUT) from None
    except (OSError, UnicodeError):
        raise TroubleError(Problem.HOST_NOT_FOUND) from None


async def _first_that_answers(
    access: Access, addresses: tuple[str, ...], pin: Callable[[str], None]
) -> SSHClientConnection:
    for position, address in enumerate(addresses):
        try:
            return await _connect(access, address, pin)
        except (OSError, TimeoutError):
            if position == len(addresses) - 1:
                raise
    raise TroubleError(Problem.HOST_NOT_FOUND)


async def _connect(access: Access, address: str, pin: Callable[[str], None]) -> SSHClientConnection:
    kinds = [access.host_key.split()[0]] if access.host_key else list(HOST_KEY_ALGORITHMS)
    try:
        return await _handshake(access, address, pin, kinds)
    except (asyncssh.KeyExchangeFailed, asyncssh.ConnectionLost, ConnectionResetError):
        if access.host_key is None:
            raise
        # It may have no key of the known kind any more, which some servers answer by hanging up: see which it has.
        return await _handshake(access, address, pin, list(HOST_KEY_ALGORITHMS))


async def _handshake(access: Access, address: str, pin: Callable[[str], None], kinds: list[str]) -> SSHClientConnection:
    check = _Pinning(access.host_key, pin)
    by_password = access.auth_type == AuthType.PASSWORD
    methods = ["password", "keyboard-interactive"] if by_password else ["publickey"]
    try:
        return await asyncssh.connect(
            address,
            access.port,
            config=None,  # else the ~/.ssh of whoever runs the service would count
            known_hosts=_nobody,
            client_factory=lambda: check,
            server_host_key_algs=[one for kind in kinds for one in HOST_KEY_ALGORITHMS[kind]],
            username=access.user,
            password=access.secret if by_password else None,
            client_keys=None if by_password else [_key(access.secret)],
            preferred_auth=methods,
            agent_path=None,
            gss_host=None,
            x509_trusted_certs=None,
            compression_algs=None,
            connect_timeout=CONNECT_SECONDS,
            login_timeout=SIGN_IN_SECONDS,
            keepalive_interval=15,
            keepalive_count_max=3,
        )
    except asyncssh.HostKeyNotVerifiable:
        if check.seen is None or access.host_key is None:
            raise
        raise HostKeyChangedError(check.seen) from None


class _Pinning(_KeyCheck):
    """Also tells of the key when it is the first one."""

    def __init__(self, known: str | None, pin: Callable[[str], None]) -> None:
        super().__init__(known)
        self._pin = pin

    def begin_auth(self, username: str) -> None:
        """The server has just proved that it has the key."""
        if self._known is None and self.seen is not None:
            self._pin(self.seen)


def _nobody(_host: str, _address: str, _port: int | None) -> Any:
    """No key is known beforehand, so that `_KeyCheck` is asked about every one."""
    return [], [], []


def _key(secret: str) -> SSHKey:
    try:
        return read_private_key(secret)
    except KeyRefusedError:
        raise TroubleError(Problem.SECRET_UNREADABLE) from None


class Server:
    """What a run does on a server. Every method raises TroubleError."""

    def __init__(self, client: SFTPClient) -> None:
        self._client = client

    async def entries(self, directory: str) -> AsyncIterator[tuple[bytes, Entry | None]]:
        """Name and, for a regular file, what is known of it. Links are not followed: what they lead to may change."""
        listing = aiter(self._client.scandir(directory.encode()))
        while True:
            with _named_troubles(Problem.DIRECTORY_NOT_FOUND):
                async with asyncio.timeout(ANSWER_SECONDS):
                    found = await anext(listing, None)
            if found is None:
                return
            name = found.filename if isinstance(found.filename, bytes) else found.filename.encode()
            if name not in (b".", b".."):
                yield name, _entry(name, found.attrs)

    async def look(self, path: bytes, name: bytes) -> Entry:
        """The file as it is now. Raises FileLeftError too."""
        with _named_files():
            async with asyncio.timeout(ANSWER_SECONDS):
                found = _entry(name, await self._client.lstat(path))
        if found is None:
            raise FileLeftError(LeftReason.NOT_A_FILE)
        return found

    async def fetch(self, path: bytes, entry: Entry, target: Path) -> None:
        """Write the file's bytes to `target`; it is complete, and is the version that `entry` tells of.

        Raises FileLeftError too, also when the file changes meanwhile.
        """
        with _named_files():
            async with asyncio.timeout(ANSWER_SECONDS):
                source = await self._client.open(path, "rb", encoding=None)
            try:
                size = 0
                with target.open("wb") as file:
                    while True:
                        async with asyncio.timeout(ANSWER_SECONDS):
                            # Without an encoding it gives bytes, which its type does not say.
                            block = cast(bytes, await source.read(BLOCK, size))
                        if not block:
                            break
                        size += len(block)
                        if size > entry.size:
                            raise FileLeftError(LeftReason.STILL_CHANGING)
                        await asyncio.to_thread(_write, file, block)
                async with asyncio.timeout(ANSWER_SECONDS):
                    of_handle = _entry(entry.name, await source.stat())
            finally:
                async with asyncio.timeout(ANSWER_SECONDS):
                    await source.close()
        if size != entry.size or of_handle != entry or await self.look(path, entry.name) != entry:
            raise FileLeftError(LeftReason.STILL_CHANGING)


def _write(file: BinaryIO, block: bytes) -> None:
    try:
        file.write(block)
        file.flush()
    except OSError:
        raise TroubleError(Problem.STORAGE_FULL) from None


def _entry(name: bytes, attributes: SFTPAttrs) -> Entry | None:
    """What is known of a regular file; None of anything else, and where the server does not say enough."""
    size, changed = attributes.size, attributes.mtime
    if attributes.type != asyncssh.FILEXFER_TYPE_REGULAR or size is None or changed is None:
        return None
    return Entry(name, size, int(changed))


@contextmanager
def _named_files() -> Iterator[None]:
    """Gives what happens to one file its name."""
    with _named_troubles(Problem.SERVER_ERROR):
        try:
            yield
        except (asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath):
            raise FileLeftError(LeftReason.VANISHED) from None
        except asyncssh.SFTPPermissionDenied:
            raise FileLeftError(LeftReason.NOT_READABLE) from None


@contextmanager
def _named_troubles(of_missing: Problem, of_network: Problem = Problem.CONNECTION_LOST) -> Iterator[None]:
    """Gives what the library raises a name. `of_missing`, `of_network`: what it means that something is not there, or that
    the system reports an error of the network."""
    try:
        yield
    except (asyncssh.Error, OSError) as error:
        raise TroubleError(_problem_of(error, of_missing, of_network)) from None


_PROBLEMS: tuple[tuple[tuple[type[Exception], ...], Problem], ...] = (
    ((TimeoutError,), Problem.TIMED_OUT),
    ((asyncssh.PermissionDenied,), Problem.SIGN_IN_REFUSED),
    ((asyncssh.KeyExchangeFailed,), Problem.NO_COMMON_ALGORITHM),
    (
        (asyncssh.ConnectionLost, asyncssh.SFTPConnectionLost, asyncssh.SFTPNoConnection, ConnectionResetError),
        Problem.CONNECTION_LOST,
    ),
    ((asyncssh.ChannelOpenError,), Problem.SFTP_REFUSED),
    (
        (asyncssh.ProtocolError, asyncssh.ProtocolNotSupported, asyncssh.HostKeyNotVerifiable, asyncssh.MACError),
        Problem.NOT_SSH,
    ),
    ((asyncssh.DisconnectError,), Problem.CONNECTION_LOST),
    ((asyncssh.SFTPPermissionDenied,), Problem.PERMISSION_DENIED),
)
"""What an error means; the first line that fits counts."""
_MISSING = (asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath, asyncssh.SFTPNotADirectory)


def _problem_of(error: Exception, of_missing: Problem, of_network: Problem) -> Problem:
    if isinstance(error, _MISSING) or (of_missing == Problem.SFTP_REFUSED and isinstance(error, asyncssh.SFTPError)):
        return of_missing
    otherwise = of_network if isinstance(error, OSError) else Problem.SERVER_ERROR
    return next((problem for kinds, problem in _PROBLEMS if isinstance(error, kinds)), otherwise)
