"""The rules of a match: nothing is the same goods without a person's yes, and every yes can be undone (R43). Pure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import assert_never

from kernel.action import Action
from kernel.deadline import Deadline
from kernel.refusal import Decision
from kernel.refused_duty import DutyRefused, duty

from procurement.domain.match import (
    Change,
    Command,
    DecideMatch,
    Likeness,
    Match,
    MatchAccepted,
    MatchCarried,
    MatchProposed,
    MatchRejected,
    MatchUndone,
    NoteCarried,
    ProposeMatch,
    Standing,
    UndoMatch,
)
from procurement.domain.refusals import MatchNotOpen, MatchNotProposed, UnknownMatch

CARRY = "carry"
CARRY_WITHIN = timedelta(seconds=5)
SAME = 0.05
"""A confidence that moved by less is no news."""


def decide(command: Command, now: Match | None) -> Decision[Change]:
    """What comes of a command, or a refusal."""
    if isinstance(command, ProposeMatch):
        return propose(command, now)
    if now is None:
        raise UnknownMatch("Nothing was ever proposed for this offer.")
    if isinstance(command, NoteCarried):
        return [MatchCarried(command.at)] if now.carry_by and now.product_id == command.product_id else []
    no = duty(command.actor, Action.MATCH_PRODUCT)
    if no is not None:
        return no
    return undo(command, now) if isinstance(command, UndoMatch) else judge(command, now)


def propose(command: ProposeMatch, now: Match | None) -> Sequence[MatchProposed]:
    """Only what nobody said no to, where nobody said yes; the same again is no news."""
    if now is not None and now.standing is Standing.ACCEPTED:
        return []
    rejected = now.rejected if now else ()
    found = tuple(each for each in command.likenesses if each.product_id not in rejected)
    if not found or (now is not None and _is_known(found, now)):
        return []
    return [MatchProposed(command.offer_id, command.supplier_id, command.title, found, command.at)]


def judge(command: DecideMatch, now: Match) -> Sequence[MatchAccepted | MatchRejected]:
    """A person's yes or no."""
    if command.accept:
        return accept(command, now)
    if now.standing is Standing.ACCEPTED:
        raise MatchNotOpen(
            "Somebody said yes to a match of this offer: undo it first.", product_id=now.product_id
        )
    proposed = tuple(each.product_id for each in now.likenesses)
    named = proposed if command.product_id is None else (command.product_id,)
    fresh = tuple(each for each in named if each not in now.rejected)
    return [MatchRejected(fresh, command.actor.id, command.at)] if fresh else []


def accept(command: DecideMatch, now: Match) -> Sequence[MatchAccepted]:
    """Goods that were proposed, or at least that somebody offers."""
    likeliest = now.likenesses[0].product_id if now.likenesses else None
    product_id = command.product_id or likeliest
    if now.standing is Standing.ACCEPTED:
        if product_id in (now.product_id, None) or command.product_id is None:
            return []
        raise MatchNotOpen("Somebody said yes to other goods: undo it first.", product_id=now.product_id)
    proposed = {each.product_id for each in now.likenesses}
    if product_id is None or (product_id not in proposed and not command.offered):
        raise MatchNotProposed("Nobody offers these goods.", product_id=product_id)
    return [MatchAccepted(product_id, command.actor.id, command.at)]


def undo(command: UndoMatch, now: Match) -> Sequence[MatchUndone]:
    """Back to what was proposed."""
    return [] if now.standing is Standing.PROPOSED else [MatchUndone(command.actor.id, command.at)]


def deadlines(now: Match) -> list[Deadline]:
    """By when the offer must have heard of it."""
    return [Deadline(CARRY, now.carry_by)] if now.carry_by else []


def evolve(now: Match | None, change: Change) -> Match:
    """The match after a change."""
    if isinstance(change, MatchProposed):
        return _proposed(now, change)
    assert now is not None
    match change:
        case MatchAccepted():
            after = replace(now, standing=Standing.ACCEPTED, product_id=change.product_id)
            return _decided(after, change)
        case MatchRejected():
            return _rejected(now, change)
        case MatchUndone():
            return _decided(replace(now, standing=Standing.PROPOSED, product_id=None, rejected=()), change)
        case MatchCarried():
            return replace(now, carry_by=None)
        case DutyRefused():
            return now
        case _:
            assert_never(change)


def _proposed(now: Match | None, change: MatchProposed) -> Match:
    best = change.likenesses[0].confidence
    fresh = Match(
        change.offer_id, change.supplier_id, change.title, Standing.PROPOSED, change.likenesses, best
    )
    return replace(fresh, rejected=now.rejected, carry_by=now.carry_by) if now else fresh


def _rejected(now: Match, change: MatchRejected) -> Match:
    rejected = (*now.rejected, *change.product_ids)
    left = any(each.product_id not in rejected for each in now.likenesses)
    standing = Standing.PROPOSED if left else Standing.REJECTED
    return replace(now, standing=standing, rejected=rejected, by=change.by, decided_at=change.at)


def _decided(after: Match, change: MatchAccepted | MatchUndone) -> Match:
    return replace(after, by=change.by, decided_at=change.at, carry_by=change.at + CARRY_WITHIN)


def _is_known(found: Sequence[Likeness], now: Match) -> bool:
    before = {
        each.product_id: each.confidence for each in now.likenesses if each.product_id not in now.rejected
    }
    after = {each.product_id: each.confidence for each in found}
    return before.keys() == after.keys() and all(abs(before[name] - after[name]) < SAME for name in after)
