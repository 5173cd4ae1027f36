"""A contact of the portal becomes, or is, a customer: by his phones, once, whoever comes first."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from chassis.handling import Handler, Held, Occasion, Outcome
from chassis.listing import Page, Query
from kernel.phone import Phone
from kernel.refusal import Refusal
from uuid_utils.compat import uuid7

from crm.application.bitrix_people import PortalPeople
from crm.application.knowing import MAY_OWN, Contact, Knowing
from crm.domain import bitrix_card as b
from crm.domain import bitrix_card_rules as rules
from crm.domain.bitrix_card_evolving import Change
from crm.domain.bitrix_rows import TOO_MANY_PHONES, ContactRow, contact_row
from crm.domain.handover import HandOver
from crm.domain.refusals import PhoneOfAnother
from crm.domain.staff import Staff

REASON = "bitrix24"
PHONE_OF_ANOTHER = "phone_of_another"
REFUSED = "refused"


class Cards(Protocol):
    """Cards, kept and listed."""

    async def load(self, key: str) -> Held[b.Card]: ...
    async def page(self, query: Query, limit: int, after: str | None = None) -> Page[b.Card]: ...
    async def count(self, query: Query, *, most: int | None = None) -> int: ...


def card_id(number: int) -> str:
    """Numbers with zeros in front sort as they count."""
    return f"contact-{number:015d}"


@dataclass(frozen=True, slots=True)
class PortalContacts:
    """May be broken off anywhere and begun again: the customer is named by his phone, each step is taken once."""

    knowing: Knowing
    people: PortalPeople
    cards: Cards
    handle: Handler[rules.Command, b.Card, Change]
    shop_id: str

    async def take_in(
        self, row: Mapping[str, Any], why: Occasion, held: Held[b.Card] | None = None
    ) -> b.Card:
        """As the portal shows him now. Raise `NotARow`. `held`: the card as it was before the portal was asked."""
        contact = contact_row(row, self.knowing.phones.key)
        card = (held or await self.cards.load(card_id(contact.number))).state
        seen = b.Seen(contact.user_id, contact.digest, None, contact.problems, contact.modified_at)
        if card is not None and card.erased:
            seen = rules.NOBODY
        elif rules.is_news(card, seen):
            seen = await self._known(contact, card, seen, why)
        elif card is not None:
            seen = replace(seen, customer_id=card.customer_id, problems=card.problems)
        done = await self.handle(b.TakeIn(contact.number, seen, card.hints if card else 0), why)
        assert done.state is not None
        return done.state

    async def miss(self, number: int, why: Occasion, hints: int) -> Outcome[b.Card]:
        """He is gone there. Here he stays: orders name him."""
        return await self.handle(b.Miss(number, hints), why)

    async def _known(self, contact: ContactRow, card: b.Card | None, seen: b.Seen, why: Occasion) -> b.Seen:
        """What a rule refuses is a problem of this one contact; it keeps no other waiting."""
        customer_id = card.customer_id if card else None
        problems = list(contact.problems)
        registered = False
        try:
            if customer_id is None and contact.phones:
                customer_id, registered = await self._resolved(contact, why)
            if customer_id is None:
                return seen
            problems += await self._learned(customer_id, contact, why)
            problems += await self._owned(customer_id, contact, card, registered=registered, why=why)
        except Refusal:
            problems.append(REFUSED)
        return replace(seen, customer_id=customer_id, problems=tuple(dict.fromkeys(problems)))

    async def _resolved(self, contact: ContactRow, why: Occasion) -> tuple[str, bool]:
        person = await self.people.staff_of(contact.user_id)
        owner_id = person.staff_id if person and not _why_not(person) else None
        said = self._said(contact, contact.phones[0])
        found, registered = await self.knowing.resolve(said, why.actor, why.at, owner_id=owner_id)
        return found.customer_id, registered

    async def _learned(self, customer_id: str, contact: ContactRow, why: Occasion) -> list[str]:
        """His name, and the phones that he is not known by yet."""
        known = (await self.knowing.customers.load(customer_id)).state
        hashes = set(known.hashes if known else ())
        nameless = known is not None and known.name is None and contact.name is not None
        problems: list[str] = []
        for phone in contact.phones:
            hash_ = phone.keyed_hash(self.knowing.phones.key)
            if hash_ in hashes and not nameless:
                continue
            try:
                said = self._said(contact, phone)
                hashes = set((await self.knowing.learn(customer_id, said, why.actor, why.at)).hashes)
            except PhoneOfAnother:
                problems.append(PHONE_OF_ANOTHER)
                continue
            nameless = False
            if hash_ not in hashes:
                problems.append(TOO_MANY_PHONES)
        return problems

    async def _owned(
        self, customer_id: str, contact: ContactRow, card: b.Card | None, *, registered: bool, why: Occasion
    ) -> list[str]:
        """Who answers for him, if the portal has a word to say about it."""
        person = await self.people.staff_of(contact.user_id)
        no = _why_not(person)
        if person is None or no:
            return [no]
        known = (await self.knowing.customers.load(customer_id)).state
        if registered or known is None or known.owner_id == person.staff_id:
            return []
        if await self._is_of_two_minds(customer_id, contact, card):
            return [rules.OWNER_DIFFERS]
        if rules.whose_word(card, contact.user_id, contact.modified_at) is rules.Whose.PORTAL:
            await self._hand_over(customer_id, person, why)
        return []

    async def _is_of_two_minds(self, customer_id: str, contact: ContactRow, card: b.Card | None) -> bool:
        """The portal has several cards of him with different owners: which counts, only a person can say, and does so by changing one."""
        if card is not None and card.customer_id is not None:
            moved = card.wanted is not None or card.user_id != contact.user_id
            return not moved and rules.OWNER_DIFFERS in card.problems
        others = Query(equal={"customer_id": customer_id, "gone": False})
        return await self.cards.count(others, most=1) > 0

    async def _hand_over(self, customer_id: str, person: Staff, why: Occasion) -> None:
        command = HandOver(
            customer_id=customer_id,
            to_id=person.staff_id,
            reason=REASON,
            able=frozenset({person.staff_id}),
            to_roles=person.roles,
            actor=why.actor,
            at=why.at,
        )
        await self.knowing.handle(command, Occasion(f"bitrix24:{uuid7()}", why.at, why.actor))

    def _said(self, contact: ContactRow, phone: Phone) -> Contact:
        return Contact(self.shop_id, phone, contact.name, None, None)


def _why_not(person: Staff | None) -> str:
    """Why a user of the portal can't answer for a customer; empty when he can."""
    if person is None or not person.active:
        return rules.OWNER_UNKNOWN
    return rules.OWNER_SELLS_NOTHING if person.roles.isdisjoint(MAY_OWN) else ""
