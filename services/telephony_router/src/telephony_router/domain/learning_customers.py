"""How a customer becomes known: by facts, which carry no number, and by what crm answers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kernel.deadline import Deadline

from telephony_router.domain.directory import CustomerCard, pause_after


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
    """What crm answered."""

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
    """His card became another's; without `into`, it is his own again."""

    customer_id: str
    into: str | None
    at: datetime


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
            return replace(
                before, merged_into=command.into, ask_at=None if command.into else at, changed_at=at
            )
        case Forget():
            return CustomerCard(command.customer_id, at, erased=True, heard=True)
        case CrmSilent():
            if known is None:
                return None
            return replace(known, ask_at=at + pause_after(known.tries), tries=known.tries + 1)


def _answered(command: LearnCard, before: CustomerCard) -> CustomerCard:
    """Numbers and blocking are known from answers only; the rest is the facts' once one was heard. An answer that names
    no other card does not part cards that a fact told to be one.
    """
    merged_into = before.merged_into if before.heard else command.merged_into or before.merged_into
    after = replace(
        before, blocked=command.blocked, hashes=command.hashes, merged_into=merged_into,
        ask_at=None, tries=0,
    )  # fmt: skip
    if not before.heard:
        after = replace(after, stage=command.stage, owner_id=command.owner_id, no_calls=command.no_calls)
    same = replace(after, ask_at=before.ask_at, tries=before.tries) == before
    return after if same else replace(after, changed_at=command.at)


def evolve(known: CustomerCard | None, change: CardLearned) -> CustomerCard:
    """As learned."""
    del known
    return change.now


def deadlines(known: CustomerCard) -> list[Deadline]:
    """When crm is to be asked."""
    return [Deadline("card", known.ask_at)] if known.ask_at else []
