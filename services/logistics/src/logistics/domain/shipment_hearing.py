"""Taking in reports, and what others are owed by them."""

from datetime import datetime

from logistics.domain import shipment_changes as c
from logistics.domain.shipment import Parcel, Report, Shipping
from logistics.domain.shipment_evolving import evolve
from logistics.domain.shipment_planning import called_back
from logistics.domain.shipment_telling import untold


def heard(
    shipping: Shipping,
    parcel: Parcel,
    reports: tuple[Report, ...],
    at: datetime,
    deleted: tuple[str, ...] = (),
) -> list[c.Change]:
    """Take in what is new, and owe others what they don't know of it."""
    known = {each.key for each in parcel.reports}
    new = tuple(each for each in reports if each.key not in known and each.key not in deleted)
    gone = tuple(key for key in deleted if key in known)
    if not new and not gone:
        return []
    change = c.ReportsHeard(parcel.shipment_id, new, gone)
    after = evolve(shipping, change).parcel(parcel.shipment_id)
    assert after is not None
    return [change, *untold(after), *called_back(after, at)]
