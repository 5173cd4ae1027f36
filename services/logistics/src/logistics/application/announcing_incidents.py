"""What others are told of incidents: no free words, no names (R49-R55)."""

from collections.abc import Sequence

from chassis.duties_told import duty_refused
from contracts.fact import Fact
from contracts.incidents import IncidentClosedV1, IncidentEscalatedV1, IncidentOpenedV1, IncidentV1
from contracts.values import MoneyV1
from kernel.money import Money
from kernel.refused_duty import DutyRefused

from logistics.domain import incident_changes as settling
from logistics.domain.incident import Incident


def of_incident(change: settling.Change, incident: Incident) -> Sequence[Fact]:
    """Opened, or opened again; one level up; closed."""
    match change:
        case settling.IncidentOpened() | settling.IncidentReopened():
            return [IncidentOpenedV1(incident=_shown(incident))]
        case settling.IncidentEscalated():
            return [IncidentEscalatedV1(incident=_shown(incident), reason=change.reason)]
        case settling.IncidentClosed(settlement=ended):
            closed = IncidentClosedV1(
                incident=_shown(incident),
                cause=ended.cause,
                measure=ended.measure,
                lost=_money(incident.sums.lost),
                recovered=_money(incident.sums.recovered),
                customer_kept=ended.customer_kept,
                by=change.by,
            )
            return [closed]
        case DutyRefused():
            return [duty_refused(change, "incident", incident.incident_id, incident.trouble.order_id)]
        case _:
            return []


def of_refused(thing: str, thing_id: str, change: object) -> Sequence[Fact]:
    """Playbooks, ladders and reviews are nobody else's; an attempt that was not somebody's duty is (R17)."""
    return [duty_refused(change, thing, thing_id)] if isinstance(change, DutyRefused) else []


def _shown(incident: Incident) -> IncidentV1:
    trouble = incident.trouble
    return IncidentV1(
        incident_id=incident.incident_id,
        order_id=trouble.order_id,
        shipment_id=trouble.shipment_id,
        carrier_id=trouble.carrier_id,
        kind=incident.kind,
        source=incident.source.value,
        owner_id=incident.owner_id,
        level=incident.level,
        due_at=incident.due_at,
        at_stake=_money(incident.sums.at_stake),
    )


def _money(money: Money) -> MoneyV1:
    return MoneyV1(minor=money.minor, currency=money.currency)
