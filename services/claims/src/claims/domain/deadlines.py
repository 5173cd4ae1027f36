"""What a claim waits for. Derived from how it is, so nothing can be forgotten or left behind."""

from datetime import datetime

from kernel.deadline import Deadline
from kernel.money import Money

from claims.domain.claim import Claim
from claims.domain.forgetting import owes_files
from claims.domain.term import MARKS, day_in, exposure, mark_at
from claims.domain.words import Chosen, Outcome, Verdict


def deadlines(claim: Claim) -> list[Deadline]:
    """Of an open claim always at least one; of a closed one the money still to be asked for, and until when it is kept."""
    people = _of_people(claim) if claim.is_open else ()
    return [*_of_the_money(claim), *people, *_of_the_law(claim), *_of_forgetting(claim)]


def next_due(claim: Claim, at: datetime) -> datetime | None:
    """What an open claim waits for next; a mark of the law's term that is behind it waits for nobody."""
    if not claim.is_open:
        return None
    return min(each.at for each in deadlines(claim) if each.name not in MARKS or each.at > at)


def costs(claim: Claim, at: datetime) -> Money:
    """What the delay cost until the demand was met, or costs by now; nothing for one that was refused, or that he withdrew
    (art. 23, 23.1).
    """
    demanded = claim.demanded
    if demanded is None:
        return Money(0)
    nothing, ending, ruling = demanded.price * 0, claim.ending, claim.ruling
    if ruling is not None and ruling.in_force and ruling.verdict is Verdict.REFUSED:
        return nothing
    if ending is not None and ending.outcome in (Outcome.WITHDRAWN, Outcome.SOLVED_BY_INSTRUCTION):
        return nothing
    taken = claim.payment.taken_at if claim.payment and claim.is_settled else None
    met = min((each for each in (taken, ending and ending.at) if each), default=at)
    return exposure(demanded, day_in(demanded.zone, met))


def due_now(claim: Claim, name: str, at: datetime) -> bool:
    """Whether a deadline of this name has passed."""
    return any(each.name == name and each.at <= at for each in deadlines(claim))


def _of_people(claim: Claim) -> list[Deadline]:
    found = [Deadline("attend", claim.attend_by)]
    if claim.contacted_at is None:
        found.append(Deadline("first_contact", claim.contact_by))
    found += [Deadline("letter", each.again_by) for each in claim.undelivered[:1] if each.again_by]
    if claim.keeper.chosen is Chosen.LAST_RESORT:
        found.append(Deadline("alarm", claim.alarm_by or claim.opened_at))
    ruling = claim.ruling
    if ruling is not None and ruling.approve_by is not None and not ruling.in_force:
        found.append(Deadline("approval", ruling.approve_by))
    return found


def _of_the_law(claim: Claim) -> list[Deadline]:
    demanded = claim.demanded
    if demanded is None or claim.is_settled or not claim.is_open:
        return []
    return [Deadline(mark, mark_at(demanded, mark)) for mark in MARKS]


def _of_the_money(claim: Claim) -> list[Deadline]:
    payment = claim.payment
    if payment is None or payment.taken_at is not None or payment.refused:
        return []
    return [Deadline("money", payment.ask_at)]


def _of_forgetting(claim: Claim) -> list[Deadline]:
    if claim.erased_at is not None:
        return [Deadline("files", claim.erased_at)] if owes_files(claim) else []
    return [Deadline("forget", claim.keep_until)] if claim.keep_until and not claim.is_open else []
