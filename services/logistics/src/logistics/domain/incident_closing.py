"""How an incident ends, and begins again; who gives up money does not do it alone (R50, R53, R55, R80). Pure."""

from collections.abc import Sequence
from dataclasses import replace

from kernel.action import Action
from kernel.duties import may_approve
from kernel.refusal import Decision, Refused
from kernel.refused_duty import refused

from logistics.domain.incident import Incident, Mark, Payer, Settlement, Stage, Sums, Tick
from logistics.domain.incident_changes import (
    Change,
    ClosingDeclined,
    IncidentClosed,
    IncidentReopened,
    MoneySet,
    SecondPersonAsked,
    StepMarked,
)
from logistics.domain.incident_commands import CloseIncident, DecideClosing, ReopenIncident, SetMoney
from logistics.domain.incident_refusals import (
    DeviationNeedsReason,
    EmergencyWaits,
    MoneyDoesNotAddUp,
    NothingToApprove,
    OwnClosingApproved,
    SourceNotConfirmed,
)
from logistics.domain.incident_stake import fits, given_up


def set_money(command: SetMoney, incident: Incident) -> Sequence[Change]:
    """Write down the money side; a closing that waits for a yes is taken back by it (R55)."""
    sums = command.sums
    if command.keeps_penalty:
        sums = replace(sums, penalty=incident.sums.penalty)
    if not adds_up(sums) or not fits(sums, incident):
        raise MoneyDoesNotAddUp(
            "Recovered is at most what was lost, nothing where we pay; a penalty is at most what is owed."
        )
    return [] if (sums, True) == (incident.sums, incident.by_hand) else [MoneySet(sums)]


def adds_up(sums: Sums) -> bool:
    """More can't come back than was lost, and nothing where we pay ourselves (R55)."""
    each = (sums.at_stake, sums.lost, sums.recovered, sums.penalty)
    if len({money.currency for money in each}) > 1 or min(money.minor for money in each) < 0:
        return False
    return sums.recovered <= sums.lost and (sums.payer is not Payer.US or sums.recovered.minor == 0)


def close(command: CloseIncident, incident: Incident) -> Sequence[Change]:
    """With cause, measure, the source confirmed and the checklist gone through; what is borne above the limit needs a
    second person (R50, R53, R80).
    """
    settlement = Settlement(
        command.cause, command.measure, command.customer_kept, command.actor.id, command.at, command.let_go
    )
    if incident.stage is Stage.AWAITING and same(settlement, incident.settlement):
        return []
    _no_run_waits(incident)
    if command.source is not incident.source:
        raise SourceNotConfirmed("The source is not the incident's.", source=incident.source.value)
    left = [each for each in incident.steps if each.mark is Mark.AHEAD]
    if left and command.deviation is None:
        codes = ", ".join(each.code for each in left)
        raise DeviationNeedsReason("Steps are left: do them, or say why not.", steps=codes)
    skipped = [
        StepMarked(Tick(each.code, Mark.SKIPPED, command.actor.id, command.at, command.deviation))
        for each in left
    ]
    if given_up(incident, command).minor > command.most_borne.minor:
        return [*skipped, SecondPersonAsked(settlement)]
    return [*skipped, IncidentClosed(settlement, command.actor.id, command.at)]


def decide_closing(command: DecideClosing, incident: Incident) -> Decision[Change]:
    """Nobody approves what he proposed himself (R80)."""
    settlement = incident.settlement
    if incident.stage is not Stage.AWAITING or settlement is None:
        raise NothingToApprove("No closing of this incident waits for a yes.", stage=incident.stage.value)
    if not may_approve(command.actor.id, settlement.by):
        no = OwnClosingApproved("Who closes the incident does not approve it.")
        return Refused(refused(command.actor, Action.APPROVE_INCIDENT, "R80", no).changes, no)
    if command.agrees:
        _no_run_waits(incident)
        return [IncidentClosed(settlement, command.actor.id, command.at)]
    due = max(incident.due_at, command.pace.due(command.at, command.pace.again))
    return [ClosingDeclined(command.actor.id, due)]


def _no_run_waits(incident: Incident) -> None:
    run = incident.emergency
    if run is not None and run.agrees is None:
        raise EmergencyWaits("Agree to the emergency run, or say no to it, first.", driver_id=run.driver_id)


def reopen(command: ReopenIncident, incident: Incident) -> Sequence[Change]:
    """It was not settled after all: again an owner and a deadline; the level stays."""
    if incident.is_open:
        return []
    due = command.pace.due(command.at, command.pace.again)
    return [IncidentReopened(command.owner_id, command.reason, due)]


def same(one: Settlement, other: Settlement | None) -> bool:
    """Whether the same person proposes the same end."""
    return other is not None and replace(one, at=other.at) == other


def is_closed_so(command: CloseIncident, incident: Incident) -> bool:
    """Whether it ended just so already."""
    ended = incident.settlement
    return (
        not incident.is_open
        and ended is not None
        and (ended.cause, ended.measure, ended.customer_kept, incident.source)
        == (command.cause, command.measure, command.customer_kept, command.source)
    )
