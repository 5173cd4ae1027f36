"""How logistics' things lie in MongoDB: their collections, and what their lists are searched by."""

from datetime import timedelta

from chassis.documents import Documents
from pydantic import TypeAdapter

from logistics.domain.agreement import Agreement
from logistics.domain.carrier import Carrier
from logistics.domain.day import Day
from logistics.domain.reservation import Reserved

CARRIERS: Documents[Carrier] = Documents(
    collection="carriers",
    states=TypeAdapter(Carrier),
    schema=1,
    listed=lambda carrier: {"mode": carrier.profile.mode.value, "active": carrier.profile.active},
)

AGREEMENTS: Documents[Agreement] = Documents(
    collection="agreements", states=TypeAdapter(Agreement), schema=1, listed=lambda _: {}
)

DAYS: Documents[Day] = Documents(
    collection="days",
    states=TypeAdapter(Day),
    schema=1,
    listed=lambda day: {"carrier_id": day.carrier_id},
    history_kept=timedelta(
        days=30
    ),  # a busy day changes hundreds of times; its orders remember the same for longer
)

RESERVATIONS: Documents[Reserved] = Documents(
    collection="reservations",
    states=TypeAdapter(Reserved),
    schema=1,
    listed=lambda reserved: {"reservation_ids": sorted(reserved.reservations)},
    indexes=(("reservation_ids",),),
)
