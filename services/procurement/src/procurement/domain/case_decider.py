"""The rules of a supplier case: always an owner and a deadline while it is open, and an end with its money (R44). Pure."""

from typing import assert_never

from kernel.action import Action
from kernel.duties import rule_against
from kernel.refusal import Decision
from kernel.refused_duty import duty

from procurement.domain.case_changes import CaseHandedOver, CaseOpened, Change, EntryAdded, SettlementProposed
from procurement.domain.case_clock import pass_deadline, take_from_who_left
from procurement.domain.case_closing import close, decide_closing, is_closed_so, reopen, same
from procurement.domain.case_commands import (
    AddEntry,
    ByPerson,
    CaseDeadlinePassed,
    CloseCase,
    Command,
    DecideClosing,
    EscalateCase,
    HandOver,
    OpenCase,
    ProposeSettlement,
    ReopenCase,
    TakeFromWhoLeft,
)
from procurement.domain.case_escalating import escalate, has_it_by_escalation
from procurement.domain.case_refusals import (
    CaseIsClosed,
    OwnerMayNotBuy,
    ThreadIsFull,
    UnknownCase,
)
from procurement.domain.supplier_case import Settlement, Stage, SupplierCase

MOST_ENTRIES = 500


def decide(command: Command, case: SupplierCase | None) -> Decision[Change]:
    """What comes of a command, or a refusal."""
    match command:
        case OpenCase():
            return [] if case else [CaseOpened(opened(command))]
        case TakeFromWhoLeft():
            return take_from_who_left(command, case)
        case CaseDeadlinePassed():
            return pass_deadline(command, case)
        case _:
            return by_person(command, case)


def by_person(command: ByPerson, case: SupplierCase | None) -> Decision[Change]:
    """A buyer's step; the second person's yes is somebody else's duty (R44, R80)."""
    if case is None:
        raise UnknownCase("There is no such case.")
    if isinstance(command, DecideClosing):
        return duty(command.actor, Action.APPROVE_PURCHASE) or decide_closing(command, case)
    no = duty(command.actor, Action.RUN_SUPPLIER_CASE)
    if no is not None and not _oversees(command, case):
        return no
    if isinstance(command, ReopenCase):
        return reopen(command, case)
    if isinstance(command, CloseCase) and is_closed_so(command, case):
        return []
    if case.stage is Stage.CLOSED:
        raise CaseIsClosed("The case is closed; reopen it first.", case_id=case.case_id)
    return _onward(command, case)


def _oversees(command: ByPerson, case: SupplierCase) -> bool:
    """Who sees to cases gives them up; what went up to him he writes in, and gives on, which done twice is done once (R4, R44)."""
    if rule_against(command.actor, Action.APPROVE_PURCHASE) is not None:
        return False
    match command:
        case EscalateCase():
            return True
        case AddEntry():
            return has_it_by_escalation(case, command.actor.id)
        case HandOver():
            return has_it_by_escalation(case, command.actor.id) or command.to == case.owner_id
        case _:
            return False


def _onward(
    command: AddEntry | HandOver | ProposeSettlement | CloseCase | EscalateCase, case: SupplierCase
) -> list[Change]:
    match command:
        case AddEntry():
            return add_entry(command, case)
        case HandOver():
            return hand_over(command, case)
        case ProposeSettlement():
            settlement = Settlement(command.ending, command.recovered, command.actor.id, command.at)
            return [] if same(settlement, case.settlement) else [SettlementProposed(settlement)]
        case CloseCase():
            return close(command, case)
        case EscalateCase():
            return escalate(command, case)
        case _:
            assert_never(command)


def opened(command: OpenCase) -> SupplierCase:
    """The case as it begins (R44)."""
    return SupplierCase(
        case_id=command.case_id,
        supplier_id=command.supplier_id,
        trouble=command.trouble,
        opened_by=command.opened_by,
        opened_at=command.at,
        at_stake=command.at_stake,
        linked=command.linked,
        owner_id=command.owner_id,
        due_at=command.clock.due_at,
        remind_at=command.clock.remind_at,
        entries=command.entries,
    )


def add_entry(command: AddEntry, case: SupplierCase) -> list[Change]:
    """The thread grows; it is no novel."""
    if len(case.entries) >= MOST_ENTRIES:
        raise ThreadIsFull(f"A case has at most {MOST_ENTRIES} entries.")
    return [EntryAdded(command.entry)]


def hand_over(command: HandOver, case: SupplierCase) -> list[Change]:
    """Only a senior buyer who is with us, or the shop's owner, answers for a case (R4)."""
    if command.to == case.owner_id:
        return []
    if not command.fits:
        raise OwnerMayNotBuy("Only an active senior buyer may answer for it.", owner_id=command.to)
    return [CaseHandedOver(command.to, command.clock, command.actor.id)]
