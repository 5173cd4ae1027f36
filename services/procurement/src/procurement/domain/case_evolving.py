"""What a supplier case is after a change."""

from dataclasses import replace
from typing import assert_never

from kernel.refused_duty import DutyRefused

from procurement.domain.case_changes import (
    CaseClosed,
    CaseEscalated,
    CaseHandedOver,
    CaseOpened,
    CaseReminded,
    CaseReopened,
    Change,
    ClosingDeclined,
    EntryAdded,
    SecondPersonAsked,
    SettlementProposed,
)
from procurement.domain.case_escalating import escalated
from procurement.domain.supplier_case import Level, Stage, SupplierCase


def evolve(case: SupplierCase | None, change: Change) -> SupplierCase:  # noqa: C901, PLR0911 - a line for each change
    """The case after a change."""
    if isinstance(change, CaseOpened):
        return change.case
    assert case is not None
    match change:
        case EntryAdded():
            return replace(case, entries=(*case.entries, change.entry))
        case CaseHandedOver():
            return _from_below(replace(case.ticking(change.clock), owner_id=change.owner_id))
        case SettlementProposed():
            return replace(case, stage=Stage.OPEN, settlement=change.settlement)
        case SecondPersonAsked():
            return replace(case, stage=Stage.AWAITING, settlement=change.settlement)
        case ClosingDeclined():
            return replace(case.ticking(change.clock), stage=Stage.OPEN)
        case CaseClosed():
            return _closed(case, change)
        case CaseReopened():
            after = replace(case, stage=Stage.OPEN, settlement=None, closed_at=None, owner_id=change.owner_id)
            return _from_below(replace(after.ticking(change.clock), reopened=case.reopened + 1))
        case CaseReminded():
            return replace(case, remind_at=None)
        case CaseEscalated():
            return escalated(case, change)
        case DutyRefused():
            return case
        case _:
            assert_never(change)


def _from_below(case: SupplierCase) -> SupplierCase:
    """Somebody has it anew: it goes up from him."""
    return replace(case, level=Level.OWNER, told_top=0)


def _closed(case: SupplierCase, change: CaseClosed) -> SupplierCase:
    return replace(
        case, stage=Stage.CLOSED, settlement=change.settlement, closed_at=change.at, remind_at=None
    )
