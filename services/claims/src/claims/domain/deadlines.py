"""What a claim waits for. Derived from how it is, so nothing can be forgotten or left behind."""

from datetime import datetime

from kernel.deadline import Deadline

from claims.domain.claim import Claim
from claims.domain.forgetting import owes_files
from claims.domain.term import MARKS, mark_at
from claims.domain.words import Chosen


def deadlines(claim: Claim) -> list[Deadline]:
    """Of an open claim always at least one; of a closed one the money still to be asked for, and until when it is kept."""
    people = _of_people(claim) if claim.is_open else ()
    return [*_of_the_money(claim), *people, *_of_the_law(claim), *_of_forgetting(claim)]


def next_due(claim: Claim, at: datetime) -> datetime | None:
    """What an open claim waits for next; a mark of the law's term that is behind it waits for nobody."""
    if not claim.is_open:
        return None
    return min(each.at for each in deadlines(claim) if each.name not in MARKS or each.at > at)


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
