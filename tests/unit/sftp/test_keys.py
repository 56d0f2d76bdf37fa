"""Private keys that people paste: those of OpenSSH are taken, all others are refused with what to do instead."""

from __future__ import annotations

import pytest

from headgate.sftp.keys import KeyRefusedError, private_key_fingerprint
from tests.sftp_server import SftpServer


def refusal(text: str) -> str:
    with pytest.raises(KeyRefusedError) as refused:
        private_key_fingerprint(text)
    return str(refused.value)


@pytest.mark.parametrize("kind", ["ed25519", "ecdsa", "rsa"])
def test_fingerprints_are_those_of_openssh(server: SftpServer, kind: str) -> None:
    text = server.new_key("some_key", kind)
    assert private_key_fingerprint(text) == server.fingerprint("some_key.pub")
    # As a browser sends it, and as people cut it.
    assert private_key_fingerprint("\n" + text.strip().replace("\n", "\r\n")) == server.fingerprint("some_key.pub")


def test_a_key_with_a_passphrase_is_refused_and_says_what_to_do(server: SftpServer) -> None:
    assert "ssh-keygen -p" in refusal(server.new_key("locked", "ed25519", passphrase="open sesame"))


def test_public_keys_and_keys_of_putty_are_recognized(server: SftpServer) -> None:
    assert "public key" in refusal((server.home / "user_key.pub").read_text(encoding="utf-8"))
    assert "PuTTY" in refusal("PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\n")


def test_weak_keys_are_refused(server: SftpServer) -> None:
    from cryptography.hazmat.primitives.asymmetric import dsa, rsa
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    def pem(key: rsa.RSAPrivateKey | dsa.DSAPrivateKey) -> str:
        return key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption()).decode()

    assert "2048 bits" in refusal(pem(rsa.generate_private_key(65537, 1024)))  # noqa: S505 - to be refused
    assert "ssh-dss" in refusal(pem(dsa.generate_private_key(1024)))  # noqa: S505 - to be refused


@pytest.mark.parametrize("damage", ["cut", "changed", "empty", "long", "certificate"])
def test_what_is_no_key_is_refused_without_repeating_it(server: SftpServer, damage: str) -> None:
    lines = server.key.splitlines()
    text = {
        "cut": "\n".join([*lines[:2], lines[-1]]),
        "changed": server.key.replace(lines[1], lines[1][::-1]),
        "empty": "-----BEGIN OPENSSH PRIVATE KEY-----\n-----END OPENSSH PRIVATE KEY-----\n",
        "long": server.key + "x" * 30_000,
        "certificate": "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
    }[damage]
    assert lines[1][:20] not in refusal(text)
