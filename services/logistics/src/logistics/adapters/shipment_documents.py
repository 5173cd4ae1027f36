"""How shipments lie in MongoDB, all of an order together; and pick-ups, one of a carrier and a day."""

from chassis.documents import Documents
from pydantic import TypeAdapter

from logistics.domain.moments import day_of
from logistics.domain.pick_up import PickUp
from logistics.domain.shipment import Shipping
from logistics.domain.shipment_watching import KEPT

SHIPMENTS: Documents[Shipping] = Documents(
    collection="shipments",
    states=TypeAdapter(Shipping),
    schema=1,
    listed=lambda shipping: {
        "stage": shipping.current.stage.value if shipping.current else None,
        "carrier_id": shipping.current.promised.carrier_id if shipping.current else None,
        "day": day_of(shipping.current.promised.starts_at, shipping.current.promised.time_zone).isoformat()
        if shipping.current
        else None,
        "ends_at": shipping.current.promised.ends_at if shipping.current else None,
        "open": shipping.current is not None and shipping.current.stage not in KEPT,
        "pick_up_on": _pick_up_on(shipping),
        "customer_id": shipping.known.customer_id,
        "refs": [each.carrier_ref for each in shipping.parcels if each.carrier_ref],
    },
    indexes=(
        ("ends_at",),
        ("stage", "ends_at"),
        ("carrier_id", "ends_at"),
        ("day", "ends_at"),
        ("refs",),
        ("customer_id",),
        ("carrier_id", "pick_up_on", "stage"),
    ),
)

PICK_UPS: Documents[PickUp] = Documents(
    collection="pick_ups",
    states=TypeAdapter(PickUp),
    schema=1,
    listed=lambda pick_up: {
        "stage": pick_up.stage.value,
        "carrier_id": pick_up.agreed.carrier_id,
        "day": pick_up.agreed.on.isoformat(),
        "responsible_id": pick_up.agreed.responsible_id,
        "ends_at": pick_up.interval.ends_at,
    },
    indexes=(
        ("ends_at",),
        ("stage", "ends_at"),
        ("carrier_id", "ends_at"),
        ("responsible_id", "ends_at"),
        ("day", "ends_at"),
    ),
)


def _pick_up_on(shipping: Shipping) -> str | None:
    on = shipping.current.plan.pick_up_on if shipping.current else None
    return on.isoformat() if on else None
