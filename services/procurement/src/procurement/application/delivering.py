"""Goods of a purchase come in: they become own stock, in the names of the orders they were bought for; what fell is sought
anew, and a case is opened with the supplier (R28, R42, R44).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from chassis.clock import Clock
from chassis.handling import Occasion, Outcome
from chassis.shops import Shops
from kernel.money import Money

from procurement.application.allocating import Allocating
from procurement.application.casing import Casing, Raised
from procurement.application.gathering import Purchases
from procurement.application.occasions import step
from procurement.domain import purchase_commands as asks
from procurement.domain.allocation import Allocation
from procurement.domain.allocation_rounds import is_given_up
from procurement.domain.availability import NOTHING
from procurement.domain.buying_parts import Came, TakeDelivery
from procurement.domain.earmarks import Line
from procurement.domain.offer import OWN, FreeOffer, offer_id
from procurement.domain.offer_arriving import TakeIn, TakeOff
from procurement.domain.offer_terms import Terms
from procurement.domain.purchase import Kept, Purchase, Receipt, holder
from procurement.domain.supplier_case import Linked, Trouble

MOST_RECEIPTS = 20


@dataclass(frozen=True, slots=True)
class Delivering:
    """Takes deliveries in."""

    purchases: Purchases
    allocating: Allocating
    casing: Casing
    shops: Shops
    clock: Clock

    async def receive(self, command: asks.ReceiveGoods, occasion: Occasion) -> Outcome[Purchase]:
        """Count a delivery, and carry out what it makes of orders and stock."""
        outcome = await self.purchases(command, occasion)
        return replace(outcome, state=await self.go_on(outcome.state, occasion))

    async def go_on(self, now: Purchase | None, occasion: Occasion) -> Purchase | None:
        """Carry out, one after the other, what deliveries make of orders and stock."""
        for _ in range(MOST_RECEIPTS):
            if now is None or (receipt := now.to_take_in) is None:
                return now
            taken = step(occasion, f"delivery-{receipt.step}", self.clock.now(), story=now.purchase_id)
            await self._take_in(now, receipt, taken)
            recorded = asks.RecordTakenIn(now.purchase_id, receipt.step, taken.at)
            now = (await self.purchases(recorded, taken)).state
        return now

    async def tell_late(self, now: Purchase, occasion: Occasion) -> None:
        """A case is opened about goods that did not come by their day."""
        at_stake = sum((line.unit_cost * line.outstanding for line in now.lines), Money(0))
        await self._raise(now, Trouble.DELAY, at_stake, "late", occasion)

    async def _take_in(self, now: Purchase, receipt: Receipt, occasion: Occasion) -> None:
        lines = {line.offer_id: line for line in now.lines}
        into = {each: offer_id(OWN, line.product_id) for each, line in lines.items()}
        for kept in receipt.kept:
            fell = sum(f.wrong + f.missing for f in receipt.falls if f.offer_id == kept.offer_id)
            gone = TakeOff(kept.offer_id, now.purchase_id, receipt.step, kept.good + fell, receipt.at)
            await self.allocating.offers(gone, occasion)
        for own in sorted({into[kept.offer_id] for kept in receipt.kept if kept.good}):
            arrived = [kept for kept in receipt.kept if kept.good and into[kept.offer_id] == own]
            await self._stock(own, now, receipt, arrived, lines, occasion)
        orders = sorted({share.order_id for share in receipt.shares})
        after = [await self._hand_over(each, now, receipt, into, occasion) for each in orders]
        await self._free(now, receipt, into, occasion)
        for each in after:  # what left in the name of one that is given up is free stock only now
            await self.allocating.go_on(each, occasion)
        await self._complain(now, receipt, lines, occasion)

    async def _stock(  # noqa: PLR0917 - what came, of what, for whom
        self,
        own: str,
        now: Purchase,
        receipt: Receipt,
        arrived: list[Kept],
        lines: Mapping[str, Line],
        occasion: Occasion,
    ) -> None:
        taken = TakeIn(
            offer_id=own,
            purchase_id=now.purchase_id,
            holder=holder(now.purchase_id),
            step=receipt.step,
            round=2 * receipt.step,
            quantity=sum(kept.good for kept in arrived),
            kept=sum(kept.earmarked for kept in arrived),
            terms=await self._terms(lines[arrived[0].offer_id]),
            at=occasion.at,
        )
        await self.allocating.offers(taken, occasion)

    async def _terms(self, line: Line) -> Terms:
        """As the supplier describes the goods, at what we paid."""
        offer = (await self.allocating.offers.store.load(line.offer_id)).state
        if offer is None:
            return Terms(line.product_id, line.title, line.unit_cost, line.unit_cost, NOTHING)
        return replace(
            offer.terms,
            product_id=line.product_id,
            purchase_price=line.unit_cost,
            availability=NOTHING,
        )

    async def _hand_over(
        self, order_id: str, now: Purchase, receipt: Receipt, into: Mapping[str, str], occasion: Occasion
    ) -> Allocation | None:
        """Returns one that is given up, which has something to do only when all this is done."""
        shares = [share for share in receipt.shares if share.order_id == order_id]
        came = tuple(Came(each.offer_id, into[each.offer_id], each.good, each.fell) for each in shares)
        on = (await self.shops.of()).day_of(receipt.at)
        told = TakeDelivery(order_id, now.purchase_id, receipt.step, came, on, occasion.at)
        outcome = await self.allocating.allocations(told, occasion)
        if outcome.state is None or not is_given_up(outcome.state):
            await self.allocating.go_on(outcome.state, occasion)
            return None
        for each in shares:
            keep, fence = outcome.state.total_at(each.offer_id), outcome.state.round
            freed = FreeOffer(each.offer_id, order_id, keep, fence, occasion.at)
            await self.allocating.offers(freed, occasion)
        return outcome.state

    async def _free(
        self, now: Purchase, receipt: Receipt, into: Mapping[str, str], occasion: Occasion
    ) -> None:
        """What no order took is free own stock; what is no more awaited for our own stock is the supplier's again."""
        name, fence = holder(now.purchase_id), 2 * receipt.step + 1
        for own in sorted({into[kept.offer_id] for kept in receipt.kept if kept.good}):
            await self.allocating.offers(FreeOffer(own, name, 0, fence, occasion.at), occasion)
        for kept in (each for each in receipt.kept if each.offer_id in now.extras):
            freed = FreeOffer(kept.offer_id, name, kept.own_left, fence, occasion.at)
            await self.allocating.offers(freed, occasion)

    async def _complain(
        self, now: Purchase, receipt: Receipt, lines: Mapping[str, Line], occasion: Occasion
    ) -> None:
        for fall in receipt.falls:
            cost, key = lines[fall.offer_id].unit_cost, f"{receipt.step}/{fall.offer_id}"
            if fall.wrong:
                await self._raise(now, Trouble(fall.fault.value), cost * fall.wrong, key, occasion)
            if fall.missing:
                await self._raise(now, Trouble.SHORTAGE, cost * fall.missing, key, occasion)

    async def _raise(
        self, now: Purchase, trouble: Trouble, at_stake: Money, key: str, occasion: Occasion
    ) -> None:
        raised = Raised(
            now.supplier_id,
            trouble,
            at_stake,
            f"{now.purchase_id}/{key}",
            Linked(purchase_id=now.purchase_id),
        )
        await self.casing.raise_case(raised, step(occasion, f"case-{trouble.value}-{key}"))
