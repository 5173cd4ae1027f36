"""The talk with the customer: the script, the instruction, the demand, the item, the mediation."""

from dataclasses import replace

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
    return replace(stands, extension=None) == replace(
        given, received_on=stands.received_on, version=stands.version
    )


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
    """Only where the law says so: a replacement, for an extra check or when none is in stock (art. 21). Never once its term
    is over, nor while a decision stands or waits: an approval wins no time (R80).
    """
    found = known(claim)
    no = his(command, Action.ANSWER_CLAIM, found)
    if no:
        return no
    demanded = demand_of(found)
    if found.ruling is not None:
        raise AlreadyDecided("More time is for who has not decided yet.", number=found.ruling.number)
    if command.extension not in row_by(demanded.demand, demanded.version).extended:
        raise NotInTheLaw("The law gives no more time for this demand.", article=demanded.article)
    if demanded.extension is command.extension:
        return []
    if command.at >= mark_at(demanded, "over"):
        raise NotInTheLaw("The term is over; it can't be made longer any more.", article=demanded.article)
    return [c.TermExtended(replace(demanded, extension=command.extension))]


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
