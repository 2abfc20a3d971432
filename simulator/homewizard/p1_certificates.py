"""Certificates as HomeWizard's devices have them, from a certificate authority.

Both are X.509 version 1, as the real authority is: without any extension. OpenSSL
accepts them as long as VERIFY_X509_STRICT, a default since Python 3.13, is not set.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
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
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID

_FROM: Final = datetime(2021, 12, 18, tzinfo=UTC)
_UNTIL: Final = datetime(2049, 12, 16, tzinfo=UTC)
_ENDED: Final = datetime(2024, 12, 18, tzinfo=UTC)

# The pieces of DER that this module writes itself.
_SEQUENCE: Final = 0x30
_BIT_STRING: Final = 0x03
_LONG: Final = 0x80
_VERSION_3: Final = bytes.fromhex("a003020102")
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
        """Read the authority's key and certificate, or create them."""
        self._directory = directory
        self.certificate_file = directory / "ca.pem"
        key_file = directory / "ca.key"
        if key_file.exists() and self.certificate_file.exists():
            self._key = _read_key(key_file)
        else:
            directory.mkdir(parents=True, exist_ok=True)
            self._key = _new_key()
            _write_key(key_file, self._key)
            name = _name("Appliance Access CA")
            certificate = _issue(name, self._key, name, self._key, _UNTIL)
            self.certificate_file.write_bytes(certificate)

    def issue(self, common_name: str, *, expired: bool = False) -> KeyPair:
        """Return the files of a new certificate for a device."""
        file_name = common_name.replace("/", "-") + ("-expired" if expired else "")
        pair = KeyPair(
            certificate=self._directory / f"{file_name}.pem",
            key=self._directory / "device.key",
        )
        if pair.key.exists():
            key = _read_key(pair.key)
        else:
            key = _new_key()
            _write_key(pair.key, key)
        certificate = _issue(
            _name(common_name),
            key,
            _name("Appliance Access CA"),
            self._key,
            _ENDED if expired else _UNTIL,
        )
        pair.certificate.write_bytes(certificate)
        return pair


@cache
def temporary_directory() -> TemporaryDirectory[str]:
    """Return a directory that lasts as long as this process."""
    return TemporaryDirectory(prefix="simulator-")


@cache
def authority_in(directory: Path) -> Authority:
    """Return the authority of a directory; keys take long to make."""
    return Authority(directory)


def _new_key() -> RSAPrivateKey:
    return generate_private_key(public_exponent=65537, key_size=2048)


def _read_key(file: Path) -> RSAPrivateKey:
    key = load_pem_private_key(file.read_bytes(), None)
    assert isinstance(key, RSAPrivateKey)
    return key


def _write_key(file: Path, key: RSAPrivateKey) -> None:
    file.touch(mode=0o600)
    file.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )


def _name(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "NL"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "HomeWizard"),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def _issue(
    subject: x509.Name,
    subject_key: RSAPrivateKey,
    issuer: x509.Name,
    issuer_key: RSAPrivateKey,
    until: datetime,
) -> bytes:
    """Return a certificate in PEM."""
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(subject_key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_FROM)
        .not_valid_after(until)
        .sign(issuer_key, SHA256())
    )
    version_1 = _as_version_1(certificate.tbs_certificate_bytes, issuer_key)
    return x509.load_der_x509_certificate(version_1).public_bytes(Encoding.PEM)


def _as_version_1(signed_part: bytes, issuer_key: RSAPrivateKey) -> bytes:
    """Return a version 1 certificate in DER; cryptography makes version 3 only."""
    length = signed_part[1]
    header = 2 if length < _LONG else 2 + length - _LONG
    fields = signed_part[header:].removeprefix(_VERSION_3)
    signed_part = _der(_SEQUENCE, fields)
    signature = issuer_key.sign(signed_part, PKCS1v15(), SHA256())
    bits = _der(_BIT_STRING, b"\0" + signature)
    return _der(_SEQUENCE, signed_part + _SHA256_WITH_RSA + bits)


def _der(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < _LONG:
        return bytes([tag, size]) + content
    octets = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes([tag, _LONG + len(octets)]) + octets + content
