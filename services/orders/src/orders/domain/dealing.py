"""Which rule a command about delivery or money goes to."""

from typing import assert_never

from kernel.refusal import Decision

from orders.domain import acquiring, generosity, paying, refunding
from orders.domain import delivery_commands as d
from orders.domain import money_commands as m
from orders.domain.arriving import hear_shipment, see_to_delivery
from orders.domain.changes import Change
from orders.domain.journey_commands import HearShipment, JourneyCommand
from orders.domain.order import Order
from orders.domain.promising import agree, prepare, tell
from orders.domain.returning import record_return


def deal_with_delivery(command: d.DeliveryCommand, order: Order | None) -> Decision[Change]:
    """The rule of each."""
    match command:
        case d.PrepareDelivery():
            return prepare(command, order)
        case d.AgreeDelivery():
            return agree(command, order)
        case d.TellPromise():
            return tell(command, order)
        case _:
            assert_never(command)


def deal_with_journeys(command: JourneyCommand, order: Order | None) -> Decision[Change]:
    """The rule of each."""
    if isinstance(command, HearShipment):
        return hear_shipment(command, order)
    return see_to_delivery(command, order)


def deal_with_money(command: m.MoneyCommand, order: Order | None) -> Decision[Change]:  # noqa: C901, PLR0911, PLR0912
    """The rule of each; one case a command."""
    match command:
        case m.SetTerms():
            return paying.set_terms(command, order)
        case m.RecordPayment():
            return paying.record_payment(command, order)
        case m.KeepReceipt():
            return paying.keep_receipt(command, order)
        case m.AskForLink():
            return acquiring.ask_for_link(command, order)
        case m.OpenLink():
            return acquiring.open_link(command, order)
        case m.HearBank():
            return acquiring.hear_bank(command, order)
        case m.MissBank():
            return acquiring.miss_bank(command, order)
        case m.RecordReturn():
            return record_return(command, order)
        case m.GrantGoodwill():
            return generosity.grant_goodwill(command, order)
        case m.ApproveRefund():
            return refunding.approve_refund(command, order)
        case m.RefuseGoodwill():
            return generosity.refuse_goodwill(command, order)
        case m.StartPayout():
            return refunding.start_payout(command, order)
        case m.PayRefund():
            return refunding.pay_refund(command, order)
        case m.FinishPayout():
            return refunding.finish_payout(command, order)
        case m.PostponePayout():
            return refunding.postpone_payout(command, order)
        case m.FailPayout():
            return refunding.fail_payout(command, order)
        case _:
            assert_never(command)
