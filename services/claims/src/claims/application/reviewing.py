"""Reviews of the company; a negative one opens a claim (R81)."""

from dataclasses import dataclass, replace

from chassis.handling import Handler, Occasion, Outcome
from kernel.deadline import Deadline

from claims.application.claiming import Claiming, claim_of
from claims.domain import review as r
from claims.domain.claim import Cause
from claims.domain.words import Kind, Origin


@dataclass(frozen=True, slots=True)
class Reviewing:
    """The review first, then its claim; who dies in between is followed by the review's deadline."""

    handle: Handler[r.Command, r.Review, r.Change]
    claiming: Claiming

    async def see(self, command: r.SeeReview, occasion: Occasion) -> Outcome[r.Review]:
        """Somebody saw it on a site."""
        calendar = await self.claiming.working_time(command.shop_id)
        outcome = await self.handle(replace(command, calendar=calendar), occasion)
        if outcome.state is not None and outcome.state.owes_claim:
            await self._open(outcome.state, occasion)
        return outcome

    async def on_deadline(self, review_id: str, deadline: Deadline, occasion: Occasion) -> None:
        """Open what is owed, or count that nobody replied."""
        review = (await self.handle.store.load(review_id)).state
        if review is None:
            return
        if deadline.name == "open_claim":
            claim_id = await self._claim(review, occasion)
            await self.handle.fire(deadline, r.NoteClaim(review_id, claim_id), occasion)
        else:
            await self.handle.fire(deadline, r.ReplyOverdue(review_id), occasion)

    async def _open(self, review: r.Review, occasion: Occasion) -> None:
        claim_id = await self._claim(review, occasion)
        noted = Occasion(f"{occasion.id}/claim", occasion.at, occasion.actor)
        await self.handle(r.NoteClaim(review.review_id, claim_id), noted)

    async def _claim(self, review: r.Review, occasion: Occasion) -> str:
        claim_id = claim_of("review", review.review_id)
        cause = Cause(
            Kind.REVIEW, Origin.REVIEW, review.review_id, review.shop_id, review.order_id, words=review.words
        )
        opening = Occasion(f"review/{review.review_id}", occasion.at, occasion.actor, review.order_id)
        await self.claiming.open(claim_id, cause, occasion.actor, opening)
        return claim_id
