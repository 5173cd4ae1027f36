"""How a supplier case ends, and begins again; who gives up money does not do it alone (R44, R80). Pure."""

from kernel.action import Action
from kernel.duties import may_approve
from kernel.refusal import Decision, Refused
from kernel.refused_duty import refused

from procurement.domain.case_changes import (
    CaseClosed,
    CaseReopened,
    Change,
    ClosingDeclined,
    SecondPersonAsked,
)
from procurement.domain.case_commands import CloseCase, DecideClosing, ReopenCase
from procurement.domain.case_refusals import NothingToApprove, OwnClosingApproved
from procurement.domain.supplier_case import Settlement, Stage, SupplierCase


def close(command: CloseCase, case: SupplierCase) -> list[Change]:
    """Who gives up more than the limit needs a second person (R80)."""
    settlement = Settlement(command.ending, command.recovered, command.actor.id, command.at)
    if case.at_stake - command.recovered <= command.most_lost:
        return [CaseClosed(settlement, command.actor.id, command.at)]
    if case.stage is Stage.AWAITING and same(settlement, case.settlement):
        return []
    return [SecondPersonAsked(settlement)]


def decide_closing(command: DecideClosing, case: SupplierCase) -> Decision[Change]:
    """Nobody approves what he proposed himself (R80)."""
    settlement = case.settlement
    if case.stage is not Stage.AWAITING or settlement is None:
        raise NothingToApprove("No closing of this case waits for a yes.", stage=case.stage)
    if not may_approve(command.actor.id, settlement.by):
        no = OwnClosingApproved("Who proposed to close the case does not approve it.")
        return Refused(refused(command.actor, Action.APPROVE_PURCHASE, "R80", no).changes, no)
    if not command.agrees:
        return [ClosingDeclined(command.actor.id, command.clock)]
    return [CaseClosed(settlement, command.actor.id, command.at)]


def reopen(command: ReopenCase, case: SupplierCase) -> list[Change]:
    """A closed case that was not settled after all has an owner and a deadline again (R44)."""
    if case.stage is not Stage.CLOSED:
        return []
    return [CaseReopened(command.owner_id, command.clock, command.actor.id)]


def same(one: Settlement, other: Settlement | None) -> bool:
    """Whether the same person proposes the same end."""
    return other is not None and (one.ending, one.recovered, one.by) == (
        other.ending,
        other.recovered,
        other.by,
    )


def is_closed_so(command: CloseCase, case: SupplierCase) -> bool:
    """Whether it ended just so already."""
    settled = case.settlement
    return (
        case.stage is Stage.CLOSED
        and settled is not None
        and (settled.ending, settled.recovered) == (command.ending, command.recovered)
    )
