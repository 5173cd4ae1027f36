"""Collecting: payment links, and money that comes and goes by the acquirer. What he notifies is only a hint: he is asked back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol
from uuid import UUID

import structlog
from chassis.handling import Handler, Held, Occasion, Outcome, fingerprint
from chassis.listing import Page, Query
from kernel.deadline import Deadline

from orders.application.acquirer import Acquirer, AcquirerDown, AcquirerRefused, Said
from orders.application.ordering import UNKNOWN
from orders.domain.changes import Change
from orders.domain.commands import Command
from orders.domain.ledger import Link, Refund, RefundStage
from orders.domain.money_commands import (
    AskForLink,
    FailPayout,
    FinishPayout,
    HearBank,
    MissBank,
    OpenLink,
    PostponePayout,
)
from orders.domain.money_refusals import AcquirerSaidNo, NoAcquirer
from orders.domain.order import Order
from orders.domain.refund_clock import PAYMENT, PAYOUT

log = structlog.get_logger(__name__)


class Listed(Protocol):
    """Orders, found by their payment links."""

    async def load(self, key: str) -> Held[Order]: ...
    async def page(self, query: Query, limit: int, after: str | None = None) -> Page[Order]: ...


@dataclass(frozen=True, slots=True)
class Collecting:
    """`acquirer` is None for a shop that has no contract with one."""

    handle: Handler[Command, Order, Change]
    orders: Listed
    acquirer: Acquirer | None

    async def open_link(self, command: AskForLink, why: Occasion) -> tuple[Outcome[Order], Link]:
        """A link to pay by. It is kept before the acquirer is asked, so that whatever is paid by it finds its order; when he
        does not answer, the same key again asks him again.
        """
        if self.acquirer is None:
            raise NoAcquirer("The shop has no acquirer; record the payment by hand.")
        asked = await self.handle(command, why)
        link = _link(asked.state, command.link_id)
        if link.url is not None:
            return asked, link
        assert asked.state
        try:
            opened = await self.acquirer.open(link.link_id, link.amount, asked.state.placing.number)
        except AcquirerRefused as no:
            raise AcquirerSaidNo("The acquirer would not make a link.", code=no.code) from no
        found = OpenLink(command.order_id, link.link_id, opened.reference, opened.url, why.at)
        done = await self.handle(found, _then(why, "opened"))
        return replace(done, changes=(*asked.changes, *done.changes)), _link(done.state, link.link_id)

    async def hear(self, body: Mapping[str, Any], why: Occasion) -> None:
        """The acquirer notified. Raises `NotHisNotice`, and `AcquirerDown` when he can't be asked back: he notifies again."""
        if self.acquirer is None:
            raise NoAcquirer("The shop has no acquirer.")
        notice = self.acquirer.notice(body)
        try:
            said = await self.acquirer.read(notice.reference)
        except AcquirerRefused as no:
            log.warning("the acquirer notified of a payment that he does not know", code=no.code)
            return
        found = await self.orders.page(Query(equal={"payment_links": said.link_id}), 1)
        if not found.items:
            UNKNOWN.add(1, {"noun": "payment"})
            return
        order_id = found.items[0].key
        await self.handle(_heard(order_id, said, why), replace(why, correlation_id=order_id))

    async def look(self, order_id: str, due: Deadline, why: Occasion) -> Outcome[Order] | None:
        """Nothing was heard of a link for a while: the acquirer is asked (a notification may be lost for good)."""
        link_id = due.name.removeprefix(PAYMENT)
        order = (await self.orders.load(order_id)).state
        link = order and order.money.link(link_id)
        missed = MissBank(order_id, link_id, why.at)
        if self.acquirer is None or link is None or link.reference is None:
            return await self.handle.fire(due, missed, why)
        try:
            said = await self.acquirer.read(link.reference)
        except (AcquirerDown, AcquirerRefused) as no:
            log.warning("the acquirer does not tell", order=order_id, fault=type(no).__name__)
            return await self.handle.fire(due, missed, why)
        return await self.handle.fire(due, _heard(order_id, said, why), why)

    async def pay_out(self, order_id: str, due: Deadline, why: Occasion) -> Outcome[Order] | None:
        """A refund is to go back by the acquirer. Whoever dies in between, it is asked again under the same key."""
        refund_id = due.name.removeprefix(PAYOUT)
        order = (await self.orders.load(order_id)).state
        refund = order and order.money.refund(refund_id)
        if order is None or refund is None or refund.stage is not RefundStage.LEAVING:
            return await self.handle.fire(due, PostponePayout(order_id, refund_id, why.at), why)
        return await self.handle.fire(due, await self._paid_out(order, refund, why), why)

    async def _paid_out(self, order: Order, refund: Refund, why: Occasion) -> Command:
        order_id, refund_id, key = order.placing.order_id, refund.refund_id, payout_key(order, refund)
        through = refund.payout and order.money.payment(refund.payout.payment_id or "")
        later = PostponePayout(order_id, refund_id, why.at)
        if self.acquirer is None or not through:
            return later
        try:
            done = await self.acquirer.refund(through.reference, refund.amount, key)
        except AcquirerDown:
            return later
        except AcquirerRefused as no:
            log.warning("the acquirer would not pay a refund", order=order_id, code=no.code)
            return FailPayout(order_id, refund_id, no.code, why.at)
        return FinishPayout(order_id, refund_id, key, why.at) if done else later


def payout_key(order: Order, refund: Refund) -> str:
    """The same as long as it is the same payout, a UUID as banks want it; asked for anew after a no, another one."""
    assert refund.payout
    told = [order.placing.order_id, refund.refund_id, refund.payout.at.isoformat(), refund.amount.minor]
    return str(UUID(hex=fingerprint(told), version=4))


def _link(order: Order | None, link_id: str) -> Link:
    link = order and order.money.link(link_id)
    assert link
    return link


def _heard(order_id: str, said: Said, why: Occasion) -> HearBank:
    return HearBank(order_id, said.link_id, said.reference, said.state, said.amount, why.actor, why.at)


def _then(why: Occasion, step: str) -> Occasion:
    """The second step of the same request: its own occasion, since the key's receipt belongs to the first."""
    return replace(why, id=f"{why.id}/{step}", fingerprint=None, remembered=False)
