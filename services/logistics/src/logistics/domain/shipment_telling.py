"""What of a shipment's reports others are owed. Each once; what a later report has overtaken is not told any more."""

from collections.abc import Iterator

from logistics.domain import shipment_changes as c
from logistics.domain.shipment import STILL_HERE, Parcel, ShipmentStage


def untold(parcel: Parcel) -> list[c.Told]:
    """Facts owed by what is known now."""
    return list(_untold(parcel))


def _untold(parcel: Parcel) -> Iterator[c.Told]:
    if not parcel.reports:
        return
    last, id_ = parcel.reports[-1], parcel.shipment_id
    if parcel.dispatched and "dispatched" not in parcel.told:
        left = next(each for each in parcel.reports if each.stage not in STILL_HERE)
        yield c.ShipmentDispatched(id_, left.at)
    if last.stage is ShipmentStage.DELIVERED and "delivered" not in parcel.told:
        yield c.ShipmentDelivered(id_, last)
    if last.stage is ShipmentStage.RETURNED and "returned" not in parcel.told:
        yield c.ShipmentReturned(id_, last.at)
    failed = last.stage in {ShipmentStage.FAILED, ShipmentStage.ATTEMPT_FAILED}
    if failed and f"failed:{last.key}" not in parcel.told:
        yield c.DeliveryFailed(id_, last, last.stage is ShipmentStage.FAILED)
