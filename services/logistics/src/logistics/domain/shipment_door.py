"""What was found wrong at the door, as trouble that somebody has to settle (R50-R52)."""

from logistics.domain.failing import source_of
from logistics.domain.incident_trouble import DAMAGE, SHORTAGE, Source, Trouble
from logistics.domain.shipment import Parcel, Report, Shipping
from logistics.domain.shipment_stage import ShipmentStage


def found_at_the_door(shipping: Shipping, parcel: Parcel) -> list[Trouble]:
    """A shortage, damage, or both: one of each for a shipment. That a customer kept fewer is no trouble."""
    handed = [each for each in parcel.reports if each.stage is ShipmentStage.DELIVERED]
    if not handed:
        return []
    kinds = [(SHORTAGE, handed[-1].short), (DAMAGE, handed[-1].damaged)]
    return [_trouble(kind, handed[-1], shipping, parcel) for kind, pieces in kinds if pieces]


def spoiled(parcel: Parcel) -> dict[int, int]:
    """Pieces by line that were found missing or damaged: they don't come back for sale."""
    bad: dict[int, int] = {}
    handed = [each for each in parcel.reports if each.stage is ShipmentStage.DELIVERED]
    for line, pieces in (*handed[-1].short, *handed[-1].damaged) if handed else ():
        bad[line] = bad.get(line, 0) + pieces
    return bad


def _trouble(kind: str, report: Report, shipping: Shipping, parcel: Parcel) -> Trouble:
    usual = Source.WAREHOUSE if kind == SHORTAGE else Source(source_of(kind, parcel.plan.mode).value)
    return Trouble(
        kind=kind,
        source=usual,
        happened_at=report.at,
        shop_id=shipping.known.shop_id,
        carrier_id=parcel.promised.carrier_id,
        order_id=shipping.order_id,
        shipment_id=parcel.shipment_id,
    )
