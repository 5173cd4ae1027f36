"""What is due at a card: to read it again, because somebody said that it changed; to tell the portal who answers for it now."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from chassis.handling import Occasion, Outcome
from chassis.listing import Query
from kernel.deadline import Deadline

from crm.application.bitrix_contacts import PortalContacts, card_id
from crm.application.bitrix_port import Portal, PortalDown, PortalRefused
from crm.domain import bitrix_card as b
from crm.domain import bitrix_card_rules as rules
from crm.domain import bitrix_card_whose as w
from crm.domain.bitrix_rows import NotARow, contact_row, identifier

REFUSED_AGAIN_AFTER = timedelta(hours=1)
LONGEST = 3600.0
UNREADABLE = "unreadable"
NOT_LET_WRITE = "portal_refuses"
AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Following:
    """Events say only which card; the card is read. A push reads first, so that one whose answer was lost is not made again."""

    portal: Portal
    contacts: PortalContacts

    async def hear(self, number: int, why: Occasion) -> None:
        """An event named it; it is read in a moment, and the event answered at once."""
        await self.contacts.handle(b.Hint(number, why.at), why)

    async def want(self, customer_id: str, why: Occasion) -> None:
        """Somebody else answers for him in opblok: all of his cards in the portal are to say who it is by now."""
        if not self.portal.writes:
            return
        known = (await self.contacts.knowing.customers.load(customer_id)).state
        user = await self.contacts.people.user_of(known.owner_id) if known and known.owner_id else None
        if user is None:
            return
        for number in await self._cards_of(customer_id):
            await self.contacts.handle(b.Want(number, user.user_id, why.at), why)

    async def merge(self, into: str, merged_id: str, why: Occasion) -> None:
        """Two customers were one: his cards, too, are to say who answers for him."""
        for number in await self._cards_of(merged_id):
            await self.contacts.handle(w.Merge(number, into), why)
        await self.want(into, Occasion(f"{why.id}:owner", why.at, why.actor))

    async def unmerge(self, from_: str, merged_id: str, why: Occasion) -> None:
        """They were two after all: each has his own cards again."""
        for number in await self._cards_of(from_):
            await self.contacts.handle(w.Unmerge(number, merged_id), why)
        await self.want(merged_id, Occasion(f"{why.id}:owner", why.at, why.actor))

    async def forget(self, customer_id: str, why: Occasion) -> None:
        """He is erased here. What the portal has of him is listed for whoever erases it there."""
        for number in await self._cards_of(customer_id):
            await self.contacts.handle(w.Forget(number), why)

    async def _cards_of(self, customer_id: str) -> list[int]:
        page = await self.contacts.cards.page(Query(equal={"customer_id": customer_id}), AT_ONCE)
        return [held.state.number for held in page.items if held.state]

    async def hint_of(self, user_id: str, why: Occasion) -> bool:
        """The cards of this user whose owner was not known are read again, one by one; answers False when they are so many that a pass
        over all is less work for the portal.
        """
        page = await self.contacts.cards.page(Query(equal={"user_id": user_id, "bad": True}), AT_ONCE)
        if page.next is not None:
            return False
        for held in page.items:
            if held.state:
                await self.contacts.handle(b.Hint(held.state.number, why.at), why)
        return True

    async def due(self, key: str, deadline: Deadline, why: Occasion) -> Outcome[b.Card] | None:
        """What the deadline worker hands over. The portal's troubles put it off; everything else is a fault of ours."""
        held = await self.contacts.cards.load(key)
        if held.state is None:
            return None
        number = held.state.number
        try:
            if deadline.name == b.READ:
                return await self._read(number, why)
            return await self._push(number, why)
        except PortalDown as down:
            wait = min(LONGEST, down.wait * 2 ** min(held.state.tries, 7))
            return await self._later(number, deadline, why.at + timedelta(seconds=wait), None, why)
        except PortalRefused:
            until = why.at + REFUSED_AGAIN_AFTER
            return await self._later(number, deadline, until, NOT_LET_WRITE, why)
        except NotARow:
            return await self._later(number, deadline, why.at + REFUSED_AGAIN_AFTER, UNREADABLE, why)

    async def _read(self, number: int, why: Occasion) -> Outcome[b.Card] | None:
        held = await self.contacts.cards.load(card_id(number))
        hints = held.state.hints if held.state else 0
        row = await self.portal.contact(number)
        if row is None:
            return await self.contacts.miss(number, why, hints)
        await self.contacts.take_in(row, why, held)
        return None

    async def _push(self, number: int, why: Occasion) -> Outcome[b.Card] | None:
        held = await self.contacts.cards.load(card_id(number))
        card = held.state
        if card is None or card.wanted is None:
            return None
        row = await self.portal.contact(number)
        if row is None:
            return await self.contacts.miss(number, why, card.hints)
        there = contact_row(row, self.contacts.knowing.phones.key)
        identifier(card.wanted)
        if there.user_id != card.wanted:
            if rules.whose_word(card, there.user_id, there.modified_at) is rules.Whose.PORTAL:
                await self.contacts.take_in(row, why, held)
                return None
            await self.portal.assign(number, card.wanted)
        return await self.contacts.handle(b.NotePushed(number, card.wanted), why)

    async def _later(
        self, number: int, deadline: Deadline, until: datetime, problem: str | None, why: Occasion
    ) -> Outcome[b.Card]:
        return await self.contacts.handle(b.Postpone(number, deadline.name, until, problem), why)
