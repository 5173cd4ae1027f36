"""How many promised windows were kept, as a figure (R66, R70)."""

from collections.abc import Mapping
from datetime import timedelta

from chassis.chassis import Listing
from chassis.clock import Clock
from chassis.figures import Figure
from chassis.listing import Query

from logistics.application.carrier_scoring import CarrierScoring
from logistics.domain.carrier import Carrier

DAYS = 30
MOST_CARRIERS = 100
EVERY = 300.0
"""Seconds: it is read from the days' score of each carrier, and a share of thirty days changes slowly."""


def figures(carriers: Listing[Carrier], scoring: CarrierScoring, clock: Clock) -> tuple[Figure, ...]:
    """What deliveries are watched by."""

    async def promises() -> Mapping[str, float]:
        today = (await scoring.shops.of()).day_of(clock.now())
        kept = broken = 0
        for held in (await carriers.page(Query(), MOST_CARRIERS)).items:
            card = await scoring.card(held.key, today - timedelta(days=DAYS - 1), today)
            kept, broken = kept + card.on_time, broken + card.breaches
        return {"kept": kept, "broken": broken}

    return (
        Figure(
            "opblok.promises",
            "{shipment}",
            "Windows promised for the last thirty days that are over, by whether they were kept.",
            promises,
            label="outcome",
            values=("kept", "broken"),
            every=EVERY,
        ),
    )
