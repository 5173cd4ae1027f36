"""What a carrier is shown of our common work: his board of today, and the act of a month (R59, R70)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from chassis.chassis import Listing
from chassis.documents import Listed
from chassis.handling import Held
from chassis.listing import Query

from logistics.application.carrier_scoring import CarrierScoring
from logistics.domain.carrier_act import Act, act
from logistics.domain.carrier_score import Scorecard
from logistics.domain.carrier_score_review import CarrierRelation
from logistics.domain.incident import Incident, Stage
from logistics.domain.moments import month_span
from logistics.domain.pick_up import OPEN, PickUp
from logistics.domain.shipment import Shipping

S = TypeVar("S")
MOST = 200
"""Lines of each list of a board; who has more works from the lists themselves."""


@dataclass(frozen=True, slots=True)
class Board:
    """Without a name, an address or a free word: ids, kinds and moments."""

    pick_ups: Sequence[PickUp]
    shipments: Sequence[Shipping]
    incidents: Sequence[Incident]
    card: Scorecard
    relation: CarrierRelation
    by_stage: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ShowingCarriers:
    """Reads what is there; changes nothing."""

    shipments: Listing[Shipping]
    pick_ups: Listing[PickUp]
    incidents: Listing[Incident]
    relations: Listing[CarrierRelation]
    scoring: CarrierScoring

    async def board(self, carrier_id: str, at: datetime) -> Board:
        """As it is now: pick-ups that still come, what he has or is to fetch, troubles that are open, this month's figures."""
        his = {"carrier_id": carrier_id}
        pick_ups = await _all(self.pick_ups, {**his, "stage": [each.value for each in OPEN]}, "ends_at")
        shipments = await _all(self.shipments, {**his, "open": True}, "ends_at")
        open_ones = [each.value for each in Stage if each is not Stage.CLOSED]
        incidents = await _all(self.incidents, {**his, "stage": open_ones}, "due_at")
        stages = [each.current.stage.value for each in shipments if each.current]
        today = (await self.scoring.shops.of()).day_of(at)
        relation: Held[CarrierRelation] = await self.relations.load(carrier_id)
        return Board(
            pick_ups,
            shipments,
            incidents,
            await self.scoring.card(carrier_id, today.replace(day=1), today),
            relation.state or CarrierRelation(carrier_id),
            {stage: stages.count(stage) for stage in sorted(set(stages))},
        )

    async def act(self, carrier_id: str, month: str) -> Act:
        """Of a month such as `2026-03`."""
        return act(carrier_id, month, await self.scoring.days_of(carrier_id, *month_span(month)))


async def _all(kept: Listing[S], equal: Mapping[str, Listed], order: str) -> list[S]:
    page = await kept.page(Query(equal, order=order), MOST)
    return [held.state for held in page.items if held.state is not None]
