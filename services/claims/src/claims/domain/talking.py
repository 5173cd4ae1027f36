"""The talk with the customer: the script, the instruction, the demand, the item, the mediation."""

from dataclasses import replace
from datetime import timedelta

from kernel.action import Action
from kernel.refusal import Decision

from claims.domain import changes as c
from claims.domain import commands as o
from claims.domain.changes import Change
from claims.domain.claim import Claim
from claims.domain.guarding import his, known
from claims.domain.opening import needs_instruction
from claims.domain.papers import ItemAsked
from claims.domain.refusals import AlreadyDecided, InstructionFirst, NothingDemanded, NotInTheLaw
from claims.domain.statute import row_by, version_on
from claims.domain.term import Demanded, mark_at
from claims.domain.words import Extension

FARTHEST = timedelta(days=366)
"""The next delivery to the Far North is not farther off."""


def tick(command: o.TickStep, claim: Claim | None) -> Decision[Change]:
    """A step of the script was made; the first one is the first contact (R75)."""
    found = known(claim)
    no = his(command, Action.ANSWER_CLAIM, found)
    if no:
        return no
    return [] if command.step in found.steps else [c.StepTicked(command.step, command.at)]


def try_instruction(command: o.TryInstruction, claim: Claim | None) -> Decision[Change]:
    """He was asked to do as the instruction says (R78)."""
    found = known(claim)
    no = his(command, Action.ANSWER_CLAIM, found)
    if no:
        return no
    return [] if found.instruction is command.helped else [c.InstructionTried(command.helped)]


def write_demand(command: o.WriteDemand, claim: Claim | None) -> Decision[Change]:
    """What he wants, from which day on the law counts. A new demand begins its own term (art. 20-23.1)."""
    found = known(claim)
    no = his(command, Action.ANSWER_CLAIM, found)
    if no:
        return no
    if found.ruling is not None:
        raise AlreadyDecided("Another demand after a decision is another claim, or this one reopened.")
    if needs_instruction(found):
        raise InstructionFirst("Let him try it by the instruction first, and write down whether it helped.")
    if _told_again(found, command.demanded):
        return []
    _lawful(found, command.demanded)
    return [c.DemandWritten(command.demanded)]


def _told_again(claim: Claim, given: Demanded) -> bool:
    """Whether it is the demand that stands, by the same proof, told the same day or later."""
    stands = claim.demanded
    if stands is None or given.demand not in claim.begun or given.received_on < stands.received_on:
        return False
    as_made = replace(stands, extension=None, next_delivery_on=None, application=None)
    return as_made == replace(given, received_on=stands.received_on, version=stands.version)


def _lawful(claim: Claim, given: Demanded) -> None:
    """By the law of its day; the same demand made again begins no new term, so nobody wins time by writing it anew."""
    row = row_by(given.demand, given.version)
    if given.version != version_on(given.received_on):
        raise NotInTheLaw("Another version of the law was in force that day.", version=given.version)
    if given.agreed_days is not None and not (row.agreed and 0 < given.agreed_days <= row.days):
        raise NotInTheLaw("A term can be agreed for a repair only, of at most 45 days (art. 20).")
    begun = claim.begun.get(given.demand)
    if begun is not None and given.received_on > begun:
        raise NotInTheLaw("He demanded it before; its term runs from then.", begun=begun.isoformat())


def extend(command: o.ExtendTerm, claim: Claim | None) -> Decision[Change]:
    """Only where the law says so: a replacement, for an extra check, when none is in stock, or until the next delivery to the
    Far North (art. 21). Never once its term
    is over, nor while a decision stands or waits: an approval wins no time (R80).
    """
    found = known(claim)
    no = his(command, Action.ANSWER_CLAIM, found)
    if no:
        return no
    demanded = demand_of(found)
    if found.ruling is not None:
        raise AlreadyDecided("More time is for who has not decided yet.", number=found.ruling.number)
    longer = _longer(command, demanded)
    if demanded.extension is command.extension and demanded.next_delivery_on == longer.next_delivery_on:
        return []
    if command.at >= mark_at(demanded, "over"):
        raise NotInTheLaw("The term is over; it can't be made longer any more.", article=demanded.article)
    return [c.TermExtended(longer)]


def _longer(command: o.ExtendTerm, demanded: Demanded) -> Demanded:
    """The demand with its longer term. The Far North's ends with the next delivery there, once named and never moved, on what
    shows that the customer applied for it (art. 21 p. 1).
    """
    row, day = row_by(demanded.demand, demanded.version), command.next_delivery_on
    far = command.extension is Extension.NEXT_DELIVERY
    if not (row.until_delivery if far else command.extension in row.extended):
        raise NotInTheLaw("The law gives no more time for this demand.", article=demanded.article)
    if not far:
        if day is not None or command.application is not None:
            raise NotInTheLaw("Only the Far North's term ends with a delivery.", article=demanded.article)
        return replace(demanded, extension=command.extension, next_delivery_on=None, application=None)
    if day is None or not command.application:
        raise NotInTheLaw("Name the next delivery, and what shows his application.", article=demanded.article)
    moved = demanded.next_delivery_on is not None and demanded.next_delivery_on != day
    if moved or not timedelta(row.days) < day - demanded.received_on <= FARTHEST:
        raise NotInTheLaw(
            "The next delivery is one day, after the usual term, within a year.", article=demanded.article
        )
    return replace(
        demanded, extension=command.extension, next_delivery_on=day, application=command.application
    )


def ask_for_item(command: o.AskForItem, claim: Claim | None) -> Decision[Change]:
    """He was asked to hand in the item, on a day, by a channel, with an answer (500-FZ, a)."""
    found = known(claim)
    no = his(command, Action.ANSWER_CLAIM, found)
    if no:
        return no
    asked = ItemAsked(command.on, command.channel, command.answer)
    return [] if asked in found.items_asked else [c.ItemWasAsked(asked)]


def note_mediation(command: o.NoteMediation, claim: Claim | None) -> Decision[Change]:
    """A mediation agreement was made, before any suit (500-FZ, c)."""
    found = known(claim)
    no = his(command, Action.ANSWER_CLAIM, found)
    if no:
        return no
    return [] if found.mediation_on == command.on else [c.MediationNoted(command.on)]


def demand_of(claim: Claim) -> Demanded:
    """What is demanded; raise when nothing is written down."""
    if claim.demanded is None:
        raise NothingDemanded("Write down what the customer demands first.")
    return claim.demanded
