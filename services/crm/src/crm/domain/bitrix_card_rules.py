"""Whose word about a card's owner counts, what is read again and what is told the portal. Pure and total."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from kernel.deadline import Deadline

from crm.domain import bitrix_card as b
from crm.domain.bitrix_card import (
    PUSH,
    READ,
    Card,
    Hint,
    Hinted,
    Miss,
    Missed,
    NotePushed,
    Postpone,
    Postponed,
    Pushed,
    Seen,
    TakeIn,
    TakenIn,
    Want,
    Wanted,
    WishDropped,
)
from crm.domain.bitrix_card_evolving import Change, evolve
from crm.domain.bitrix_card_whose import ERASED_HERE, WhoseCommand, decide_whose

Command = b.Command | WhoseCommand

OWNER_UNKNOWN = "owner_unknown"
OWNER_SELLS_NOTHING = "owner_sells_nothing"
OWNER_DIFFERS = "owner_differs"
NOBODY = Seen(None, "", None, (ERASED_HERE,), None)
"""All that is seen of who is erased: that the portal still has him."""
UNHEARD = frozenset({OWNER_UNKNOWN, OWNER_SELLS_NOTHING})
"""What the portal said of the owner could not be followed: it is still to be heard."""


class Whose(StrEnum):
    """Whose word about the owner counts."""

    NOBODY_MOVED = "nobody_moved"
    PORTAL = "portal"
    OURS = "ours"


def whose_word(card: Card | None, user_id: str | None, modified_at: datetime | None) -> Whose:
    """An owner that stands in the portal as it stood when last seen is no news, whatever else changed: so neither an echo of our own
    change nor a repeated event moves anybody, unless nobody could understand it then. One that differs was set there, by a person;
    if opblok wants somebody else meanwhile, the later of the two counts.
    """
    if card is None or card.customer_id is None or card.gone:
        return Whose.PORTAL
    if user_id == card.user_id:
        if card.wanted:
            return Whose.OURS
        return Whose.PORTAL if UNHEARD.intersection(card.problems) else Whose.NOBODY_MOVED
    if card.wanted is None or user_id == card.wanted or card.wanted_at is None:
        return Whose.PORTAL
    return Whose.OURS if modified_at is not None and modified_at <= card.wanted_at else Whose.PORTAL


def is_news(card: Card | None, seen: Seen) -> bool:
    """Whether the customer is to be looked at; one with a problem is looked at each time."""
    return (
        card is None
        or card.gone
        or bool(card.problems)
        or (card.digest, card.user_id) != (seen.digest, seen.user_id)
    )


def decide(command: Command, card: Card | None) -> Sequence[Change]:
    """Total: what comes late, twice or out of order changes nothing. Of whom is erased nothing is taken in."""
    if isinstance(command, WhoseCommand):
        return decide_whose(command, card)
    if card is not None and card.erased:
        if isinstance(command, Want):
            return []
        if isinstance(command, TakeIn):
            return take_in(replace(command, seen=NOBODY), card)
    return _decide(command, card)


def _decide(command: b.Command, card: Card | None) -> Sequence[b.Change]:
    match command:
        case Hint():
            return [Hinted(command.number, command.at)]
        case TakeIn():
            return take_in(command, card)
        case Miss():
            return miss(command, card)
        case Want():
            return want(command, card)
        case NotePushed():
            return [Pushed(command.user_id)] if card and card.wanted == command.user_id else []
        case Postpone():
            waits = card and (card.read_at if command.what == READ else card.push_at)
            return [Postponed(command.what, command.until, command.problem)] if waits else []


def miss(command: Miss, card: Card | None) -> Sequence[b.Change]:
    """It is gone; one of which nothing is known never was."""
    gone = Missed(command.number, card is not None and card.hints > command.hints)
    return [] if card is None or evolve(card, gone) == card else [gone]


def take_in(command: TakeIn, card: Card | None) -> Sequence[b.Change]:
    """A hint that came while it was being read makes it be read again."""
    again = card is not None and card.hints > command.hints
    whose = whose_word(card, command.seen.user_id, command.seen.modified_at)
    change = TakenIn(command.number, command.seen, again, whose is Whose.PORTAL)
    return [] if card is not None and evolve(card, change) == card else [change]


def want(command: Want, card: Card | None) -> Sequence[b.Change]:
    """What the portal has already needs no push; a wish that is overtaken is dropped."""
    if card is None or card.gone or (card.wanted_at is not None and command.at < card.wanted_at):
        return []
    if card.user_id == command.user_id:
        return [WishDropped()] if card.wanted else []
    return [] if card.wanted == command.user_id else [Wanted(command.user_id, command.at)]


def deadlines(card: Card) -> Sequence[Deadline]:
    """What is hinted is read, what is wanted is pushed."""
    due = ((READ, card.read_at), (PUSH, card.push_at))
    return [Deadline(name, at) for name, at in due if at is not None]
