"""A person decides which goods an offer is of; the offer goes by it from then on, its next feeds included (R43)."""

from dataclasses import dataclass, replace

from chassis.clock import Clock
from chassis.handling import Occasion, Outcome
from kernel.deadline import Deadline

from procurement.application.candidates import Sourcing
from procurement.application.cataloguing import Offers
from procurement.application.comparing import Matches
from procurement.application.occasions import step
from procurement.domain.match import DecideMatch, Match, NoteCarried, UndoMatch
from procurement.domain.offer_matching import MatchOffer


@dataclass(frozen=True, slots=True)
class MatchingGoods:
    """The decision is kept first and then carried to the offer; whoever dies in between is followed by the deadline."""

    matches: Matches
    offers: Offers
    sourcing: Sourcing
    clock: Clock

    async def decide(self, command: DecideMatch, occasion: Occasion) -> Outcome[Match]:
        """A yes or a no."""
        if command.product_id is not None:
            offered = bool(await self.sourcing.of_product(command.product_id))
            command = replace(command, offered=offered)
        return await self._carried(await self.matches(command, occasion), occasion)

    async def undo(self, command: UndoMatch, occasion: Occasion) -> Outcome[Match]:
        """Neither."""
        return await self._carried(await self.matches(command, occasion), occasion)

    async def pass_deadline(self, offer_id: str, deadline: Deadline, occasion: Occasion) -> None:
        """A decision that the offer has not heard of is carried to it."""
        now = (await self.matches.store.load(offer_id)).state
        product_id = now.product_id if now else None
        if now is not None and now.carry_by is not None:
            await self.offers(MatchOffer(offer_id, product_id, occasion.at), step(occasion, "carry"))
        await self.matches.fire(deadline, NoteCarried(offer_id, product_id, occasion.at), occasion)

    async def _carried(self, outcome: Outcome[Match], occasion: Occasion) -> Outcome[Match]:
        now = outcome.state
        if now is not None and now.carry_by is not None:
            at = self.clock.now()
            await self.offers(MatchOffer(now.offer_id, now.product_id, at), step(occasion, "carry"))
            await self.matches(NoteCarried(now.offer_id, now.product_id, at), step(occasion, "carried"))
        return outcome
