"""From a template and what is known to the words: the port, and the values that templates may name."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from kernel.personal import Personal

from notifications.application.contact import Contact
from notifications.domain.message import About, Promise
from notifications.domain.template import Texts
from notifications.domain.words import Language

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Words:
    """What goes out."""

    sms: str
    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Signature:
    """Who writes, and where a person answers: every message ends in one (R34, R108)."""

    name: str
    phone: str | None = None


class Unwordable(Exception):
    """The template can't be filled in with what is known; the text names no value."""


class Wording(Protocol):
    """Fills templates in."""

    def words(self, texts: Texts, language: Language, values: Values) -> Words:
        """Raise `Unwordable`."""
        ...

    def as_it_stands(self, subject: str, text: str, language: Language) -> Words:
        """What somebody else has written: nothing in it is a variable. There is no SMS of it."""
        ...


def values_of(
    contact: Contact, about: About, signature: Signature, zone: str, survey: Personal | None = None
) -> Values:
    """What a template may name. A link stands in as it is: it is in nobody's log."""
    offer, refund = contact.offer, about.refund
    return {
        "order": {"number": contact.number, "total": contact.total},
        "customer": {"name": contact.name.value},
        "lines": [
            {"title": each.title, "quantity": each.quantity, "price": each.unit_price}
            for each in contact.lines
        ],
        "promise": _promise(about.promise, contact) if about.promise else None,
        "offer": None
        if offer is None
        else {
            "link": offer.link.value if offer.link else None,
            "until": _local(offer.expires_at, zone) if offer.expires_at else None,
            "substitutes": [
                {"missing": each.missing_title, "title": each.title, "price": each.unit_price}
                for each in offer.substitutes
            ],
        },
        "refund": {"amount": refund.amount, "due_on": refund.due_on} if refund else None,
        "survey": {"link": survey.value} if survey else None,
        "shop": {"name": signature.name, "phone": signature.phone},
    }


def _promise(promise: Promise, contact: Contact) -> Values:
    starts, ends = (_local(each, promise.time_zone) for each in (promise.starts_at, promise.ends_at))
    return {
        "kind": promise.kind,
        "day": starts.date(),
        "starts": starts,
        "ends": ends,
        "last_day": ends.date(),
        "price": promise.price,
        "words": (contact.promise_words or {}).get(contact.language, ""),
    }


def _local(at: datetime, zone: str) -> datetime:
    return at.astimezone(ZoneInfo(zone))
