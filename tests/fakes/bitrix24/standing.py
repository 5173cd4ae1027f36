"""The fake portal on a real port of this machine, plain or with a certificate of its own."""

import asyncio
import ipaddress
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import uvicorn
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from starlette.types import ASGIApp

HOST = "127.0.0.1"


def free_socket() -> socket.socket:
    """A socket that listens on a port nobody has."""
    made = socket.socket()
    made.bind((HOST, 0))
    return made


@asynccontextmanager
async def standing(app: ASGIApp, at: socket.socket, certificate: Path | None = None) -> AsyncGenerator[None]:
    """Served while the block lasts. `certificate`: one file with key and certificate."""
    pem = str(certificate) if certificate else None
    server = uvicorn.Server(
        uvicorn.Config(
            app, log_level="critical", ssl_certfile=pem, ssl_keyfile=pem, timeout_graceful_shutdown=1
        )
    )
    serving = asyncio.create_task(server.serve([at]))
    while not server.started:  # noqa: ASYNC110 - uvicorn tells nobody
        await asyncio.sleep(0.01)
    try:
        yield
    finally:
        server.should_exit = True
        await serving


def certify(folder: Path) -> Path:
    """A certificate for this machine, signed by itself, for those who insist on HTTPS."""
    key, file = ec.generate_private_key(ec.SECP256R1()), folder / "portal.pem"
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(HOST))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file
