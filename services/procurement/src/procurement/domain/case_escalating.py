"""A case goes up: from its owner to the service owner, from him to the shop's owner, who is told a few times, not for ever (R44). Pure."""

from dataclasses import replace

from procurement.domain.case_changes import CaseEscalated, Change
from procurement.domain.case_commands import EscalateCase
from procurement.domain.supplier_case import Ladder, Level, SupplierCase


def rung_above(case: SupplierCase, ladder: Ladder) -> tuple[Level, str]:
    """Who has it next. Without a service owner, or when the case is his or the shop owner's already, the shop's owner does."""
    above = ladder.service_owner
    if case.level is Level.OWNER and above and case.owner_id not in (above, ladder.shop_owner):
        return Level.SERVICE_OWNER, above
    return Level.SHOP_OWNER, ladder.shop_owner


def escalate(command: EscalateCase, case: SupplierCase) -> list[Change]:
    """A person gives it up the ladder; where it is as high already, nothing."""
    if case.level >= command.to:
        return []
    level, owner_id = rung_above(case, command.ladder)
    if level < command.to:
        level, owner_id = Level.SHOP_OWNER, command.ladder.shop_owner
    return [CaseEscalated(owner_id, command.clock, command.at, level, told=True, by=command.actor.id)]


def is_told(case: SupplierCase, level: Level, ladder: Ladder) -> bool:
    """A case that stays at the top stays in his list; he is not told of it again and again."""
    return level is not Level.SHOP_OWNER or case.told_top < ladder.most_told


def escalated(case: SupplierCase, change: CaseEscalated) -> SupplierCase:
    """The case, one rung higher, or once more at the top."""
    top = change.told and change.level is Level.SHOP_OWNER
    return replace(
        case.ticking(change.clock),
        owner_id=change.owner_id,
        escalations=case.escalations + 1,
        level=change.level,
        told_top=case.told_top + top,
    )


def has_it_by_escalation(case: SupplierCase, staff_id: str) -> bool:
    """Whether the service owner has it now: he reads, writes and gives it on; who talks to suppliers is a senior buyer (R4)."""
    return case.level is Level.SERVICE_OWNER and case.owner_id == staff_id
