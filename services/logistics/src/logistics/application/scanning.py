"""What a scanner reads, as shipments of a carrier."""

from collections.abc import Sequence
from dataclasses import dataclass

from chassis.chassis import Listing
from chassis.listing import Query

from logistics.domain.pick_up import TurnedAway
from logistics.domain.shipment import Parcel, Shipping, order_of


@dataclass(frozen=True, slots=True)
class Scanned:
    """Ids of the carrier's shipments, and the codes that are none of his."""

    shipment_ids: tuple[str, ...]
    others: tuple[TurnedAway, ...]


async def scanned(kept: Listing[Shipping], codes: Sequence[str], carrier_id: str) -> Scanned:
    """Shipments are read by our own or by the carrier's numbers."""
    found: list[str] = []
    away: list[TurnedAway] = []
    for code in dict.fromkeys(codes):
        parcel = await _read(kept, code)
        if parcel is None:
            away.append(TurnedAway(code, "unknown"))
        elif parcel.promised.carrier_id != carrier_id:
            away.append(TurnedAway(parcel.shipment_id, "other_carrier"))
        else:
            found.append(parcel.shipment_id)
    return Scanned(tuple(found), tuple(away))


async def _read(kept: Listing[Shipping], code: str) -> Parcel | None:
    ours = (await kept.load(order_of(code))).state
    parcel = ours.parcel(code) if ours else None
    if parcel is not None:
        return parcel
    page = await kept.page(Query(equal={"refs": code}), 1)
    theirs = page.items[0].state if page.items else None
    return next((each for each in theirs.parcels if each.carrier_ref == code), None) if theirs else None
