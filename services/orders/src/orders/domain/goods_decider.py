"""Decide: which rule a command about the goods of an order goes to."""

from typing import assert_never

from kernel.refusal import Decision

from orders.domain import goods_commands as g
from orders.domain.bonuses import set_bonuses
from orders.domain.changes import Change
from orders.domain.cross_selling import suggest
from orders.domain.line_changing import change_lines
from orders.domain.offering import answer_offer, make_offer
from orders.domain.order import Order
from orders.domain.packing import set_wrap
from orders.domain.reaching import acknowledge, hear_apology_sent, hear_unreached, read_contact
from orders.domain.recipient_changing import change_address, change_recipient
from orders.domain.tallying import forget_tallies


def decide_goods(command: g.GoodsCommand, order: Order | None) -> Decision[Change]:  # noqa: C901, PLR0911, PLR0912 - one case a command
    """The rule of each command."""
    match command:
        case g.MakeOffer():
            return make_offer(command, order)
        case g.AnswerOffer():
            return answer_offer(command, order)
        case g.ChangeLines():
            return change_lines(command, order)
        case g.ChangeRecipient():
            return change_recipient(command, order)
        case g.ChangeAddress():
            return change_address(command, order)
        case g.SetBonuses():
            return set_bonuses(command, order)
        case g.SetWrap():
            return set_wrap(command, order)
        case g.SuggestAccessories():
            return suggest(command, order)
        case g.ReadContact():
            return read_contact(command, order)
        case g.HearApologySent():
            return hear_apology_sent(command, order)
        case g.HearUnreached():
            return hear_unreached(command, order)
        case g.AcknowledgeUnreached():
            return acknowledge(command, order)
        case g.ForgetTallies():
            return forget_tallies(command, order)
        case _:
            assert_never(command)
