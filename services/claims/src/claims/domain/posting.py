"""Letters: written here, sent by notifications when they go by e-mail, and the owner's task when they did not go."""

from dataclasses import replace

from kernel.action import Action
from kernel.refusal import Decision
from kernel.refused_duty import duty

from claims.domain import changes as c
from claims.domain import commands as o
from claims.domain.changes import Change
from claims.domain.claim import Claim
from claims.domain.guarding import his, known
from claims.domain.papers import Letter
from claims.domain.policies import Policy
from claims.domain.refusals import LetterGone, NoAddress, PersonErased, UnknownLetter
from claims.domain.words import Channel


def letter_id(claim_id: str, number: int) -> str:
    """How others name a letter."""
    return f"{claim_id}-{number}"


def letter_of(named: str) -> tuple[str, int] | None:
    """The claim and the number that a letter's id names; None when it is none."""
    claim_id, _, number = named.rpartition("-")
    is_number = number.isascii() and number.isdigit() and len(number) <= 9  # noqa: PLR2004 - a few digits
    return (claim_id, int(number)) if claim_id and is_number else None


def keep_letter(command: o.KeepLetter, claim: Claim | None) -> Decision[Change]:
    """A letter goes, by a channel. One asked for twice carries an Idempotency-Key; another is another letter."""
    found = known(claim)
    no = his(command, Action.ANSWER_CLAIM, found)
    if no:
        return no
    if found.erased_at is not None:
        raise PersonErased("The person was erased; there is nobody to write to.")
    if command.channel is Channel.EMAIL and found.cause.order_id is None:
        raise NoAddress("The claim is of no order, so there is no address: send it by another channel.")
    number, by = len(found.letters) + 1, command.actor.id
    letter = Letter(number, command.paper, command.channel, command.text, command.digest, command.at, by)
    return [c.LetterWritten(letter)]


def show(command: o.ShowLetter, claim: Claim | None) -> Decision[Change]:
    """Services only: its words are sealed, and each look is recorded (R97)."""
    found = known(claim)
    no = duty(command.actor, Action.READ_CONTACT)
    if no:
        return no
    if found.erased_at is not None:
        raise LetterGone("The person was erased.")
    return [c.LetterShown(numbered(found, command.number).number, command.actor.id)]


def hear(command: o.HearLetter, claim: Claim | None, policy: Policy) -> Decision[Change]:
    """What notifications tells of it, also after the claim was closed; of a letter that is unknown here nothing is to do.
    News is kept even when it says what was known: so older news that comes later is passed over.
    """
    if claim is None or not 0 < command.number <= len(claim.letters):
        return []
    letter = numbered(claim, command.number)
    if command.failed is None:
        return [c.LetterWent(replace(letter, sent_at=command.at, failed=None, again_by=None))]
    again_by = command.by(policy.letter_again_within)
    return [c.LetterFailed(replace(letter, failed=command.failed, again_by=again_by))]


def numbered(claim: Claim, number: int) -> Letter:
    """The letter with this number; raise when there is none."""
    if not 0 < number <= len(claim.letters):
        raise UnknownLetter("The claim has no such letter.")
    return claim.letters[number - 1]
