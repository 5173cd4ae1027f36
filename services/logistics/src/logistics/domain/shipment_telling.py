"""What of a shipment's reports others are owed: each once, in the order in which it happened. What a later report overtook is
told too, so that what others know does not depend on which was heard first.
"""

from collections.abc import Iterator

from logistics.domain import shipment_changes as c
from logistics.domain.shipment import Parcel, Report
from logistics.domain.shipment_evolving import told_name
from logistics.domain.shipment_stage import STILL_HERE, ShipmentStage


def untold(parcel: Parcel) -> list[c.Told]:
    """Facts owed by what is known now."""
    owed: dict[str, c.Told] = {}
    for change in _all(parcel):
        owed.setdefault(told_name(change), change)
    return [change for name, change in owed.items() if name not in parcel.told]


def _all(parcel: Parcel) -> Iterator[c.Told]:
    left = [each.at for each in parcel.reports if each.stage not in STILL_HERE]
    if left:
        yield c.ShipmentDispatched(parcel.shipment_id, min(left))
    for report in parcel.reports:
        yield from _of(parcel, report)


def _of(parcel: Parcel, report: Report) -> Iterator[c.Told]:
    """`final` only while nothing later is known: a failure that was overcome sends nobody back to the customer."""
    id_ = parcel.shipment_id
    match report.stage:
        case ShipmentStage.DELIVERED:
            yield c.ShipmentDelivered(id_, report)
        case ShipmentStage.RETURNED:
            yield c.ShipmentReturned(id_, report.at)
        case ShipmentStage.FAILED:
            yield c.DeliveryFailed(id_, report, report == parcel.latest)
        case ShipmentStage.ATTEMPT_FAILED:
            yield c.DeliveryFailed(id_, report, final=False)
        case _:
            return
