"""The deadlines of a supplier case, and what comes of an owner who left (R4, R44). Pure."""

from collections.abc import Sequence

from kernel.deadline import Deadline

from procurement.domain.case_changes import CaseEscalated, CaseHandedOver, CaseReminded, Change
from procurement.domain.case_commands import CaseDeadlinePassed, TakeFromWhoLeft
from procurement.domain.case_escalating import has_it_by_escalation, is_told, rung_above
from procurement.domain.supplier_case import Stage, SupplierCase

REMIND, DUE = "remind", "due"


def pass_deadline(command: CaseDeadlinePassed, case: SupplierCase | None) -> list[Change]:
    """First its owner is reminded, then the service owner has it, then the shop's owner; his deadline comes again and again."""
    if case is None or case.stage is Stage.CLOSED:
        return []
    if command.name == DUE and case.due_at <= command.at:
        level, owner_id = rung_above(case, command.ladder)
        told = is_told(case, level, command.ladder)
        return [CaseEscalated(owner_id, command.clock, command.at, level, told)]
    if command.name == REMIND and case.remind_at and case.remind_at <= command.at:
        return [CaseReminded(command.at)]
    return []


def deadlines(case: SupplierCase) -> list[Deadline]:
    """An open case always has one."""
    if case.stage is Stage.CLOSED:
        return []
    due = [Deadline(DUE, case.due_at)]
    return [Deadline(REMIND, case.remind_at), *due] if case.remind_at else due


def take_from_who_left(command: TakeFromWhoLeft, case: SupplierCase | None) -> Sequence[Change]:
    """What he answered for is the shop's owner's now, with a deadline of its own (R4)."""
    if case is None or case.stage is Stage.CLOSED or case.owner_id != command.gone_id:
        return []
    if command.oversees and has_it_by_escalation(case, command.gone_id):
        return []
    return [] if command.to == case.owner_id else [CaseHandedOver(command.to, command.clock, "")]
