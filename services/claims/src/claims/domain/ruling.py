"""Deciding, approving, and the money that follows (R80). The law's clock never waits for any of it."""

from dataclasses import replace
from datetime import datetime

from kernel.action import Action
from kernel.actor import Actor
from kernel.duties import may_approve
from kernel.money import Money
from kernel.refusal import Decision, Refused
from kernel.refused_duty import DutyRefused
from kernel.refused_duty import refused as remembered

from claims.domain import changes as c
from claims.domain import commands as o
from claims.domain.changes import Change
from claims.domain.claim import Claim, Payment, Ruling
from claims.domain.guarding import his, known
from claims.domain.policies import Policy
from claims.domain.refusals import AlreadyDecided, ApproverDecided, NothingDecided, SumDoesNotFit
from claims.domain.talking import demand_of
from claims.domain.term import Demanded, mark_at
from claims.domain.words import BY_GOODS, Demand, Verdict

MONEY = frozenset(Demand) - BY_GOODS


def decide_claim(command: o.Decide, claim: Claim | None, policy: Policy) -> Decision[Change]:
    """What the shop does about the demand; above the limit it waits for a second person (R80)."""
    found = known(claim)
    no = his(command, Action.ANSWER_CLAIM, found)
    if no:
        return no
    demanded = demand_of(found)
    if _stands(found, command):
        return []
    whole = command.amount + given(found, command.amount.currency)
    _fits(command, whole, demanded)
    number = next_number(found)
    ruling = Ruling(number, command.verdict, command.amount, command.reason, command.actor.id, command.at)
    if command.amount.minor and whole.minor > policy.approve_above:
        return [c.DecisionProposed(replace(ruling, approve_by=approve_by(found, command, policy)))]
    return [_decided(found, ruling, command.at)]


def next_number(claim: Claim) -> int:
    """Never given twice, also not after a no or a reopening: who approves names the decision that he read."""
    ruled = claim.ruling.number if claim.ruling else 0
    return max(claim.decisions, ruled, claim.payment.number if claim.payment else 0) + 1


def _stands(claim: Claim, command: o.Decide) -> bool:
    """Whether it was decided so already. Raise when it was otherwise, unless orders refused the money: then anew."""
    before, payment = claim.ruling, claim.payment
    if payment is not None and payment.taken_at is None and not payment.refused:
        pending = f"Orders is still being asked for the money of decision {payment.number}."
        if before is None:
            raise AlreadyDecided(pending, number=payment.number)
    if before is None or (payment and payment.refused and payment.number == before.number):
        return False
    if (before.verdict, before.amount) == (command.verdict, command.amount):
        return True
    raise AlreadyDecided("A decision stands, or waits for approval.", number=before.number)


def approve_by(claim: Claim, asked: o.Asked, policy: Policy) -> datetime:
    """The approval's own deadline: soon, and before the last working day of the law's term begins, unless that is over
    already: it blocks nothing (R80).
    """
    latest = asked.by(policy.approve_within)
    warned = mark_at(claim.demanded, "last_day") if claim.demanded else latest
    return min(latest, warned) if warned > asked.at else latest


def approve(command: o.Approve, claim: Claim | None) -> Decision[Change]:
    """By somebody else than who decided (R80)."""
    found = known(claim)
    no = his(command, Action.APPROVE_CLAIM, found)
    if no:
        return no
    ruling = _waiting(found, command.number)
    if not may_approve(command.actor.id, ruling.by):
        return _decided_himself(command.actor)
    if ruling.in_force:
        return []
    return [_decided(found, replace(ruling, approved_by=command.actor.id), command.at)]


def decline(command: o.Decline, claim: Claim | None) -> Decision[Change]:
    """The second person says no; another decision may be made."""
    found = known(claim)
    no = his(command, Action.APPROVE_CLAIM, found)
    if no:
        return no
    if found.ruling is None:
        return []
    ruling = _waiting(found, command.number)
    if ruling.in_force:
        raise AlreadyDecided("The decision is in force.", number=ruling.number)
    return [c.DecisionDeclined(command.actor.id)]


def note_money(command: o.NoteMoney, claim: Claim | None, policy: Policy) -> Decision[Change]:
    """What orders answered. Down: asked again, with growing pauses; a no is a person's task, also when the claim was closed
    meanwhile: then it is opened again.
    """
    found = known(claim)
    payment = found.payment
    if payment is None or payment.number != command.number or payment.taken_at or payment.refused:
        return []
    tries = payment.tries + 1
    if command.taken:
        return [c.PaymentNoted(replace(payment, tries=tries, taken_at=command.at))]
    if command.refused:
        no = c.PaymentNoted(replace(payment, tries=tries, refused=True))
        again = c.ClaimReopened("money_refused", command.at, command.by(policy.attend_within))
        return [no] if found.is_open else [no, again]
    pause = min(policy.ask_money_again * 2 ** min(payment.tries, 20), policy.ask_money_at_most)
    return [c.PaymentNoted(replace(payment, tries=tries, ask_at=command.at + pause))]


def _decided(claim: Claim, ruling: Ruling, at: datetime) -> Change:
    due = ruling.amount.minor > 0 and claim.cause.order_id is not None
    return c.ClaimDecided(ruling, Payment(ruling.number, ruling.amount, at) if due else None)


def given(claim: Claim, currency: str) -> Money:
    """What was given for it already, before it was reopened: a sum in parts is one sum (R80)."""
    return claim.given if claim.given and claim.given.currency == currency else Money(0, currency)


def _fits(command: o.Decide, whole: Money, demanded: Demanded) -> None:
    verdict, amount, paid, demand = command.verdict, command.amount, demanded.paid, demanded.demand
    if amount.currency != paid.currency:
        raise SumDoesNotFit("It was paid in another currency.", currency=paid.currency)
    if verdict is Verdict.REFUSED and amount.minor:
        raise SumDoesNotFit("A refusal gives no money.")
    if verdict is not Verdict.REFUSED and demand in MONEY and not amount.minor:
        raise SumDoesNotFit("This demand is met by money: how much?")
    if demand is not Demand.DAMAGES and whole > paid:
        raise SumDoesNotFit("More than the customer paid, with what was given already.")


def _waiting(claim: Claim, number: int) -> Ruling:
    if claim.ruling is None or claim.ruling.approve_by is None or claim.ruling.number != number:
        raise NothingDecided("No such decision waits for approval.")
    return claim.ruling


def _decided_himself(actor: Actor) -> Refused[DutyRefused]:
    no = ApproverDecided("Somebody else has to approve what you decided.")
    return remembered(actor, Action.APPROVE_CLAIM, "R80", no)
