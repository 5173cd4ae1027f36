"""Goods leave our warehouse with shipments, and come back: stock follows, each piece once (R28)."""

from dataclasses import dataclass, replace

from chassis.clock import Clock
from chassis.handling import Conflict, Occasion

from procurement.application.allocating import Allocating
from procurement.application.candidates import Sourcing
from procurement.application.occasions import step
from procurement.domain.availability import NOTHING
from procurement.domain.offer import OWN, offer_id
from procurement.domain.offer_arriving import TakeIn
from procurement.domain.sending_parts import GoodsCameBack, GoodsKept, GoodsLeft, GoodsSpoiled, NoteShipment
from procurement.domain.sent_goods import Sent


@dataclass(frozen=True, slots=True)
class Sending:
    """Takes out of stock what left, and puts back what is here again. Told again, it finishes what somebody left half done."""

    allocating: Allocating
    sourcing: Sourcing
    clock: Clock

    async def hear(
        self, order_id: str, news: GoodsLeft | GoodsKept | GoodsSpoiled, occasion: Occasion
    ) -> None:
        """Goods left, were kept, or are lost."""
        told = NoteShipment(order_id, news, occasion.at)
        await self.allocating.go_on((await self.allocating.allocations(told, occasion)).state, occasion)

    async def hear_back(self, order_id: str, news: GoodsCameBack, occasion: Occasion) -> None:
        """What the customer did not keep is here. Raises `Conflict` while goods of the order are still being taken out of stock:
        then it is tried again.
        """
        held = await self.allocating.allocations.store.load(order_id)
        await self.allocating.go_on(held.state, step(occasion, "before"))
        told = NoteShipment(order_id, news, occasion.at)
        outcome = await self.allocating.allocations(told, occasion)
        sent = outcome.state.sent.get(news.shipment_id) if outcome.state else None
        if sent is None or sent.back is None:
            raise Conflict(order_id)
        await self._put_back(order_id, sent, occasion)
        await self.allocating.go_on(outcome.state, occasion)

    async def _put_back(self, order_id: str, sent: Sent, occasion: Occasion) -> None:
        """By product, since an offer of our own takes a shipment in once."""
        pieces: dict[str, int] = {}
        for line_no, many in sent.put.items():
            product = sent.products[line_no]
            pieces[product] = pieces.get(product, 0) + many
        for product, many in sorted(pieces.items()):
            if many:
                await self._take_in(product, many, sent.shipment_id, step(occasion, product, story=order_id))

    async def _take_in(self, product: str, many: int, shipment_id: str, occasion: Occasion) -> None:
        """Goods that were never ours are described as their supplier does it."""
        own = offer_id(OWN, product)
        held = await self.allocating.offers.store.load(own)
        known = held.state.terms if held.state else None
        if known is None:
            offers = await self.sourcing.of_product(product)
            if not offers:
                return
            known = replace(offers[0].offer.terms, product_id=product, availability=NOTHING)
        name, at = f"shipment/{shipment_id}", self.clock.now()
        taken = TakeIn(own, name, name, 1, 1, many, 0, known, at)
        await self.allocating.offers(taken, replace(occasion, at=at))
