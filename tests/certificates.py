"""Certificates for servers at localhost: valid ones, and each kind that is not."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import NameOID

from .servers import TlsFiles

_FROM: Final = datetime(2020, 1, 1, tzinfo=UTC)
_UNTIL: Final = datetime(2090, 1, 1, tzinfo=UTC)


def certificates(
    folder: Path,
    *,
    name: str = "localhost",
    lasts: timedelta = _UNTIL - _FROM,
    self_signed: bool = False,
) -> TlsFiles:
    """Return the files of a certificate for a name, and of who issued it."""
    folder.mkdir(exist_ok=True)
    authority_key = ec.generate_private_key(ec.SECP256R1())
    authority = _issue("An authority", authority_key, "An authority", authority_key)
    key = ec.generate_private_key(ec.SECP256R1())
    issuer = (name, key) if self_signed else ("An authority", authority_key)
    certificate = _issue(name, key, *issuer, until=_FROM + lasts)
    files = TlsFiles(
        certificate=folder / "server.pem",
        key=folder / "server.key",
        authority=folder / "authority.pem",
    )
    files.certificate.write_bytes(certificate.public_bytes(Encoding.PEM))
    files.authority.write_bytes(authority.public_bytes(Encoding.PEM))
    files.key.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    return files


def _issue(
    subject: str,
    subject_key: ec.EllipticCurvePrivateKey,
    issuer: str,
    issuer_key: ec.EllipticCurvePrivateKey,
    *,
    until: datetime = _UNTIL,
) -> x509.Certificate:
    is_authority = subject_key is issuer_key
    issuer_id = x509.AuthorityKeyIdentifier.from_issuer_public_key(
        issuer_key.public_key()
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name(issuer))
        .public_key(subject_key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_FROM)
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(is_authority, None), critical=True)
        .add_extension(
            x509.SubjectKeyIdentifier.from_public_key(subject_key.public_key()),
            critical=False,
        )
        .add_extension(issuer_id, critical=False)
    )
    if is_authority:
        builder = builder.add_extension(_SIGNS, critical=True)
    else:
        alternative = x509.SubjectAlternativeName([x509.DNSName(subject)])
        builder = builder.add_extension(alternative, critical=False)
    return builder.sign(issuer_key, SHA256())


_SIGNS: Final = x509.KeyUsage(
    digital_signature=True,
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=True,
    crl_sign=True,
    encipher_only=False,
    decipher_only=False,
)


def _name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])
