"""What the shop lets a customer off of its own will: asked for by one, and refused or approved by another (R55, R80)."""

from kernel.action import Action
from kernel.refusal import Decision
from kernel.refused_duty import duty

from orders.domain.changes import Change
from orders.domain.ledger import RefundReason, RefundStage
from orders.domain.money_changes import GoodwillGranted, RefundReduced
from orders.domain.money_commands import GrantGoodwill, RefuseGoodwill
from orders.domain.money_refusals import MoreThanPaid, OwedByLaw, PayoutUnderWay, StillDue
from orders.domain.order import Order
from orders.domain.owing import balance
from orders.domain.paying import in_its_currency, known
from orders.domain.refunding import refund_of


def grant_goodwill(command: GrantGoodwill, order: Order | None) -> Decision[Change]:
    """The shop gives some of the customer's money back of its own will; settling makes a refund of it (R55, R80)."""
    found = known(order)
    no = duty(command.actor, Action.ASK_REFUND)
    if no:
        return no
    in_its_currency(found, command.amount)
    now = balance(found)
    if command.amount > now.net - now.refund_due or command.amount > now.owed:
        raise MoreThanPaid("More than the customer's money that the shop has and does not owe back already.")
    before = found.money.goodwill or command.amount * 0
    return [GoodwillGranted(before + command.amount)]


def refuse_what_nobody_sees(before: Order, after: Order, limit: int) -> None:
    """Taken off what he still has to pay, goodwill becomes no refund, and no second person is asked: all of it together
    stays within the limit then, in minor units (R80).
    """
    now, due = after.money.goodwill, balance(before).due
    if now and now.minor > limit and due.minor:
        raise StillDue("He has not paid all, and so much a second person has to see.", due=due.minor)


def refuse_goodwill(command: RefuseGoodwill, order: Order | None) -> Decision[Change]:
    """Whoever may approve says no, or whoever asked thinks better of it, before it is paid. A refund that the law demands is
    never refused.
    """
    found = known(order)
    refund = refund_of(found, command.refund_id)
    asker = command.actor.id == refund.asked_by
    no = duty(command.actor, Action.ASK_REFUND if asker else Action.APPROVE_REFUND)
    if no:
        return no
    if refund.reason is not RefundReason.GOODWILL:
        raise OwedByLaw("This is owed by law; only goodwill can be refused.", article=refund.term.article)
    if refund.stage is RefundStage.LEAVING:
        raise PayoutUnderWay("The acquirer is being asked to pay it.")
    if not refund.is_owed:
        return []
    nothing = refund.amount * 0
    left = (found.money.goodwill or nothing) - refund.amount
    return [GoodwillGranted(max(left, nothing)), RefundReduced(refund.refund_id, nothing)]
