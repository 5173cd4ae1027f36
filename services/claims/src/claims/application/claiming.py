"""Opening claims, handing on their commands, and what happens when their deadlines pass."""

from dataclasses import dataclass, replace
from typing import Protocol
from uuid import NAMESPACE_URL, uuid5

from chassis.handling import Handler, Occasion, Outcome
from chassis.metrics import meter
from chassis.peers import PeerDown, PeerRefused
from kernel.actor import Actor
from kernel.calendar import WorkingCalendar
from kernel.deadline import Deadline
from kernel.money import Money

from claims.application.assigning import Assigning
from claims.application.keeping import Files
from claims.domain import commands as o
from claims.domain.changes import Change
from claims.domain.claim import Cause, Claim

ALONE = meter.create_counter("opblok.claims.left_alone", description="Deadlines that passed, by name.")
MONEY = meter.create_counter("opblok.claims.money", description="What orders answered when asked for money.")


class Orders(Protocol):
    """Where the money is."""

    async def let_off(self, order_id: str, amount: Money, key: str) -> None:
        """Give so much of it back; the same key gives it once. Raise `PeerDown` or `PeerRefused`."""
        ...


@dataclass(frozen=True, slots=True)
class Claiming:
    """The way in for all that is asked of claims."""

    handle: Handler[o.Command, Claim, Change]
    assigning: Assigning
    orders: Orders
    files: Files

    async def open(self, claim_id: str, cause: Cause, actor: Actor, occasion: Occasion) -> Outcome[Claim]:
        """One claim per cause, with somebody who answers for it (R5, R76)."""
        keeper = await self.assigning.keeper(cause.shop_id, occasion.at)
        calendar = await self.working_time(cause.shop_id)
        command = o.OpenClaim(
            claim_id=claim_id, actor=actor, at=occasion.at, calendar=calendar, cause=cause, keeper=keeper
        )
        return await self.handle(command, occasion)

    async def ask(self, command: o.Command, occasion: Occasion) -> Outcome[Claim]:
        """Hand a command on, by the working time of the claim's shop."""
        claim = (await self.handle.store.load(command.claim_id)).state
        if claim is not None:
            command = replace(command, calendar=await self.working_time(claim.cause.shop_id))
        return await self.handle(command, occasion)

    async def working_time(self, shop_id: str) -> WorkingCalendar:
        """By which the inner deadlines of a shop's claims count."""
        return (await self.assigning.shops.of(shop_id)).calendar

    async def on_deadline(self, claim_id: str, deadline: Deadline, occasion: Occasion) -> None:
        """Money is asked for first; any other deadline looks at whether the keeper is there."""
        claim = (await self.handle.store.load(claim_id)).state
        if claim is None:
            return
        if deadline.name == "money":
            await self.handle.fire(deadline, await self._money(claim, occasion), occasion)
            return
        if deadline.name in ("forget", "files"):
            await self.handle.fire(deadline, await self._forgetting(claim, deadline.name, occasion), occasion)
            return
        stand_in = await self.assigning.stand_in(claim, occasion.at) if claim.is_open else None
        passed = o.DeadlinePassed(
            claim_id=claim_id,
            actor=occasion.actor,
            at=occasion.at,
            calendar=await self.working_time(claim.cause.shop_id),
            name=deadline.name,
            stand_in=stand_in,
        )
        await self.handle.fire(deadline, passed, occasion)
        ALONE.add(1, {"deadline": deadline.name})

    async def _forgetting(self, claim: Claim, name: str, occasion: Occasion) -> o.Command:
        """Its time is over; or the person went already and his files follow."""
        if name == "forget":
            return o.ForgetPerson(claim_id=claim.claim_id, actor=occasion.actor, at=occasion.at, reason="age")
        await self.files.remove(claim.claim_id)
        return o.NoteFilesRemoved(claim_id=claim.claim_id, actor=occasion.actor, at=occasion.at)

    async def _money(self, claim: Claim, occasion: Occasion) -> o.NoteMoney:
        payment, order_id = claim.payment, claim.cause.order_id
        assert payment is not None  # the deadline is derived from both
        assert order_id is not None
        taken = refused = False
        try:
            await self.orders.let_off(order_id, payment.amount, f"claim-{claim.claim_id}-{payment.number}")
            taken = True
        except PeerDown:
            pass
        except PeerRefused:
            refused = True
        MONEY.add(1, {"answer": "taken" if taken else "refused" if refused else "down"})
        return o.NoteMoney(
            claim_id=claim.claim_id, actor=occasion.actor, at=occasion.at,
            number=payment.number, taken=taken, refused=refused,
        )  # fmt: skip


def claim_of(cause: str, id_: str) -> str:
    """The id of the claim that a cause opens: the same cause names the same claim."""
    return uuid5(NAMESPACE_URL, f"opblok:claim:{cause}:{id_}").hex
