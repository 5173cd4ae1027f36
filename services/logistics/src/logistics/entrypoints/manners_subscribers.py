"""What logistics hears of couriers' manners: the final buyer is who feeds the carrier (R71)."""

from typing import Annotated

from chassis.handling import Occasion
from chassis.reactions import ThisOccasion
from contracts.quality import QualityAlarmV1, QualityAnsweredV1, QualityCallV1
from faststream import Context

from logistics.application.carrier_scoring import CarrierScoring
from logistics.domain.carrier_score import MannersNote
from logistics.entrypoints.subscribers import reactions

MANNERS = "courier_manners"
Scores = Annotated[CarrierScoring, Context("scoring")]


@reactions.told(QualityAnsweredV1)
async def count_answer(told: QualityAnsweredV1, occasion: ThisOccasion, scoring: Scores) -> None:
    await _manners(scoring, told.call, occasion, complained=False)


@reactions.told(QualityAlarmV1)
async def count_complaint(told: QualityAlarmV1, occasion: ThisOccasion, scoring: Scores) -> None:
    """The final buyer is who feeds the carrier (R71)."""
    await _manners(scoring, told.call, occasion, complained=MANNERS in told.reasons)


def version_of(occasion: Occasion) -> int:
    """How new the news is; 0 when it is no fact."""
    return occasion.heard[1] if occasion.heard else 0


async def _manners(
    scoring: CarrierScoring, call: QualityCallV1, occasion: Occasion, *, complained: bool
) -> None:
    if call.carrier_id is not None:
        note = MannersNote(version_of(occasion), complained)
        on = (await scoring.shops.of(call.shop_id)).day_of(call.due_at)
        await scoring.note_manners(call.carrier_id, call.call_id, note, on, occasion)
