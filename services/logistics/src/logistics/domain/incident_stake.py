"""What is at stake in an incident, and what the carrier owes for it by his terms, as both become known (R55, R70). Pure."""

from collections.abc import Sequence
from dataclasses import replace

from kernel.money import Money

from logistics.domain.incident import Incident, Sums
from logistics.domain.incident_changes import Change, StakeLearned
from logistics.domain.incident_commands import CloseIncident, LearnStake
from logistics.domain.incident_refusals import PenaltyLetGo
from logistics.domain.incident_trouble import Source


def learn(command: LearnStake, incident: Incident | None) -> Sequence[Change]:
    """The order's worth, or how late it came, is known better now; a closed incident stays as it was settled."""
    if incident is None or not incident.is_open:
        return []
    learned = replace(
        incident, owed=command.owed, trouble=replace(incident.trouble, at_stake=command.at_stake)
    )
    same = (incident.owed, incident.trouble.at_stake) == (learned.owed, learned.trouble.at_stake)
    return [] if same else [StakeLearned(command.at_stake, command.owed)]


def claimable(incident: Incident) -> Money:
    """What the carrier owes as penalty: only for what is his doing (R50, R70)."""
    nothing = Money(0, incident.sums.at_stake.currency)
    if incident.owed is None or incident.source is not Source.COURIER_SERVICE:
        return nothing
    return incident.owed.money


def reckoned(incident: Incident) -> Incident:
    """With the money side as it follows from what is known, so far as no person set it; never more than is owed."""
    sums, most = incident.sums, claimable(incident)
    if incident.by_hand:
        return replace(incident, sums=replace(sums, penalty=min(sums.penalty, most)))
    return replace(incident, sums=replace(sums, at_stake=incident.trouble.at_stake, penalty=most))


def let_go(incident: Incident) -> Money:
    """What is owed as penalty and not asked for."""
    return claimable(incident) - incident.sums.penalty


def given_up(incident: Incident, command: CloseIncident) -> Money:
    """What stays with us by this closing; a penalty is never let go in silence (R55, R70)."""
    gone = let_go(incident)
    if gone.minor and command.let_go is None:
        raise PenaltyLetGo(
            "The carrier owes a penalty by his terms: ask for it, or say why not.", minor=gone.minor
        )
    return incident.sums.borne + gone


def fits(sums: Sums, incident: Incident) -> bool:
    """Nobody asks for more than the terms say (R60, R70)."""
    return sums.penalty <= claimable(incident)
