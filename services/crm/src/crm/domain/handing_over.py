"""Who answers for a customer from when to when: handing over, accepting, declining (R98). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kernel.action import Action
from kernel.actor import Actor, Role
from kernel.deadline import Deadline
from kernel.refusal import Decision, Refused
from kernel.refused_duty import duty

from crm.domain import handover as h
from crm.domain.customer import Change, Customer
from crm.domain.handover import HandOver, OwnerChanged, Stage
from crm.domain.refusals import NobodyToOwn, NotHandedToYou, NothingToAccept

ACCEPT = "accept_handover"
SOLD, FIRST_ORDER = "sold", "first_order"
KEPT = 100
"""So many owners are remembered, the newest."""


@dataclass(frozen=True, slots=True)
class Period:
    """When somebody answered for him; `since` is not known of who did first, `until` None: he does."""

    owner_id: str | None
    since: datetime | None
    until: datetime | None
    by: str | None
    reason: str | None


def hand_over(command: HandOver, customer: Customer) -> Decision[Change]:
    """Lead to the sales manager, customer to the account manager (R98), who is to accept him, unless he took him himself."""
    no = None if command.actor.has(Role.SERVICE) else duty(command.actor, Action.HAND_OVER_CUSTOMER)
    if no:
        return no
    if command.to_id == customer.owner_id:
        return []
    if command.to_id not in command.able:
        raise NobodyToOwn("The person is not there, or sells nothing.", to_id=command.to_id)
    after_sale = Role.ACCOUNT_MANAGER in command.to_roles
    stage = Stage.CUSTOMER if after_sale else customer.stage
    accept_by = command.accept_by if after_sale and command.actor.id != command.to_id else None
    return [
        OwnerChanged(
            customer.owner_id, command.to_id, command.reason, stage, command.actor.id, command.at, accept_by
        )
    ]


def decide(command: h.Command, customer: Customer) -> Decision[Change]:
    """What comes of the word of who has him now, or of his silence."""
    match command:
        case HandOver():
            return hand_over(command, customer)
        case h.AcceptHandover():
            return accept(command, customer)
        case h.DeclineHandover():
            return decline(command, customer)
        case h.HandoverDeadlinePassed():
            return pass_deadline(command, customer)
        case h.NoteOrder():
            return note_order(command, customer)


def note_order(command: h.NoteOrder, customer: Customer) -> Decision[Change]:
    """With his first completed order he passes on (R98), once: not while another hand-over waits, nor when he was handed over for a sale
    before, whatever came of it. Nothing when who answers for him is another by now: it is to be looked up anew.
    """
    if customer.first_order is not None or customer.owner_id != command.of:
        return []
    noted = h.FirstOrderNoted(command.first)
    sold_before = any(each.reason in (SOLD, FIRST_ORDER) for each in customer.owners)
    stays = customer.stage is not Stage.LEAD or customer.handover is not None or sold_before
    if stays or command.handing is None:
        return [noted]
    passed_on = hand_over(command.handing, customer)
    assert not isinstance(passed_on, Refused)  # crm itself asks
    return [noted, *passed_on]


def accept(command: h.AcceptHandover, customer: Customer) -> Sequence[Change]:
    """He knows of him (R98); said twice, it stands."""
    _his(command.actor, customer, stands_in=command.stands_in)
    waits = customer.handover
    return [h.HandoverAccepted(waits.previous_id, command.actor.id, command.at)] if waits else []


def decline(command: h.DeclineHandover, customer: Customer) -> Sequence[Change]:
    """Somebody answers for him all the same: who had him before, else the last resort."""
    _his(command.actor, customer, stands_in=command.stands_in)
    waits = customer.handover
    if waits is None:
        raise NothingToAccept("Nothing waits for your word; hand him over to somebody else.")
    back = waits.previous_id if command.previous_is_there else command.otherwise
    if back is None or back == customer.owner_id:
        raise NobodyToOwn("There is nobody to give him back to.")
    return [
        OwnerChanged(
            customer.owner_id, back, command.reason, waits.stage_before, command.actor.id, command.at, None
        )
    ]


def pass_deadline(command: h.HandoverDeadlinePassed, customer: Customer) -> Sequence[Change]:
    """A hand-over without acceptance is flagged (R98)."""
    waits = customer.handover
    late = waits is not None and waits.late_at is None and waits.accept_by <= command.at
    return [h.HandoverLate(command.at)] if late else []


def deadlines(customer: Customer) -> list[Deadline]:
    """By then he is accepted; who is gone, or another card's, is nobody's to accept."""
    waits = customer.handover
    if waits is None or waits.late_at is not None or customer.erased or customer.joined:
        return []
    return [Deadline(ACCEPT, waits.accept_by)]


def owned(customer: Customer, change: OwnerChanged) -> Customer:
    """The customer with another owner; the word of the one before is not waited for any more."""
    waits = None
    if change.accept_by is not None:
        waits = h.Handover(change.previous_id, change.at, change.accept_by, customer.stage)
    entry = h.Owned(change.owner_id, change.at, change.by, change.reason, change.previous_id)
    return replace(
        customer,
        owner_id=change.owner_id,
        stage=change.stage,
        handover=waits,
        owners=(*customer.owners, entry)[-KEPT:],
    )


def evolve(customer: Customer, change: h.Change) -> Customer:
    """The customer after his word, or his silence."""
    waits = customer.handover
    match change:
        case h.HandoverAccepted():
            return replace(customer, handover=None)
        case h.HandoverLate():
            return replace(customer, handover=waits and replace(waits, late_at=change.at))
        case h.FirstOrderNoted():
            return replace(customer, first_order=change.first)


def periods(customer: Customer) -> list[Period]:
    """Who answered for him from when to when, the newest first."""
    if not customer.owners:
        return [Period(customer.owner_id, None, None, None, None)]
    first = customer.owners[0]
    found = [Period(first.previous_id, None, first.since, None, None)]
    ends = [*(each.since for each in customer.owners[1:]), None]
    for each, until in zip(customer.owners, ends, strict=True):
        found.append(Period(each.owner_id, each.since, until, each.by, each.reason))
    return found[::-1]


def _his(actor: Actor, customer: Customer, *, stands_in: bool) -> None:
    if actor.id != customer.owner_id and not stands_in:
        raise NotHandedToYou("Only who answers for him now, or stands in for him, can say so.")
