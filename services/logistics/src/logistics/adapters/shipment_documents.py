"""How shipments lie in MongoDB: all of an order together."""

from chassis.documents import Documents
from pydantic import TypeAdapter

from logistics.domain.moments import day_of
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
        "refs": [each.carrier_ref for each in shipping.parcels if each.carrier_ref],
    },
    indexes=(("stage", "ends_at"), ("carrier_id", "ends_at"), ("day", "ends_at"), ("refs",)),
)
