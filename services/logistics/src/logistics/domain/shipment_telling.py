"""What of a shipment's reports others are owed: each once, in the order in which it happened. What a later report overtook is
told too, so that what others know does not depend on which was heard first.
"""

from collections.abc import Iterator

from logistics.domain import shipment_changes as c
from logistics.domain.shipment import Parcel, Report
from logistics.domain.shipment_evolving import told_name
from logistics.domain.shipment_stage import ENDED, STILL_HERE, ShipmentStage


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
    """`final` unless it was overcome: that it came back afterwards makes it no less final."""
    id_ = parcel.shipment_id
    match report.stage:
        case ShipmentStage.DELIVERED:
            yield c.ShipmentDelivered(id_, report)
        case ShipmentStage.RETURNED:
            yield c.ShipmentReturned(id_, report.at)
        case ShipmentStage.FAILED:
            yield c.DeliveryFailed(id_, report, not _overcome(parcel, report))
        case ShipmentStage.ATTEMPT_FAILED:
            yield c.DeliveryFailed(id_, report, final=False)
        case _:
            return


def _overcome(parcel: Parcel, failed: Report) -> bool:
    later = (each for each in parcel.reports if each.place > failed.place)
    return any(each.stage not in ENDED for each in later)
