"""Certificates as HomeWizard's devices have them, from a certificate authority.

Both are X.509 version 1, as the real authority is: without any extension. OpenSSL
accepts them as long as VERIFY_X509_STRICT, a default since Python 3.13, is not set.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
import ssl
from tempfile import TemporaryDirectory
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import (
    RSAPrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID

_AUTHORITY: Final = "Appliance Access CA"
_FROM: Final = b"211218000000Z"
_UNTIL: Final = b"491216000000Z"
_ENDED: Final = b"241218000000Z"

# The pieces of DER that this module writes itself.
_SEQUENCE: Final = 0x30
_INTEGER: Final = 0x02
_BIT_STRING: Final = 0x03
_TIME: Final = 0x17
_LONG: Final = 0x80
_SHA256_WITH_RSA: Final = bytes.fromhex("300d06092a864886f70d01010b0500")


class Certificate(StrEnum):
    """Which certificate a device shows."""

    VALID = "valid"
    EXPIRED = "expired"
    ANOTHER_DEVICE = "another_device"
    """Valid, but of another device."""
    ANOTHER_AUTHORITY = "another_authority"
    """Issued by an authority of the same name that nobody trusts."""


@dataclass(frozen=True, kw_only=True, slots=True)
class KeyPair:
    """Files of a certificate and of its private key."""

    certificate: Path
    key: Path


class Authority:
    """A certificate authority whose files are in one directory."""

    def __init__(self, directory: Path) -> None:
        """Read keys and certificate, or create them."""
        directory.mkdir(parents=True, exist_ok=True)
        self.certificate_file = directory / "ca.pem"
        self._directory = directory
        self._key = _key_in(directory / "ca.key")
        self._device_key_file = directory / "device.key"
        self._device_key = _key_in(self._device_key_file)
        self._issued: dict[tuple[str, bool], KeyPair] = {}
        if not self.certificate_file.exists():
            certificate = _issue(_name(_AUTHORITY), self._key, self._key, _UNTIL)
            self.certificate_file.write_bytes(certificate)

    def issue(self, common_name: str, *, expired: bool = False) -> KeyPair:
        """Return the files of a device's certificate."""
        if (known := self._issued.get((common_name, expired))) is not None:
            return known
        until = _ENDED if expired else _UNTIL
        certificate = _issue(_name(common_name), self._device_key, self._key, until)
        file = self._directory / f"device-{len(self._issued)}.pem"
        file.write_bytes(certificate)
        pair = KeyPair(certificate=file, key=self._device_key_file)
        self._issued[common_name, expired] = pair
        return pair


@cache
def temporary_directory() -> TemporaryDirectory[str]:
    """Return a directory that lasts as long as this process."""
    return TemporaryDirectory(prefix="simulator-")


@cache
def authority_in(directory: Path) -> Authority:
    """Return the authority of a directory; keys take long to make."""
    return Authority(directory)


def _key_in(file: Path) -> RSAPrivateKey:
    """Return the private key in a file, a new one if there is none."""
    if file.exists():
        kept = load_pem_private_key(file.read_bytes(), None)
        assert isinstance(kept, RSAPrivateKey)
        return kept
    key = generate_private_key(public_exponent=65537, key_size=2048)
    file.touch(mode=0o600)
    file.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    return key


def _name(common_name: str) -> bytes:
    """Return a name in DER."""
    attributes = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "NL"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, "HomeWizard"),
        x509.NameAttribute(NameOID.COMMON_NAME, common_name),
    ]
    return x509.Name(attributes).public_bytes()


def _issue(
    subject: bytes,
    subject_key: RSAPrivateKey,
    issuer_key: RSAPrivateKey,
    until: bytes,
) -> bytes:
    """Return a certificate in PEM.

    The builder of cryptography makes version 3 only. It also keeps the class
    `datetime` that it sees first, which may be the one of a test's frozen time.
    """
    # Of 20 octets always: one that begins with a zero would be no valid DER.
    serial_number = x509.random_serial_number() | 1 << 158
    public_key = subject_key.public_key().public_bytes(
        Encoding.DER, PublicFormat.SubjectPublicKeyInfo
    )
    fields = (
        _der(_INTEGER, serial_number.to_bytes(20)),
        _SHA256_WITH_RSA,
        _name(_AUTHORITY),
        _der(_SEQUENCE, _der(_TIME, _FROM) + _der(_TIME, until)),
        subject,
        public_key,
    )
    signed_part = _der(_SEQUENCE, b"".join(fields))
    signature = issuer_key.sign(signed_part, PKCS1v15(), SHA256())
    bits = _der(_BIT_STRING, b"\0" + signature)
    certificate = _der(_SEQUENCE, signed_part + _SHA256_WITH_RSA + bits)
    return ssl.DER_cert_to_PEM_cert(certificate).encode()


def _der(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < _LONG:
        return bytes([tag, size]) + content
    octets = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes([tag, _LONG + len(octets)]) + octets + content
