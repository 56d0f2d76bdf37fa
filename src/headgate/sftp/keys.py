"""Private keys that people enter, and the keys of servers, in the forms of OpenSSH."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from asyncssh import SSHKey

MAX_KEY = 20_000
LEAST_RSA_BITS = 2048
ACCEPTED = (
    "ssh-ed25519",
    "ssh-ed448",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "ssh-rsa",
)


class KeyRefusedError(ValueError):
    """A private key that cannot be used; the message says what was expected."""


def private_key_fingerprint(text: str) -> str:
    """The fingerprint of the public half of a private key, as `ssh-keygen -l` shows it. Raises KeyRefusedError."""
    return read_private_key(text).get_fingerprint("sha256")


def read_private_key(text: str) -> SSHKey:
    """The key of a text in OpenSSH's or PEM form. Raises KeyRefusedError."""
    if len(text) > MAX_KEY:
        raise KeyRefusedError(f"Expected one private key of at most {MAX_KEY} characters.")
    if "PRIVATE KEY-----" not in text:
        if "PuTTY-User-Key-File" in text:
            raise KeyRefusedError("This is a PuTTY key. Export it as an OpenSSH key: Conversions, Export OpenSSH key.")
        if text.lstrip().startswith((*ACCEPTED, "ssh-dss", "-----BEGIN PUBLIC", "---- BEGIN SSH2 PUBLIC")):
            raise KeyRefusedError("This is a public key. Paste the private key, the file without .pub at its end.")
        raise KeyRefusedError('Expected a private key that begins with "-----BEGIN OPENSSH PRIVATE KEY-----".')
    import asyncssh  # takes longer to import than a start has to take

    try:
        key = asyncssh.import_private_key(text.strip().replace("\r\n", "\n") + "\n")
    except asyncssh.KeyEncryptionError:
        raise KeyRefusedError(_ENCRYPTED) from None
    except (asyncssh.KeyImportError, ValueError, OverflowError, UnicodeError) as error:
        # The library's words may repeat parts of the key, so they are looked at and never shown.
        raise KeyRefusedError(_ENCRYPTED if "assphrase" in str(error) else _UNREADABLE) from None
    algorithm = key.get_algorithm()
    if algorithm not in ACCEPTED:
        raise KeyRefusedError(f"Keys of the kind {algorithm} are not accepted. Make one: ssh-keygen -t ed25519.")
    if algorithm == "ssh-rsa" and getattr(key.pyca_key, "key_size", 0) < LEAST_RSA_BITS:
        raise KeyRefusedError(f"An RSA key needs at least {LEAST_RSA_BITS} bits. Make another: ssh-keygen -t ed25519.")
    return key


def public_fingerprint(public_key: str) -> str:
    """The fingerprint of a public key in OpenSSH's form, as `ssh-keygen -l` shows it."""
    digest = hashlib.sha256(base64.b64decode(public_key.split()[1])).digest()
    return "SHA256:" + base64.b64encode(digest).decode().rstrip("=")


_ENCRYPTED = "The key is protected by a passphrase. Make a copy without one: ssh-keygen -p -N '' -f copy-of-the-key."
_UNREADABLE = "The key cannot be read: it is cut off, damaged or of an unknown kind. Paste the whole file."
