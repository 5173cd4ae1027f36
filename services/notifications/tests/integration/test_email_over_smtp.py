"""E-mail, given to a real SMTP server: encrypted, authenticated, refused, put off, and silent."""

import asyncio
import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any, cast

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from chassis.clock import StoppedClock
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from kernel.personal import Personal
from notifications.adapters.smtp import Server, Smtp
from notifications.application.outgoing import Mail, NotNow, Refused, Taken
from notifications.testing.letters import EMAIL, MONDAY

MAIL = Mail(
    "m-1",
    Personal(EMAIL),
    Personal("Заказ 1042 принят"),
    Personal("Здравствуйте!\n\nВаш заказ принят."),
    Personal("<p>Здравствуйте!</p>"),
    "1042",
    "ru",
)


class Postbox:
    """What the server does with letters; `says` answers to RCPT, `after_data` to DATA."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.says: list[str] = []
        self.after_data = "250 OK"
        self.pause = 0.0

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name and arguments
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        del server, session, options
        if self.says:
            return self.says.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        del server, session
        self.letters.append(message_from_bytes(envelope.content, policy=default))
        await asyncio.sleep(self.pause)
        return self.after_data


def certificate(folder: Path) -> tuple[Path, ssl.SSLContext]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    at = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem, private = folder / "server.pem", folder / "server.key"
    pem.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, private)
    return pem, context


def authenticated(server: Any, session: Any, envelope: Any, mechanism: str, given: Any) -> AuthResult:
    del server, session, envelope, mechanism
    known = isinstance(given, LoginPassword) and (given.login, given.password) == (b"shop", b"brass")
    return AuthResult(success=known, handled=known)


@pytest.fixture
def postbox() -> Postbox:
    return Postbox()


@pytest.fixture
def plain(postbox: Postbox, port: int) -> Iterator[Smtp]:
    """A server on the same machine, unencrypted."""
    controller = Controller(postbox, hostname="localhost", port=port)
    controller.start()
    yield smtp(controller, "none")
    controller.stop()


def smtp(controller: Controller, tls: str, **more: Any) -> Smtp:
    server = Server("localhost", controller.port, tls, None, None, 2.0)
    return Smtp(replace(server, **more), "Игла <shop@igla.example>", StoppedClock(MONDAY))


async def test_a_letter_comes_as_text_and_html_of_the_same_words(plain: Smtp, postbox: Postbox) -> None:
    answer = await plain.send(MAIL)

    assert answer == Taken("<m-1@igla.example>")
    (letter,) = postbox.letters
    assert (letter["From"], letter["To"]) == ("Игла <shop@igla.example>", EMAIL)
    assert (letter["Subject"], letter["Message-ID"]) == ("Заказ 1042 принят", "<m-1@igla.example>")
    assert letter["Date"] == "Mon, 02 Mar 2026 07:00:00 +0000"
    assert letter["Auto-Submitted"] == "auto-generated"
    text, html = (cast("Any", letter.get_body((kind,))).get_content() for kind in ("plain", "html"))
    assert "Ваш заказ принят." in text
    assert html.strip() == "<p>Здравствуйте!</p>"


async def test_a_repeat_has_the_same_message_id(plain: Smtp, postbox: Postbox) -> None:
    for _ in range(2):
        await plain.send(MAIL)

    assert len({each["Message-ID"] for each in postbox.letters}) == 1


async def test_greylisting_is_later_and_then_a_yes(plain: Smtp, postbox: Postbox) -> None:
    postbox.says = ["451 4.7.1 Greylisted, try again in 5 minutes"]

    assert await plain.send(MAIL) == NotNow("gateway_later")
    assert isinstance(await plain.send(MAIL), Taken)


@pytest.mark.parametrize(
    ("says", "answer"),
    [
        ("550 5.1.1 No such user", Refused("undeliverable")),
        ("552 5.2.2 Mailbox full", Refused("undeliverable")),
        ("452 4.2.2 Mailbox full, later", NotNow("gateway_later")),
    ],
)
async def test_a_refused_address_is_a_no_or_a_later(
    plain: Smtp, postbox: Postbox, says: str, answer: object
) -> None:
    postbox.says = [says]

    assert await plain.send(MAIL) == answer


@pytest.mark.parametrize(
    ("says", "answer"),
    [
        ("554 5.7.1 Looks like spam", Refused("refused")),
        ("421 4.3.2 Going down", NotNow("gateway_later")),
    ],
)
async def test_a_refused_letter_is_a_no_or_a_later(
    plain: Smtp, postbox: Postbox, says: str, answer: object
) -> None:
    postbox.after_data = says

    assert await plain.send(MAIL) == answer


async def test_a_server_that_falls_silent_may_have_taken_it(plain: Smtp, postbox: Postbox) -> None:
    postbox.pause = 3.0

    hurried = replace(plain, server=replace(plain.server, seconds=0.5))

    assert await hurried.send(MAIL) == NotNow("gateway_silent", perhaps_taken=True)


async def test_nobody_there_is_later(plain: Smtp) -> None:
    nowhere = replace(plain, server=replace(plain.server, port=1))

    assert await nowhere.send(MAIL) == NotNow("gateway_down")


@pytest.mark.parametrize(
    "address", ["", "maria", "maria@", "a@b\r\nBcc: c@d", "мария@example.com", "a..b@c", "a@b, c@d"]
)
async def test_an_address_that_is_none_is_refused_before_anybody_is_asked(
    plain: Smtp, postbox: Postbox, address: str
) -> None:
    answer = await plain.send(replace(MAIL, to=Personal(address)))

    assert isinstance(answer, Refused)
    assert not [each for each in postbox.letters if each["Bcc"]]


async def test_a_russian_host_has_another_spelling_on_the_wire(plain: Smtp, postbox: Postbox) -> None:
    assert isinstance(await plain.send(replace(MAIL, to=Personal("maria@почта.рф"))), Taken)
    assert postbox.letters[0]["To"] == "maria@xn--80a1acny.xn--p1ai"


@pytest.mark.parametrize("password", ["brass", "guessed"])
async def test_starttls_and_authentication(
    postbox: Postbox, tmp_path: Path, password: str, port: int
) -> None:
    pem, context = certificate(tmp_path)
    controller = Controller(
        postbox,
        hostname="localhost",
        port=port,
        tls_context=context,
        require_starttls=True,
        auth_required=True,
        authenticator=authenticated,
    )
    controller.start()
    trusting = ssl.create_default_context(cafile=pem)
    try:
        way = smtp(controller, "starttls", user="shop", password=password, context=trusting)
        answer = await way.send(MAIL)
        unsure = await replace(way, server=replace(way.server, context=None)).send(MAIL)
    finally:
        controller.stop()

    assert isinstance(answer, Taken) if password == "brass" else answer == NotNow("gateway_login")
    assert isinstance(unsure, NotNow)  # a certificate that nobody vouches for
