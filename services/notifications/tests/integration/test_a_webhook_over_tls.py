"""The connection goes to the checked address, and its certificate must be the name's."""

import asyncio
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from notifications.adapters.posting import Posting
from notifications.domain.reachable import Reach


def certificate(host: str, folder: Path) -> Path:
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    dated = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    signed = dated.add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
    whole = signed.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / "partner.pem"
    path.write_bytes(secret + whole)
    return path


async def hear(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    head = await reader.readuntil(b"\r\n\r\n")
    assert b"host: erp.example:" in head.lower()
    writer.write(b"HTTP/1.1 204 OK\r\nContent-Length: 0\r\n\r\n")
    writer.close()


@pytest.mark.parametrize(("host", "status"), [("erp.example", 204), ("other.example", None)])
async def test_the_certificate_is_the_names(tmp_path: Path, host: str, status: int | None) -> None:
    pem = certificate("erp.example", tmp_path)
    own = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    own.load_cert_chain(pem)
    server = await asyncio.start_server(hear, "127.0.0.1", 0, ssl=own)
    port = server.sockets[0].getsockname()[1]

    async def answers(name: str, port: int) -> list[str]:
        del name, port
        return ["127.0.0.1"]

    post = Posting(Reach(anywhere=True), 20.0, tls=ssl.create_default_context(cafile=pem), resolve=answers)
    done = await post(f"https://{host}:{port}/", "d-1", "{}", ("whsec_bmV3",))
    server.close()

    assert done.status == status
    assert (done.fault is None) == (status is not None)
