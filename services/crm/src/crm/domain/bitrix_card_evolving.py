"""A card after each change. Pure."""

from dataclasses import replace

from crm.domain import bitrix_card as b
from crm.domain.bitrix_card import (
    READ,
    Card,
    Hinted,
    Missed,
    Postponed,
    Pushed,
    TakenIn,
    Wanted,
    WishDropped,
)
from crm.domain.bitrix_card_whose import WhoseChange, evolve_whose

Change = b.Change | WhoseChange


def evolve(card: Card | None, change: Change) -> Card:
    """The card after the change."""
    found = card or Card(getattr(change, "number", 0))
    if isinstance(change, WhoseChange):
        return evolve_whose(found, change)
    return _evolve(found, change)


def _evolve(found: Card, change: b.Change) -> Card:
    match change:
        case Hinted():
            return replace(found, hints=found.hints + 1, read_at=found.read_at or change.read_at)
        case TakenIn():
            return _taken(found, change)
        case Missed():
            read_at = found.read_at if change.again else None
            return replace(_unwanted(found), gone=True, read_at=read_at, digest="", problems=())
        case Postponed():
            return _later(found, change)
        case Wanted() | WishDropped() | Pushed():
            return _wished(found, change)


def _taken(card: Card, change: TakenIn) -> Card:
    seen, read_at = change.seen, card.read_at if change.again else None
    kept = _unwanted(card) if change.unwanted else card
    return replace(
        kept,
        customer_id=seen.customer_id or card.customer_id,
        user_id=seen.user_id,
        digest=seen.digest,
        problems=seen.problems,
        read_at=read_at,
        tries=0,
        gone=False,
    )


def _wished(card: Card, change: Wanted | WishDropped | Pushed) -> Card:
    match change:
        case Wanted():
            return replace(card, wanted=change.user_id, wanted_at=change.at, push_at=change.at, tries=0)
        case WishDropped():
            return _unwanted(card)
        case Pushed():
            return _unwanted(replace(card, user_id=change.user_id))


def _unwanted(card: Card) -> Card:
    return replace(card, wanted=None, push_at=None, tries=0)


def _later(card: Card, change: Postponed) -> Card:
    problems = tuple(dict.fromkeys((*card.problems, change.problem))) if change.problem else card.problems
    tries = card.tries + 1
    if change.what == READ:
        return replace(card, read_at=change.until, problems=problems, tries=tries)
    return replace(card, push_at=change.until, problems=problems, tries=tries)
