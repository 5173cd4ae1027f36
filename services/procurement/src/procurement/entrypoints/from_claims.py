"""What claims tells, in procurement's own words: which of a shop's goods customers are not content with (R46)."""

from typing import Annotated

from chassis.handling import Handler, Occasion
from chassis.reactions import ThisOccasion
from contracts.claims import ClaimClosedV1, ClaimFact, ClaimOpenedV1, ClaimReopenedV1
from faststream import Context

from procurement.domain.complaint import ClaimHeard, Complaint, HearClaim
from procurement.entrypoints.from_logistics import reactions

__all__ = ["reactions"]

WITHDRAWN = "withdrawn"
Hears = Annotated[Handler[HearClaim, Complaint, ClaimHeard], Context()]


@reactions.told(ClaimOpenedV1)
async def count_a_claim(told: ClaimOpenedV1, occasion: ThisOccasion, hear_claim: Hears) -> None:
    await _hear(told, occasion, hear_claim)


@reactions.told(ClaimClosedV1)
async def take_off_what_is_withdrawn(told: ClaimClosedV1, occasion: ThisOccasion, hear_claim: Hears) -> None:
    await _hear(told, occasion, hear_claim, withdrawn=told.outcome == WITHDRAWN)


@reactions.told(ClaimReopenedV1)
async def count_it_again(told: ClaimReopenedV1, occasion: ThisOccasion, hear_claim: Hears) -> None:
    await _hear(told, occasion, hear_claim)


async def _hear(
    told: ClaimFact,
    occasion: Occasion,
    hear_claim: Handler[HearClaim, Complaint, ClaimHeard],
    *,
    withdrawn: bool = False,
) -> None:
    """A claim without an order, such as a review on a site, is about no goods that are known."""
    claim = told.claim
    if claim.order_id is not None:
        heard = HearClaim(claim.claim_id, claim.order_id, claim.kind, withdrawn, occasion.at)
        await hear_claim(heard, occasion)
