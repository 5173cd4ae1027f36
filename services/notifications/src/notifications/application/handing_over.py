"""From a message to what a gateway is given: the contact is asked of orders, the template is filled in."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from kernel.personal import Personal

from notifications.application.asking_others import FindLetter, FindLink, NothingToTell
from notifications.application.contact import Contact, FindContact, OrdersDown, OrdersRefuse
from notifications.application.outgoing import Answer, Mail, SendMail, SendSms, Sms
from notifications.application.templates import Templates
from notifications.application.wording import Signature, Unwordable, Wording, Words, values_of
from notifications.domain.message import About, Message, Sending, Sent, Waiting, key_of
from notifications.domain.words import Channel, Language, Paper, Report, Template


class NoAddress(Exception):
    """The customer gave no address for this channel."""


@dataclass(frozen=True, slots=True)
class Letter:
    """Ready to go: in which language, to whom (masked), and what."""

    language: str
    masked: Personal
    what: Sms | Mail


@dataclass(frozen=True, slots=True)
class HandingOver:
    """Letters are made, and given to the gateway of their channel."""

    contact: FindContact
    link: FindLink
    written: FindLetter
    templates: Templates
    wording: Wording
    signature: Signature
    sms: SendSms
    mail: SendMail
    measure: Callable[[str, str, str], None]

    async def letter(self, message: Waiting | Sending, zone: str, at: datetime) -> Letter:
        """Raise `Unanswered`, `Withheld`, `NoAddress`, `NothingToTell` or `Unwordable`."""
        writing = message.writing
        if writing.order_id is None:
            raise NoAddress
        contact = await self.contact(writing.order_id)
        language, words = await self._words(message, contact, zone)
        if writing.channel is Channel.EMAIL:
            return self._mail(message, contact, language, words)
        if contact.phone is None:
            raise NoAddress
        again = isinstance(message, Sending) or message.perhaps_taken
        text, ttl = Personal(words.sms), message.expires_at - at
        sms = Sms(key_of(message), contact.phone, text, ttl, writing.number or contact.number, again=again)
        return Letter(contact.language, Personal(str(contact.phone)), sms)

    async def hand_over(self, letter: Letter) -> tuple[str, Answer]:
        """The gateway's name and its answer."""
        match letter.what:
            case Sms():
                return self.sms.name, await self.sms.send(letter.what)
            case Mail():
                return self.mail.name, await self.mail.send(letter.what)

    async def look(self, message: Sent) -> Report | None:
        """What the gateway knows of an SMS that it took; None when it, or orders, has no answer."""
        order_id = message.writing.order_id
        if message.writing.channel is not Channel.SMS or message.gateway != self.sms.name or order_id is None:
            return None
        try:
            contact = await self.contact(order_id)
        except (OrdersDown, OrdersRefuse):
            return None
        if contact.phone is None:
            return None
        return await self.sms.look(key_of(message), message.gateway_id, contact.phone)

    async def _words(self, message: Message, contact: Contact, zone: str) -> tuple[Language, Words]:
        template, about = message.writing.template, message.writing.about
        if isinstance(template, Paper):
            assert about.letter
            told = await self.written(about.letter)
            words = self.wording.as_it_stands(told.subject.value, told.text.value, told.language)
            return told.language, words
        about = as_it_is_now(template, about, contact)
        if about.promise and about.promise.kind != "window" and not contact.promise_words:
            raise Unwordable("a pick-up point without words")
        link = await self.link(about.call) if about.call else None
        _, texts = await self.templates.in_force(template, contact.language)
        values = values_of(contact, about, self.signature, zone, link)
        return contact.language, self.wording.words(texts, contact.language, values)

    def _mail(self, message: Waiting | Sending, contact: Contact, language: Language, words: Words) -> Letter:
        if contact.email is None:
            raise NoAddress
        mail = Mail(
            key_of(message),
            contact.email,
            Personal(words.subject),
            Personal(words.text),
            Personal(words.html),
            message.writing.number or contact.number,
            language,
        )
        return Letter(language, Personal(masked_address(contact.email.value)), mail)


def as_it_is_now(template: Template, about: About, contact: Contact) -> About:
    """What the message is about, by what orders says this moment: a promise may be void since, a refund smaller or
    withdrawn, and not all of that is told. Raise `NothingToTell` (R31, R80).
    """
    if template is Template.APOLOGY_AND_OFFER and contact.offer is None:
        raise NothingToTell("offer_gone")
    if about.promise and not contact.keeps(about.promise):
        raise NothingToTell("promise_gone")
    if template is not Template.REFUND_DUE or about.refund is None:
        return about
    owed = contact.owed.get(about.refund.refund_id)
    if owed is None:
        raise NothingToTell("refund_gone")
    return replace(about, refund=replace(about.refund, amount=owed))


def masked_address(address: str) -> str:
    """`m***@example.com`: enough to tell it from another."""
    local, _, host = address.rpartition("@")
    return f"{local[:1]}***@{host}"
