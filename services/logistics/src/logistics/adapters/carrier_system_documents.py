"""How the asking of carriers' systems lies in MongoDB."""

from datetime import timedelta

from chassis.documents import Documents
from pydantic import TypeAdapter

from logistics.domain.carrier_tracking import Tracking

TRACKINGS = Documents(
    collection="carrier_trackings",
    states=TypeAdapter(Tracking),
    schema=1,
    listed=lambda it: {"carrier_id": it.carrier_id, "unknown": list(it.unknown)},
    history_kept=timedelta(days=7),  # asked every hour; what came of it stands in the shipment's own history
)
