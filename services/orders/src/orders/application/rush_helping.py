"""Favours and the director's help: tasks about an order, each with an owner and a due time (R16, R32)."""

from dataclasses import dataclass
from datetime import datetime

from chassis.handling import Decider, Handler, Occasion, Outcome, Store
from kernel.actor import Actor
from kernel.deadline import Deadline

from orders.application.announcing_rush import announce_errand
from orders.application.rushing import Rushing
from orders.domain.guarding import open_order
from orders.domain.order import Open, Order
from orders.domain.rush_errands import (
    HELP_WITHIN,
    AskErrand,
    Errand,
    ErrandChange,
    ErrandCommand,
    PassErrandDeadline,
    Sort,
    decide_errand,
    errand_deadlines,
    evolve_errand,
)
from orders.domain.rush_words import Part

ERRANDS: Decider[ErrandCommand, Errand, ErrandChange] = Decider(
    lambda command: command.errand_id, decide_errand, evolve_errand, announce_errand, errand_deadlines
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted besides the order. `due_at` is the customer's hour for a favour; help has its own."""

    errand_id: str
    order_id: str
    kind: str
    actor: Actor
    at: datetime
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Helping:
    """Errands of orders."""

    handle: Handler[ErrandCommand, Errand, ErrandChange]
    errands: Store[Errand]
    orders: Store[Order]
    rushing: Rushing

    async def promise(self, wanted: Wanted, why: Occasion) -> Outcome[Errand]:
        """A favour, which whoever answers for the order has to keep; refused in a rush with ready answers (R32)."""
        order = open_order((await self.orders.load(wanted.order_id)).state)
        shop_id = order.placing.shop_id
        in_rush = await self.rushing.rushes(shop_id, Part.REQUESTS)
        due_at = wanted.due_at or wanted.at
        errand = self._errand(wanted, order, Sort.FAVOUR, due_at, order.responsible_id)
        return await self.handle(AskErrand(errand, in_rush), why, opening=True)

    async def ask_director(self, wanted: Wanted, why: Occasion) -> Outcome[Errand]:
        """The shop's owner is asked to join; he answers within two working hours (R16)."""
        order = open_order((await self.orders.load(wanted.order_id)).state)
        situation = await self.rushing.situation(order.placing.shop_id)
        due_at = situation.clocks.after(wanted.at, HELP_WITHIN)
        errand = self._errand(wanted, order, Sort.HELP, due_at, situation.team.last_resort)
        return await self.handle(AskErrand(errand, in_rush=False), why, opening=True)

    async def on_deadline(self, errand_id: str, deadline: Deadline, why: Occasion) -> Outcome[Errand] | None:
        """It is due and not done; its owner is reminded until it is."""
        errand = (await self.errands.load(errand_id)).state
        if errand is None:
            return None
        clocks = (await self.rushing.situation(errand.shop_id)).clocks
        return await self.handle.fire(deadline, PassErrandDeadline(errand_id, why.at, clocks), why)

    @staticmethod
    def _errand(wanted: Wanted, order: Open, sort: Sort, due_at: datetime, owner_id: str) -> Errand:
        return Errand(
            errand_id=wanted.errand_id,
            order_id=wanted.order_id,
            shop_id=order.placing.shop_id,
            sort=sort,
            kind=wanted.kind,
            owner_id=owner_id,
            asked_by=wanted.actor.id,
            asked_at=wanted.at,
            due_at=due_at,
            look_at=due_at,
        )
