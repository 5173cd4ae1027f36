"""How a customer becomes known: by facts, which carry no number, and by what crm answers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kernel.deadline import Deadline

from telephony_router.domain.directory import CustomerCard, pause_after, still_to_ask


@dataclass(frozen=True, slots=True, kw_only=True)
class HearCustomer:
    """A fact of crm: who answers for him, and that his numbers may be others now."""

    customer_id: str
    stage: str
    owner_id: str | None
    no_calls: bool
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnCard:
    """What crm answered to who asked at `at`."""

    customer_id: str
    stage: str
    owner_id: str | None
    no_calls: bool
    blocked: bool
    hashes: tuple[str, ...]
    merged_into: str | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HearMerge:
    """His card became another's, `into`; or, after it was `out_of` that one's, it is his own again."""

    customer_id: str
    at: datetime
    into: str | None = None
    out_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Forget:
    """He is erased (152-FZ art. 21): nothing of him stays but that he is."""

    customer_id: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CrmSilent:
    """Crm did not answer."""

    customer_id: str
    at: datetime


Command = HearCustomer | LearnCard | HearMerge | Forget | CrmSilent


@dataclass(frozen=True, slots=True)
class CardLearned:
    """He is so now."""

    now: CustomerCard


def decide(command: Command, known: CustomerCard | None) -> Sequence[CardLearned]:
    """Who is erased stays erased, whatever comes late."""
    if known is not None and known.erased:
        return []
    now = _now(command, known)
    return [] if now is None or now == known else [CardLearned(now)]


def _now(command: Command, known: CustomerCard | None) -> CustomerCard | None:
    at = command.at
    before = known or CustomerCard(command.customer_id, at)
    match command:
        case HearCustomer():
            return replace(
                before, stage=command.stage, owner_id=command.owner_id, no_calls=command.no_calls,
                heard=True, ask_at=at, changed_at=at,
            )  # fmt: skip
        case LearnCard():
            return _answered(command, before)
        case HearMerge():
            return _merged(command, before)
        case Forget():
            return CustomerCard(command.customer_id, at, erased=True, heard=True)
        case CrmSilent():
            if known is None:
                return None
            return replace(known, ask_at=at + pause_after(known.tries), tries=known.tries + 1)


def _merged(command: HearMerge, before: CustomerCard) -> CustomerCard:
    """Cards that take it in one after the other tell of it apart, so in any order: whose it is by now is who took it in and did not let it
    go.
    """
    said = (command.into, command.out_of)
    takers = before.takers or ((before.merged_into,) if before.merged_into else ())
    takers = (*(each for each in takers if each not in said), *((command.into,) if command.into else ()))
    into = takers[-1] if takers else None
    return replace(
        before,
        takers=takers,
        merged_into=into,
        ask_at=None if into else command.at,
        changed_at=command.at,
    )


def _answered(command: LearnCard, before: CustomerCard) -> CustomerCard:
    """Numbers and blocking are known from answers only; the rest is the facts' once one was heard. An answer that names
    no other card does not part cards that a fact told to be one. One that was asked for before another that is here is older.
    """
    if before.asked_at is not None and command.at < before.asked_at:
        return before
    merged_into = before.merged_into if before.heard else command.merged_into or before.merged_into
    after = replace(
        before, blocked=command.blocked, hashes=command.hashes, merged_into=merged_into,
        ask_at=still_to_ask(before.ask_at, command.at), tries=0,
    )  # fmt: skip
    if not before.heard:
        after = replace(after, stage=command.stage, owner_id=command.owner_id, no_calls=command.no_calls)
    if after == before:
        return before
    same = replace(after, ask_at=before.ask_at, tries=before.tries) == before
    changed_at = before.changed_at if same else command.at
    return replace(after, asked_at=command.at, changed_at=changed_at)


def evolve(known: CustomerCard | None, change: CardLearned) -> CustomerCard:
    """As learned."""
    del known
    return change.now


def deadlines(known: CustomerCard) -> list[Deadline]:
    """When crm is to be asked."""
    return [Deadline("card", known.ask_at)] if known.ask_at else []
