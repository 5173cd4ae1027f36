"""How a member of the staff becomes known: by facts, and by what crm answers about his numbers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kernel.deadline import Deadline

from telephony_router.domain.directory import Numbers, StaffMember, pause_after, still_to_ask
from telephony_router.domain.people import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class HearStaff:
    """Crm told how he is; his numbers may be others now."""

    staff_id: str
    person: Person
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnNumbers:
    """Crm answered to who asked at `at`; `numbers` is None when it knows nobody by this id."""

    staff_id: str
    shop_id: str
    numbers: Numbers | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CrmSilent:
    """Crm did not answer."""

    staff_id: str
    at: datetime


Command = HearStaff | LearnNumbers | CrmSilent


@dataclass(frozen=True, slots=True)
class StaffLearned:
    """He is so now."""

    now: StaffMember


def decide(command: Command, known: StaffMember | None) -> Sequence[StaffLearned]:
    """A fact wins over an answer; an answer that says what was known changes nothing."""
    match command:
        case HearStaff():
            numbers = known.numbers if known else Numbers()
            now = StaffMember(command.person, command.at, numbers, heard=True, ask_at=command.at)
        case LearnNumbers():
            now = _answered(command, known)
        case CrmSilent():
            if known is None:
                return []
            later = command.at + pause_after(known.tries)
            now = replace(known, ask_at=later, tries=known.tries + 1)
    return [] if now == known else [StaffLearned(now)]


def _answered(command: LearnNumbers, known: StaffMember | None) -> StaffMember:
    before = known or StaffMember(Person(command.staff_id, command.shop_id), command.at)
    if before.asked_at is not None and command.at < before.asked_at:
        return before
    numbers = command.numbers or Numbers()
    changed_at = command.at if numbers != before.numbers else before.changed_at
    ask_at = still_to_ask(before.ask_at, command.at)
    after = replace(before, numbers=numbers, ask_at=ask_at, tries=0, changed_at=changed_at)
    return after if after == before else replace(after, asked_at=command.at)


def evolve(known: StaffMember | None, change: StaffLearned) -> StaffMember:
    """As learned."""
    del known
    return change.now


def deadlines(known: StaffMember) -> list[Deadline]:
    """When crm is to be asked."""
    return [Deadline("numbers", known.ask_at)] if known.ask_at else []
