"""Previewing: a template as a customer would read it, before it is saved; nothing is sent."""

from dataclasses import dataclass, replace
from itertools import islice

from kernel.personal import Personal
from kernel.refusal import NotFound, Refusal

from notifications.application.checking import Checking
from notifications.application.contact import Contact, FindContact, OrdersRefuse
from notifications.application.samples import LINK, SURVEY_LINK, sample_about, sample_contact, samples
from notifications.application.templates import Templates
from notifications.application.wording import Signature, Unwordable, Wording, Words, values_of
from notifications.application.zones import Zones
from notifications.domain.segments import segments
from notifications.domain.template import Texts
from notifications.domain.words import Language, Template


class OrderUnknown(NotFound):
    """Orders has no such order, or does not give its customer."""


class CannotBeFilledIn(Refusal):
    """The template names what is not there."""

    rule = "R33"


@dataclass(frozen=True, slots=True)
class Preview:
    """The words, how many SMS they are, and what the check says of the template."""

    words: Words
    segments: int
    faults: list[str]


@dataclass(frozen=True, slots=True)
class Previewing:
    """With a sample, or with the customer of a real order; its link to answer by is never shown, since it works."""

    templates: Templates
    wording: Wording
    checking: Checking
    contact: FindContact
    signature: Signature
    zones: Zones

    async def __call__(
        self, name: Template, language: Language | None, draft: Texts | None, order_id: str | None
    ) -> Preview:
        """Raise `OrderUnknown`, `OrdersDown` or `CannotBeFilledIn`."""
        contact = await self._asked(order_id) if order_id else None
        chosen = language or (contact.language if contact else Language.RU)
        texts = draft or (await self.templates.in_force(name, chosen))[1]
        values = next(islice(samples(name, chosen, self.signature), 1))
        if contact is not None:
            shown = replace(contact, offer=contact.offer or sample_contact(chosen).offer)
            about, link = sample_about(name), Personal(SURVEY_LINK)
            values = values_of(shown, about, self.signature, self.zones.default, link)
        try:
            words = self.wording.words(texts, chosen, values)
        except Unwordable as wrong:
            raise CannotBeFilledIn(str(wrong)) from None
        return Preview(words, segments(words.sms), self.checking(texts, name, chosen))

    async def _asked(self, order_id: str) -> Contact:
        try:
            contact = await self.contact(order_id)
        except OrdersRefuse as no:
            raise OrderUnknown("Orders does not give this order's customer.", reason=no.reason) from None
        if contact.offer is None or contact.offer.link is None:
            return contact
        return replace(contact, offer=replace(contact.offer, link=Personal(LINK)))
