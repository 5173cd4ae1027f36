"""A certificate authority for a test, and what it signed for a broker on this machine."""

import ipaddress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

PEM = Encoding.PEM


def signed(folder: Path) -> tuple[Path, Path]:
    """The authority's certificate, and the broker's key with its certificate."""
    authority_key, broker_key = (
        ec.generate_private_key(ec.SECP256R1()),
        ec.generate_private_key(ec.SECP256R1()),
    )
    us = named("an authority of this test")
    authority = (
        begun(us, us, authority_key)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(authority_key, hashes.SHA256())
    )
    here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    broker = begun(named("a broker"), us, broker_key).add_extension(here, critical=False)
    certificate = broker.sign(authority_key, hashes.SHA256())
    key = broker_key.private_bytes(PEM, PrivateFormat.PKCS8, NoEncryption())
    ca, identity = folder / "ca.pem", folder / "broker.pem"
    ca.write_bytes(authority.public_bytes(PEM))
    identity.write_bytes(key + certificate.public_bytes(PEM) + authority.public_bytes(PEM))
    return ca, identity


def named(what: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, what)])


def begun(whose: x509.Name, by: x509.Name, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(whose)
        .issuer_name(by)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=12))
    )
