"""An e-mail as it goes over the wire: text and HTML of the same words."""

import re
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from chassis.clock import Clock

from notifications.application.outgoing import Mail

ADDRESS = re.compile(r"[^\s@<>,;:\"]+@[^\s@<>,;:\"]+")


def made(mail: Mail, sender: str, clock: Clock) -> EmailMessage:
    """The letter: text and HTML of the same words. Raise `ValueError` for an address that is none."""
    name, from_ = parseaddr(sender)
    letter = EmailMessage()
    letter["From"] = Address(name, addr_spec=from_)
    letter["To"] = addressed(mail.to.value)
    letter["Subject"] = mail.subject.value
    letter["Date"] = format_datetime(clock.now())
    letter["Message-ID"] = f"<{mail.key}@{from_.rpartition('@')[2]}>"
    letter["Content-Language"] = mail.language
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(mail.text.value)
    letter.add_alternative(mail.html.value, subtype="html")
    return letter


def addressed(given: str) -> Address:
    """An address that any server takes: letters of other alphabets only in the host, which has another spelling."""
    local, _, host = given.strip().rpartition("@")
    if not ADDRESS.fullmatch(given.strip()) or not local.isascii():
        raise ValueError("not an address")
    try:
        return Address(addr_spec=f"{local}@{host.encode('idna').decode()}")
    except (IndexError, HeaderParseError, UnicodeError):
        raise ValueError("not an address") from None
